/* Applying without a connection. Pages go out by fetch, so that a failure shows; then what was typed is kept for this
   tab (sessionStorage), told, and sent again. Without script, and for whatever answer is unusual, forms go out plainly. */
(() => {
  'use strict';
  const PREFIX = 'kiepe:', PATIENCE = 30000, AGAIN = 10000, SLOW = 1500;
  const stored = (() => { try { return window.sessionStorage; } catch { return null; } })();
  const clear = () => { if (stored) Object.keys(stored).filter(k => k.startsWith(PREFIX)).forEach(k => stored.removeItem(k)); };
  if (document.querySelector('[data-erased]')) clear();
  document.querySelectorAll('form[data-clears]').forEach(f => f.addEventListener('submit', clear));
  const net = document.querySelector('[data-net]');
  if (!net) return;
  const say = words => { if (net.textContent !== words) net.textContent = words; };
  let sending = false, timer = 0, leaving = false;

  const entries = (form, pressed) => {
    const data = new FormData(form);
    if (pressed && pressed.name) data.append(pressed.name, pressed.value);
    return [...data.entries()].filter(([, v]) => typeof v === 'string');
  };
  const address = form => form.getAttribute('action') || location.href;  // form.action may be a button of that name
  const where = form => PREFIX + new URL(address(form), location.href).pathname;
  const keep = (form, list) => { if (stored) try { stored.setItem(where(form), JSON.stringify(list.filter(([k]) => k !== 'csrfmiddlewaretoken'))); } catch { /* full: it is still on the page */ } };
  const drop = form => { if (stored) stored.removeItem(where(form)); };
  const plainly = (form, list) => {
    leaving = true;
    for (const [name, value] of list) {
      if (form.querySelector(`[name="${CSS.escape(name)}"]:not([type=submit])`)) continue;
      const field = Object.assign(document.createElement('input'), { type: 'hidden', name, value });
      form.append(field);
    }
    HTMLFormElement.prototype.submit.call(form);
  };

  const send = async (form, list) => {
    if (sending || leaving) return;
    sending = true; clearTimeout(timer); form.setAttribute('aria-busy', 'true');
    const body = new URLSearchParams(list), stop = new AbortController(), patience = setTimeout(() => stop.abort(), PATIENCE), slow = setTimeout(() => say(net.dataset.busy), SLOW);
    let answer = null;
    try { answer = await fetch(address(form), { method: 'POST', body, signal: stop.signal, headers: { 'X-Kiepe-Send': '1' }, credentials: 'same-origin' }); } catch { /* no connection */ }
    clearTimeout(patience); clearTimeout(slow); sending = false; form.removeAttribute('aria-busy');
    const next = answer && answer.headers.get('X-Kiepe-Next');
    if (answer && answer.status === 204 && next) { drop(form); leaving = true; location.assign(next); return; }
    if (answer && answer.status < 500) { drop(form); plainly(form, list); return; }
    keep(form, list); say(net.dataset.kept);
    timer = setTimeout(() => send(form, list), AGAIN);
    window.addEventListener('online', () => { say(net.dataset.sending); send(form, list); }, { once: true });
  };

  const fill = (form, list) => {
    const names = new Set(list.map(([k]) => k));
    for (const field of form.elements) {
      if (!field.name || field.type === 'hidden' || field.type === 'submit') continue;
      if (field.type === 'radio' || field.type === 'checkbox') field.checked = list.some(([k, v]) => k === field.name && v === field.value);
      else if (names.has(field.name)) field.value = list.find(([k]) => k === field.name)[1];
    }
  };

  for (const form of document.querySelectorAll('form[data-send]')) {
    if (form.dataset.send === 'files') {
      form.addEventListener('submit', e => { if (!navigator.onLine) { e.preventDefault(); say(net.dataset.files); } });
      continue;
    }
    form.addEventListener('submit', e => { if (leaving) return; e.preventDefault(); send(form, entries(form, e.submitter)); });
    const kept = stored && stored.getItem(where(form));
    if (kept) {  // the tab was reloaded before it could be sent
      let list = null;
      try { list = JSON.parse(kept); } catch { drop(form); }
      const token = form.querySelector('[name=csrfmiddlewaretoken]');
      if (Array.isArray(list)) { fill(form, list); say(net.dataset.sending); send(form, token ? [['csrfmiddlewaretoken', token.value], ...list] : list); }
    }
  }
  window.addEventListener('pageshow', e => { if (e.persisted) { leaving = false; sending = false; } });
})();
