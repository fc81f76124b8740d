/* While a page is filled in: how a value is read, and kind questions beside their field. The server reads and asks, with
   the page's own template; nothing is stored. What fails here is silent: the page is asked about when it is sent, as it
   is without script. */
(() => {
  'use strict';
  const SPOKEN = 5000;  // ms until what a screen reader has said is out of its way again
  for (const form of document.querySelectorAll('form[data-told]')) {
    const live = form.querySelector('[data-asks]');
    const ticks = new Map(), reasons = new Map();  // what was said to a question, should it come again
    let asking = new AbortController(), number = 0, answer = null, pressed = false, speaking = 0;

    const has = (box, part) => box.querySelector(`[name^="${part}-"]`);
    const holds = element => element.contains(document.activeElement);
    const boxes = () => [...form.querySelectorAll('.kw-doubt')];
    const boxOf = name => document.getElementById(`zweifel-${name}`);
    const noted = name => [...document.querySelectorAll('[data-doubts]')].filter(note => note.querySelector('a').hash === `#zweifel-${name}`);
    const key = box => `${box.id} ${box.dataset.values}`;  // 'Ja, das stimmt so' is said of these values only
    const remember = box => {
      ticks.set(key(box), has(box, 'stimmt').checked);
      reasons.set(box.id, has(box, 'grund').value);
    };

    /* What somebody is at stays where it is on the screen, whatever comes or goes above it. */
    const still = change => {
      const at = document.activeElement || form, before = at.getBoundingClientRect();
      const seen = form.contains(at) && before.bottom > 0 && before.top < window.innerHeight;
      change();
      const moved = seen ? at.getBoundingClientRect().top - before.top : 0;
      if (!moved) return;
      window.scrollBy({ top: moved, behavior: 'instant' });
      at.scrollIntoView({ block: 'nearest' });  // the browser may have been on its way there
    };

    const made = ({ name, html }) => {
      const holder = document.createElement('template');
      holder.innerHTML = html;
      const box = holder.content.querySelector('.kw-doubt'), tick = has(box, 'stimmt'), reason = has(box, 'grund');
      tick.checked = ticks.get(key(box)) ?? tick.checked;
      reason.value = reasons.get(box.id) ?? reason.value;
      for (const kept of form.querySelectorAll('[data-answered]')) {  // by apply.js, over a reload without connection
        if (kept.name === reason.name) reason.value = kept.value;
        if ([tick.name, reason.name].includes(kept.name) || (kept.name === 'gefragt' && kept.value === name)) kept.remove();
      }
      return box;
    };

    const gone = asked => {
      for (const box of boxes()) {
        const name = box.id.slice('zweifel-'.length);
        if (asked.has(name) || holds(box)) continue;
        remember(box);
        box.remove();
        noted(name).filter(note => !holds(note)).forEach(note => note.remove());
      }
    };

    const place = (one, after) => {
      const home = form.querySelector(`[data-field="${CSS.escape(one.field)}"]`), there = boxOf(one.name);
      if (!home || (there && holds(there))) return null;
      if (there) remember(there);
      const box = made(one), tick = has(box, 'stimmt'), same = there && there.dataset.values === box.dataset.values;
      if (same && there.parentElement === home) return null;
      if (there && Number(there.dataset.said) === answer.number) tick.checked = has(there, 'stimmt').checked;  // said while we asked
      if (there) there.remove();
      home.insertBefore(box, after.filter(other => other.field === one.field).map(other => boxOf(other.name)).find(Boolean) || null);
      return same || tick.checked ? null : box;
    };

    const say = fresh => {
      if (!fresh.length) return;
      clearTimeout(speaking);
      live.textContent = fresh.map(box => box.querySelector('p').textContent).join(' ');
      speaking = setTimeout(() => { live.textContent = ''; }, SPOKEN);
    };

    const settle = () => {
      if (!answer || pressed || form.hasAttribute('aria-busy')) return;  // never under a finger, nor once it is sent
      still(() => {
        for (const out of form.querySelectorAll('.kw-told')) {
          const read = answer.told[out.htmlFor.value.replace(/^f-/, '')], words = read ? `${out.dataset.words} ${read}` : '';
          if (out.textContent !== words) out.textContent = words;
        }
        gone(new Set(answer.ask.map(one => one.name)));
        say(answer.ask.map((one, at) => place(one, answer.ask.slice(at + 1))).filter(Boolean));
      });
    };

    form.addEventListener('change', async e => {
      const said = e.target.closest('.kw-doubt');
      if (said) { said.dataset.said = number; return; }
      asking.abort();  // an answer to what was typed before never comes after one to what is typed now
      asking = new AbortController();
      const body = new FormData(form), mine = number += 1;
      body.set('action', 'told');
      const r = await fetch(location.pathname, { method: 'POST', body, signal: asking.signal }).catch(() => null);
      const read = r && r.ok && await r.json().catch(() => null);
      if (!read || mine !== number) return;
      answer = { ...read, number: mine };
      settle();
    });
    form.addEventListener('focusout', e => { if (e.target.closest('.kw-doubt')) setTimeout(settle); });
    form.addEventListener('submit', () => { asking.abort(); answer = null; });
    const lifted = () => setTimeout(() => { pressed = false; settle(); });  // after the click that it makes
    document.addEventListener('pointerdown', () => { pressed = true; }, true);
    for (const end of ['pointerup', 'pointercancel']) document.addEventListener(end, lifted, true);
    document.addEventListener('pointermove', e => { if (pressed && !e.buttons) lifted(); }, true);  // let go of on a scroll bar
  }
})();
