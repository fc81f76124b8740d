/* Applying without a connection. Pages go out by fetch, so that a failure shows; then what was typed is kept for this
   tab (sessionStorage), told, and sent again; photographs stay chosen on the page and go out with it. Without script,
   and for whatever answer is unusual, forms go out plainly. */
(() => {
  'use strict';
  const PREFIX = 'kiepe:', PATIENCE = 30000, FILES_PATIENCE = 600000, AGAIN = 10000, SLOW = 1500;
  const stored = (() => { try { return window.sessionStorage; } catch { return null; } })();
  const clear = () => { if (stored) Object.keys(stored).filter(k => k.startsWith(PREFIX)).forEach(k => stored.removeItem(k)); };
  if (document.querySelector('[data-erased]')) clear();
  document.querySelectorAll('form[data-clears]').forEach(f => f.addEventListener('submit', clear));
  const net = document.querySelector('[data-net]');
  if (!net) return;
  const say = words => { if (net.textContent !== words) net.textContent = words; };
  let sending = false, timer = 0, leaving = false, waiting = null;  // waiting: [form, pressed] that could not be sent

  const entries = (form, pressed) => {
    const data = new FormData(form);
    if (pressed && pressed.name) data.append(pressed.name, pressed.value);
    return [...data.entries()].filter(([, v]) => typeof v === 'string' || v.size || v.name);
  };
  const texts = list => list.filter(([, v]) => typeof v === 'string');
  // a button may lead elsewhere (the switch of the language); form.action may be a button of that name
  const address = (form, pressed) => (pressed && (pressed.to || (pressed.getAttribute && pressed.getAttribute('formaction')))) || form.getAttribute('action') || location.href;
  const where = form => PREFIX + new URL(address(form), location.href).pathname;
  const keep = (form, pressed, list) => {
    const kept = { list: texts(list).filter(([k]) => k !== 'csrfmiddlewaretoken'), pressed: pressed && pressed.name ? { name: pressed.name, value: pressed.value, to: address(form, pressed) } : null, files: texts(list).length < list.length };
    if (stored) try { stored.setItem(where(form), JSON.stringify(kept)); } catch { /* full: it is still on the page */ }
  };
  const drop = form => { if (stored) stored.removeItem(where(form)); };
  const plainly = (form, pressed, list) => {
    leaving = true;
    if (address(form, pressed) !== address(form)) form.setAttribute('action', address(form, pressed));
    for (const [name, value] of texts(list)) {
      if (form.querySelector(`[name="${CSS.escape(name)}"]:not([type=submit])`)) continue;
      const field = Object.assign(document.createElement('input'), { type: 'hidden', name, value });
      form.append(field);
    }
    HTMLFormElement.prototype.submit.call(form);
  };
  const go = next => {
    leaving = true;
    const to = new URL(next, location.href);
    const here = to.hash && to.pathname === location.pathname && to.search === location.search;
    if (here) history.scrollRestoration = 'manual';  // the place that the address names, not the one before
    location.assign(to);
    if (here) location.reload();  // only the part behind # differs: the browser would not ask for the page again
  };

  const send = async (form, pressed) => {
    if (sending || leaving) return;
    const list = entries(form, pressed), files = texts(list).length < list.length;
    sending = true; waiting = null; clearTimeout(timer); form.setAttribute('aria-busy', 'true');
    let body = new URLSearchParams(texts(list));
    if (form.enctype === 'multipart/form-data') { body = new FormData(); for (const [name, value] of list) body.append(name, value); }
    const stop = new AbortController(), patience = setTimeout(() => stop.abort(), files ? FILES_PATIENCE : PATIENCE), slow = setTimeout(() => say(net.dataset.busy), SLOW);
    let answer = null;
    try { answer = await fetch(address(form, pressed), { method: 'POST', body, signal: stop.signal, headers: { 'X-Kiepe-Send': '1' }, credentials: 'same-origin' }); } catch { /* no connection */ }
    clearTimeout(patience); clearTimeout(slow); sending = false; form.removeAttribute('aria-busy');
    const next = answer && answer.headers.get('X-Kiepe-Next');
    if (answer && answer.status === 204 && next) { drop(form); go(next); return; }
    if (answer && answer.status < 500) { drop(form); plainly(form, pressed, list); return; }
    keep(form, pressed, list); say(net.dataset.kept);
    waiting = [form, pressed]; timer = setTimeout(again, AGAIN);
  };
  const again = () => { if (waiting) send(...waiting); };  // what stands in the form then, also what was typed since
  window.addEventListener('online', () => { if (waiting) { say(net.dataset.sending); again(); } });

  const fill = (form, list) => {
    const names = new Set(list.map(([k]) => k));
    for (const field of form.elements) {
      if (!field.name || field.type === 'file' || field.type === 'submit' || (field.type === 'hidden' && field.name !== '_window')) continue;
      if (field.type === 'radio' || field.type === 'checkbox') field.checked = list.some(([k, v]) => k === field.name && v === field.value);
      else if (names.has(field.name)) field.value = list.find(([k]) => k === field.name)[1];
    }
    for (const [name, value] of list) {  // to a kind question that came while typing: it goes along until it is asked again
      if (!/^(gefragt|stimmt-.+|grund-.+)$/.test(name) || [...form.elements].some(field => field.name === name && (name !== 'gefragt' || field.value === value))) continue;
      const said = Object.assign(document.createElement('input'), { type: 'hidden', name, value });
      said.dataset.answered = '';
      form.append(said);
    }
  };

  for (const form of document.querySelectorAll('form[data-send]')) {
    form.addEventListener('submit', e => { if (leaving) return; e.preventDefault(); send(form, e.submitter); });
    let kept = null;  // the tab was reloaded before it could be sent
    try { kept = JSON.parse((stored && stored.getItem(where(form))) || 'null'); } catch { drop(form); }
    if (!kept || !Array.isArray(kept.list)) continue;
    fill(form, kept.list);
    if (kept.files) { drop(form); say(net.dataset.files); } else { say(net.dataset.sending); send(form, kept.pressed); }
  }
  window.addEventListener('pageshow', async e => {
    if (!e.persisted) return;
    leaving = false; sending = false;
    const answer = await fetch(location.href, { credentials: 'same-origin', cache: 'no-store' }).catch(() => null);
    if (answer && (answer.status === 403 || answer.status === 404)) location.reload();  // deleted here meanwhile: "Zurück" shows nothing
  });
})();
