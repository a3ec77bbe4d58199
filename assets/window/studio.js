"use strict";
/* The window's own script: views and their clicks, dialog, notices, autosave, keyboard, tabs. */
(() => {
  const byId = (id) => document.getElementById(id);
  const views = new Map();
  const mine = new Set(); // runs that this window asked for
  const watchers = []; // told of each view that is written anew
  const keep = (key, value) => { try { value ? localStorage.setItem(key, value) : localStorage.removeItem(key); } catch { /* private window */ } };
  const kept = (key) => { try { return localStorage.getItem(key) || ""; } catch { return ""; } };
  const kindHere = () => document.querySelector(".top")?.dataset.kind || "";
  const here = () => document.querySelector(".top")?.dataset.project || "";

  // Views: HTML from the server; a click on data-act is told to it, after a question where one is due.

  function adopt() {
    for (const view of window.studioViews || []) {
      const id = view.element.closest(".block")?.id || view.element.id;
      views.set(id, view);
      view.element.addEventListener("click", (event) => clicked(event, view));
      view.watch("value", () => settle(id, view.element));
      settle(id, view.element);
    }
    window.studioViews = [];
  }

  async function clicked(event, view) {
    const at = event.target.closest("[data-act]");
    if (!at || at.disabled || !view.element.contains(at)) return;
    const told = {...at.dataset};
    if (told.ask && !(await ask({heading: told.heading, text: told.ask, verb: told.verb}))) return;
    const form = at.closest("form.cleaning");
    if (form) told.kinds = [...form.querySelectorAll("input:checked")].map((box) => box.value).join(",");
    const typed = at.closest("details.service")?.querySelectorAll("[data-field]");
    if (typed) told.fields = JSON.stringify(Object.fromEntries([...typed].map((one) => [one.dataset.field, one.value])));
    closeMenus();
    await saved();
    if (told.act === "shot") isByKeyboard = event.detail === 0;
    if (told.act === "new") draft("");
    if (told.act === "shot" && !view.element.closest("#tab-film")) showTab("film");
    view.send(told);
  }

  function settle(id, element) {
    for (const box of element.querySelectorAll("input[type=checkbox][data-act]")) box.checked = box.hasAttribute("checked");
    for (const field of element.querySelectorAll("[data-field]")) field.value = field.getAttribute("value"); // a key that was typed is gone once saved
    for (const time of element.querySelectorAll("time[data-when]")) showTime(time);
    for (const video of element.querySelectorAll("video[data-srt]")) subtitle(video);
    if (id === "header") showProject(element.querySelector(".top"));
    if (id === "notice") heard(element.textContent);
    if (id === "notice" || id === "kept") setTimeout(() => answered(), 40);
    if (id === "shot-head") openShot(element.querySelector("[data-shot]")?.dataset.shot || "");
    if (id === "board") boardShown(element);
    if (["plan", "scene-plan"].includes(id) && element.querySelector(".plan")) setTimeout(showPlan, 60);
    for (const shown of watchers) shown(id, element);
  }

  function showProject(top) {
    if (!top) return;
    const name = top.dataset.project;
    keep("studio.project", name);
    if (name && name !== shownProject) setTimeout(showKind, 0, top.dataset.kind, shownProject === null);
    shownProject = name;
    if (top.querySelector(".top-newer")) setTimeout(() => soon("film-refresh"), 1200); // or was it this window's own save?
    document.title = name ? `${name} · AI Film Studio` : "AI Film Studio";
    remember({project: name});
    setTimeout(() => bringDraft(name), 100);
  }

  // A project that was just opened is seen where it is worked on.
  let shownProject = null;
  function showKind(kind, isFirstOfPage) {
    const own = {dub: "dubbing", scenes: "scenes"}[kind] || "film";
    const isShotOpen = kind === "scenes" && isTab("film") && new URL(location.href).searchParams.has("shot");
    if (isTab(own) || isShotOpen || !["film", "scenes", "dubbing"].some(isTab)) return;
    if (isTab("film") || !isFirstOfPage) showTab(own); // at first the address may have named a tab
  }

  let openedShot = "", isByKeyboard = false;
  function openShot(shot) {
    if (shot && shot !== openedShot) {
      setTimeout(() => {
        byId("editor")?.scrollIntoView({block: "nearest", behavior: smoothly()});
        if (isByKeyboard) document.querySelector("#shot-image textarea")?.focus({preventScroll: true});
        isByKeyboard = false;
      }, 60);
    }
    openedShot = shot;
  }

  const smoothly = () => matchMedia("(prefers-reduced-motion: reduce)").matches ? "auto" : "smooth";

  // The plan that was asked for is where the eyes are, and is read out.
  function showPlan() {
    const card = document.querySelector("#scene-plan .plan, #plan .plan");
    card?.focus({preventScroll: true});
    card?.scrollIntoView({block: "nearest", behavior: smoothly()});
  }

  function boardShown(element) {
    const chosen = element.querySelector(".shot.chosen")?.dataset.shot || "";
    if (!chosen && openedShot && byId("editor")?.contains(document.activeElement)) element.querySelector(`[data-shot="${openedShot}"]`)?.focus();
    if (!chosen) openedShot = "";
    if (document.querySelector(".top")) remember({shot: chosen});
  }

  function remember(said) {
    const address = new URL(location.href);
    for (const [key, value] of Object.entries(said)) value ? address.searchParams.set(key, value) : address.searchParams.delete(key);
    if (said.project !== undefined && !said.project) address.searchParams.delete("shot");
    if (address.href !== location.href) history.replaceState(null, "", address);
  }

  function showTime(time) {
    const when = new Date(time.dateTime);
    const now = new Date();
    const minutes = Math.round((now - when) / 60000);
    const clock = when.toLocaleTimeString([], {hour: "2-digit", minute: "2-digit"});
    const day = when.toLocaleDateString([], {day: "numeric", month: "short", ...(when.getFullYear() === now.getFullYear() ? {} : {year: "numeric"})});
    const words = minutes < 1 ? "just now" : when.toDateString() === now.toDateString() ? clock : `${day}, ${clock}`;
    if (time.textContent !== words) time.textContent = words;
    time.title = when.toLocaleString();
  }

  async function subtitle(video) {
    if (video.dataset.told === video.dataset.srt) return;
    video.dataset.told = video.dataset.srt;
    const answer = await fetch(video.dataset.srt).catch(() => null);
    if (!answer?.ok) return;
    const chosen = video.studioTrack ? video.studioTrack.mode : "showing";
    const track = video.studioTrack || (video.studioTrack = video.addTextTrack("subtitles", "Narration", "en"));
    track.mode = "showing"; // cues of a disabled track cannot be read
    for (const cue of [...(track.cues || [])]) track.removeCue(cue);
    for (const block of (await answer.text()).replace(/\r/g, "").split(/\n\n+/)) {
      const found = block.match(/(\d+):(\d+):(\d+)[,.](\d+) --> (\d+):(\d+):(\d+)[,.](\d+)[^\n]*\n([\s\S]+)/);
      if (!found) continue;
      const at = (i) => +found[i] * 3600 + +found[i + 1] * 60 + +found[i + 2] + +found[i + 3] / 1000;
      track.addCue(new VTTCue(at(1), at(5), found[9].trim()));
    }
    track.mode = chosen;
  }

  // The words of a film that is not saved yet outlive a reload of this tab; once saved, the server has them.

  let isFirst = true;
  function draft(words) {
    try { words ? sessionStorage.setItem("studio.draft", words) : sessionStorage.removeItem("studio.draft"); } catch { /* private window */ }
  }

  function bringDraft(name) {
    if (name) draft("");
    if (!isFirst) return;
    isFirst = false;
    let words = "";
    try { words = sessionStorage.getItem("studio.draft") || ""; } catch { /* private window */ }
    const place = document.querySelector("#film-words textarea");
    if (name || !words || !place || place.value) return;
    place.value = words;
    place.dispatchEvent(new Event("input", {bubbles: true}));
  }

  // Dialog and notices

  function ask({heading, text, verb}) {
    const dialog = document.createElement("dialog");
    dialog.className = "ask";
    dialog.setAttribute("aria-labelledby", "ask-heading");
    dialog.setAttribute("aria-describedby", "ask-text");
    const head = Object.assign(document.createElement("h2"), {id: "ask-heading", textContent: heading || "Are you sure?"});
    const body = Object.assign(document.createElement("p"), {id: "ask-text", textContent: text || ""});
    const row = Object.assign(document.createElement("div"), {className: "ask-row"});
    const no = Object.assign(document.createElement("button"), {type: "button", className: "btn", textContent: "Cancel", autofocus: true});
    const yes = Object.assign(document.createElement("button"), {type: "button", className: "btn danger solid", textContent: verb || "Do it"});
    row.append(no, yes);
    dialog.append(head, body, row);
    document.body.append(dialog);
    const before = document.activeElement;
    return new Promise((settled) => {
      let answer = false;
      no.onclick = () => dialog.close();
      yes.onclick = () => { answer = true; dialog.close(); };
      dialog.addEventListener("click", (event) => { if (event.target === dialog) dialog.close(); });
      dialog.addEventListener("close", () => { dialog.remove(); before?.focus?.(); settled(answer); });
      dialog.showModal();
      no.focus();
    });
  }

  function heard(text) {
    let said;
    try { said = JSON.parse(text); } catch { return; }
    for (const id of (said.run || "").split(",").filter(Boolean)) { mine.add(id); window.studio.heardRun(id); }
    if (said.text) toast(said);
  }

  // Above, if below they would lie on what is being typed into.
  function placeToasts() {
    const shelf = byId("toasts");
    const row = document.activeElement?.closest("tr, .block")?.getBoundingClientRect();
    if (!shelf || !row) return;
    const width = Math.min(420, innerWidth - 32) + 24;
    shelf.classList.toggle("high", row.right > innerWidth - width && row.bottom > innerHeight - 54 - shelf.offsetHeight && row.top > shelf.offsetHeight + 70);
  }
  document.addEventListener("focusin", placeToasts);

  function toast(said) {
    const shelf = byId("toasts") || document.body.appendChild(Object.assign(document.createElement("div"), {id: "toasts"}));
    if (shelf.parentNode.lastElementChild !== shelf && !document.querySelector("dialog[open]")) document.body.append(shelf);
    const card = Object.assign(document.createElement("div"), {className: `toast ${said.kind || "done"}`});
    card.setAttribute("role", said.kind === "error" ? "alert" : "status");
    card.append(Object.assign(document.createElement("span"), {textContent: said.text}));
    if (said.act) {
      const go = Object.assign(document.createElement("button"), {type: "button", className: "btn small", textContent: said.label});
      go.onclick = () => { card.remove(); act(said); };
      card.append(go);
    }
    const close = Object.assign(document.createElement("button"), {type: "button", className: "btn small ghost", textContent: "✕"});
    close.setAttribute("aria-label", "Close");
    close.onclick = () => card.remove();
    card.append(close);
    shelf.append(card);
    placeToasts();
    while (shelf.children.length > 4) shelf.firstElementChild.remove();
    const leave = () => setTimeout(() => (card.matches(":hover, :focus-within") ? leave() : card.remove()), said.kind === "error" ? 14000 : 6000);
    leave();
  }

  function act(said) {
    if (said.act === "make" && kindHere() === "scenes") { showTab("scenes"); press("scene-make"); }
    else if (said.act === "make" || said.act === "undo") { showTab("film"); press(said.act); }
    else if (said.act.startsWith("tab-")) showTab(said.act.slice(4));
    else if (said.act === "dub") { showTab("dubbing"); press("dub"); }
    else {
      if (said.act === "open") showTab((here() === said.name && {dub: "dubbing", scenes: "scenes"}[kindHere()]) || "film");
      send("header", {act: said.act, name: said.name || "", shot: said.shot || ""});
    }
  }

  // Buttons, autosave, keyboard, tabs, menus, appearance

  const control = (id) => { const at = byId(id); return at?.matches("button") ? at : at?.querySelector("button"); };
  const press = (id) => control(id)?.click();
  const send = (id, told) => views.get(id)?.send(told);
  const call = (name) => views.get("kept")?.send({}, name); // what no control is for: saving, refreshing

  // Saving: a second after the last change, one save at a time, and before anything that is clicked.

  const LONGEST_MS = 25000; // a slow computer's answer: going on without it would look like another window's save
  const waiting = new Map();
  const SAVES = {"keeps-film": "film-save", "keeps-shot": "shot-save", "keeps-notes": "notes-save", "keeps-dub": "dub-save", "keeps-scene": "scene-save"};
  let saving = Promise.resolve();
  let answered = () => {};

  function later(id) {
    clearTimeout(waiting.get(id));
    waiting.set(id, setTimeout(() => save(id), 1000));
  }

  function save(id) {
    clearTimeout(waiting.get(id));
    waiting.delete(id);
    inTurn(() => call(id));
  }

  // One after the other, each until the server has answered it.
  let unanswered = 0;
  function inTurn(send, may = null) {
    unanswered += 1;
    saving = saving.then(() => may)
      .then(() => new Promise((done) => { answered = done; setTimeout(done, LONGEST_MS); send(); }))
      .finally(() => { unanswered -= 1; });
    return saving;
  }

  // A change that a view tells of, not before `may`.
  const tell = (id, told, may = null) => inTurn(() => views.get(id).send(told), may);

  async function saved() {
    for (const id of [...waiting.keys()]) save(id);
    await saving;
  }

  const pauses = new Map();
  function callAfter(id, ms) {
    clearTimeout(pauses.get(id));
    pauses.set(id, setTimeout(() => call(id), ms));
  }

  document.addEventListener("input", (event) => {
    if (event.target.matches("[role=listbox]")) return;
    if (event.target.closest("#film-words")) draft(here() ? "" : event.target.value);
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
    call(id);
    await new Promise((done) => setTimeout(done, 30));
    await quiet();
    const took_ms = performance.now() - began_ms; // a long film is read less often
    setTimeout(() => { const again = due.get(id); due.delete(id); if (again) soon(id); }, Math.max(1000, 2 * took_ms));
  }

  // An answer that is on its way may change what this window shows: a refresh asks after it, not beside it.

  let flying = 0;
  const ask_server = window.fetch;
  window.fetch = (...asked) => {
    const answer = ask_server(...asked);
    if (!String(asked[0]?.url || asked[0]).includes("/run/predict")) return answer;
    flying += 1;
    const landed = () => setTimeout(() => { flying -= 1; }, 80);
    answer.then(landed, landed);
    return answer;
  };

  async function quiet() {
    for (let tries = 0; tries < 100 && (flying || waiting.size); tries += 1) await new Promise((done) => setTimeout(done, 50));
  }

  const TABS = {film: "Film", scenes: "Scene video", dubbing: "Dubbing", sessions: "Project Sessions", settings: "Settings"};
  const tabButton = (name) => [...document.querySelectorAll("#tabs [role=tab]")].find((tab) => tab.textContent.trim() === TABS[name] && tab.offsetParent);
  const showTab = (name) => tabButton(name)?.click();
  const isTab = (name) => tabButton(name)?.getAttribute("aria-selected") === "true";

  function closeMenus(but) {
    for (const opener of document.querySelectorAll("[data-menu][aria-expanded=true]")) {
      if (opener === but) continue;
      opener.setAttribute("aria-expanded", "false");
      byId(opener.dataset.menu).hidden = true;
    }
  }

  function appear() {
    const asked = kept("studio.appearance") || "system";
    const isDark = asked === "dark" || (asked === "system" && matchMedia("(prefers-color-scheme: dark)").matches);
    document.body?.classList.toggle("dark", isDark);
    document.documentElement.style.colorScheme = isDark ? "dark" : "light";
    for (const choice of document.querySelectorAll("[data-appearance]")) choice.checked = choice.value === asked;
  }

  document.addEventListener("click", (event) => {
    const opener = event.target.closest("[data-menu]");
    closeMenus(opener);
    if (event.target.closest("#plan-button, #scene-plan-button")) showPlan(); // the same plan again is no news to its view
    if (opener) {
      const box = byId(opener.dataset.menu);
      box.hidden = !box.hidden;
      opener.setAttribute("aria-expanded", String(!box.hidden));
      if (!box.hidden) box.querySelector("button")?.focus();
    }
    const tab = event.target.closest("[data-tab]");
    if (tab) { closeMenus(); showTab(tab.dataset.tab); }
    const copy = event.target.closest("[data-copy]");
    if (copy) navigator.clipboard?.writeText(copy.dataset.copy).then(() => toast({text: "Copied."}), () => toast({text: "The browser does not allow that.", kind: "error"}));
    if (event.target.closest("#tabs [role=tab]")) setTimeout(tabShown, 0);
  });

  function tabShown() {
    const name = Object.keys(TABS).find(isTab);
    const address = new URL(location.href);
    address.hash = name && name !== "film" ? name : "";
    history.replaceState(null, "", address.href.replace(/#$/, ""));
    if (name === "sessions") soon("sessions-refresh");
    appear();
  }

  // The text of a file that the user chose, in whatever encoding, goes into a field.
  async function readInto(input) {
    const file = input.files[0], field = byId(input.dataset.textFor)?.querySelector("textarea");
    input.value = "";
    if (!file || !field) return;
    if (file.size > 20e6) { toast({text: `${file.name} is larger than 20 MB: too long for one film.`, kind: "error"}); return; }
    const bytes = new Uint8Array(await file.arrayBuffer());
    const mark = bytes[0] === 0xff && bytes[1] === 0xfe ? "utf-16le" : bytes[0] === 0xfe && bytes[1] === 0xff ? "utf-16be" : "utf-8";
    let text;
    try { text = new TextDecoder(mark, {fatal: true}).decode(bytes); } catch (e) { text = new TextDecoder("windows-1252").decode(bytes); }
    if (/[\u0000-\u0008]/.test(text)) { toast({text: `${file.name} is no plain text: save it as .txt, .md or .fountain first.`, kind: "error"}); return; }
    Object.getOwnPropertyDescriptor(HTMLTextAreaElement.prototype, "value").set.call(field, text.trim());
    field.dispatchEvent(new Event("input", {bubbles: true}));
    toast({text: "The file's text is in the field."});
  }

  document.addEventListener("change", (event) => {
    if (event.target.matches?.("input[data-text-for]")) { readInto(event.target); return; }
    if (event.target.matches("[data-appearance]")) { keep("studio.appearance", event.target.value === "system" ? "" : event.target.value); appear(); }
  });

  document.addEventListener("keydown", async (event) => {
    if (document.querySelector("dialog[open]")) return;
    const isCommand = event.ctrlKey || event.metaKey;
    if (isCommand && event.key === "Enter") {
      event.preventDefault();
      await saved();
      if (isTab("film") && !control("make")?.disabled) press("make");
      if (isTab("scenes") && !control("scene-make")?.disabled) press("scene-make");
      if (isTab("dubbing") && !control("dub")?.disabled) press("dub");
    } else if (isCommand && event.key.toLowerCase() === "s") {
      event.preventDefault();
      if (isTab("sessions")) press("save");
      else if (here()) { later(isTab("dubbing") ? "dub-save" : isTab("scenes") ? "scene-save" : "film-save"); await saved(); toast({text: "Saved."}); }
      else { showTab("sessions"); toast({text: "Give the film a name and press Save.", kind: "info"}); }
    } else if (event.key === "Escape") {
      if (document.querySelector("[data-menu][aria-expanded=true]")) closeMenus();
      else if (byId("editor")?.offsetParent && !event.target.closest("[role=listbox], .options")) { await saved(); send("shot-head", {act: "close"}); }
    } else if (event.key === "Enter" && event.target.matches("[data-field]")) {
      event.target.closest("details").querySelector("[data-act=save-service]")?.click();
    } else if (event.target.matches("[data-drop]") && (event.key === "Enter" || event.key === " ")) {
      event.preventDefault();
      event.target.click();
    } else if (/^Arrow/.test(event.key)) walk(event);
  });

  function walk(event) {
    const cards = event.target.closest(".board") ? ".board .shot" : event.target.closest("table.list") ? "table.list .row-name" : event.target.closest(".menu-box") ? ".menu-box button" : "";
    if (!cards) return;
    const all = [...document.querySelectorAll(cards)].filter((one) => one.offsetParent);
    const at = all.indexOf(event.target);
    if (at < 0) return;
    const perRow = cards.includes("board") ? all.filter((one) => one.getBoundingClientRect().top === all[0].getBoundingClientRect().top).length : 1;
    const by = {ArrowLeft: -1, ArrowRight: 1, ArrowUp: -perRow, ArrowDown: perRow}[event.key];
    if (all[at + by]) { event.preventDefault(); all[at + by].focus(); }
  }

  // Start

  window.studio = {adopt, later, press, ask, toast, act, soon, showTab, isTab, here, mine, heardRun: () => {}, tell, saved,
    kind: kindHere, send, watch: (shown) => watchers.push(shown), takers: {}};
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => setTimeout(appear, 0));
  setInterval(() => { for (const time of document.querySelectorAll("time[data-when]")) showTime(time); }, 30000);
  adopt();
  const ready = setInterval(() => {
    if (!byId("bar") || !tabButton("film")) return;
    clearInterval(ready);
    appear();
    const asked = location.hash.slice(1);
    if (TABS[asked] && asked !== "film") { showTab(asked); setTimeout(tabShown, 0); }
    window.studio.connect?.();
  }, 50);
  appear();
})();
