"use strict";
/* Autosave before everything else, and refreshing: what goes to the server by itself, and when. */
(() => {
  const studio = window.studio;
  studio.answered = () => {}; // called when the server has answered a save

  // Saving: a second after the last change, one save at a time, and before anything that is clicked.

  const LONGEST_MS = 25000; // a slow computer's answer: going on without it would look like another window's save
  const waiting = new Map();
  const SAVES = {"keeps-film": "film-save", "keeps-shot": "shot-save", "keeps-notes": "notes-save", "keeps-dub": "dub-save", "keeps-scene": "scene-save", "keeps-book": "book-save"};
  let saving = Promise.resolve();

  function later(id) {
    clearTimeout(waiting.get(id));
    waiting.set(id, setTimeout(() => save(id), 1000));
  }

  function save(id) {
    clearTimeout(waiting.get(id));
    waiting.delete(id);
    inTurn(() => studio.call(id));
  }

  // One after the other, each until the server has answered it.
  let unanswered = 0;
  function inTurn(send, may = null) {
    unanswered += 1;
    saving = saving.then(() => may)
      .then(() => new Promise((done) => { studio.answered = done; setTimeout(done, LONGEST_MS); send(); }))
      .finally(() => { unanswered -= 1; });
    return saving;
  }

  // A change that a view tells of, not before `may`.
  function tell(id, told, may = null) {
    const said = inTurn(() => studio.send(id, told), may);
    busy(studio.views.get(id).element, said);
    return said;
  }

  // What takes longer than a click should says that it is at work.
  const at_work = new Map();
  async function busy(element, work) {
    at_work.set(element, (at_work.get(element) || 0) + 1);
    const sign = setTimeout(() => element.setAttribute("aria-busy", "true"), 300);
    await work;
    clearTimeout(sign);
    at_work.set(element, at_work.get(element) - 1);
    if (!at_work.get(element)) element.removeAttribute("aria-busy");
  }

  async function saved() {
    for (const id of [...waiting.keys()]) save(id);
    await saving;
  }

  const pauses = new Map();
  function callAfter(id, ms) {
    clearTimeout(pauses.get(id));
    pauses.set(id, setTimeout(() => studio.call(id), ms));
  }

  document.addEventListener("input", (event) => {
    if (event.target.matches("[role=listbox]")) return;
    if (event.target.closest("#film-words")) studio.draft(studio.here() ? "" : event.target.value);
    for (const [name, id] of Object.entries(SAVES)) if (event.target.closest(`.${name}`)) later(id);
    if (event.target.closest(".looks-shot")) callAfter("shot-look", 300);
    if (event.target.closest(".filters-list")) callAfter("list-filter", 250);
  });

  document.addEventListener("click", async (event) => {
    const button = event.target.closest(".go button, .board-bar button, .editor button, .name-row button");
    if (!button || !(waiting.size || unanswered) || button.dataset.act) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    await saved();
    if (!button.disabled) button.click();
  }, true);

  // Refreshing: once a second at most, and only what can be seen.

  const due = new Map();
  const missed = new Set();
  document.addEventListener("visibilitychange", () => { for (const id of [...missed]) { missed.delete(id); soon(id); } });

  async function soon(id) {
    if (document.hidden) { missed.add(id); return; }
    if (due.has(id)) { due.set(id, true); return; }
    due.set(id, false);
    await quiet();
    const began_ms = performance.now();
    await studio.call(id);
    await quiet();
    const took_ms = performance.now() - began_ms; // a long film is read less often
    setTimeout(() => { const again = due.get(id); due.delete(id); if (again) soon(id); }, Math.max(1000, 2 * took_ms));
  }

  // One thing after the other: the server is asked when its last answer is on the page. An answer that was under way when
  // a shot was closed would open it again, and of two quick ticks in the list both are meant.

  const pause = (ms) => new Promise((done) => setTimeout(done, ms));
  let flying = 0, asked = 0;
  const ask_server = window.fetch;
  window.fetch = (...told) => {
    const answer = ask_server(...told);
    if (!String(told[0]?.url || told[0]).includes("/run/predict")) return answer;
    flying += 1;
    asked += 1;
    const landed = () => setTimeout(() => { flying -= 1; }, 80);
    answer.then((come) => come.clone().arrayBuffer()).then(landed, landed);
    return answer;
  };

  async function landed() {
    for (let tries = 0; tries < 100 && flying; tries += 1) await pause(50);
  }

  let turn = Promise.resolve();
  function inOrder(ask) {
    turn = turn.then(landed).then(async () => {
      const before = asked;
      ask();
      for (let tries = 0; tries < 20 && asked === before; tries += 1) await pause(10);
    }).catch((error) => console.error(error)); // what comes after it has its turn all the same
    return turn;
  }

  // Nothing is under way and nothing waits to be saved.
  async function quiet() {
    for (let tries = 0; tries < 100 && (flying || waiting.size); tries += 1) await pause(50);
  }

  Object.assign(studio, {busy, inOrder, later, quiet, saved, soon, tell});
})();
