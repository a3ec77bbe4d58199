"use strict";
/* What the window's scripts share: views and their clicks, the open project, what this browser keeps of it. */
(() => {
  const studio = {mine: new Set(), takers: {}, heardRun: () => {}, TAB_OF: {dub: "dubbing", scenes: "scenes", manuscript: "manuscript"}}; // mine: runs that this window asked for
  window.studio = studio;
  const byId = (id) => document.getElementById(id);
  const views = new Map();
  const watchers = []; // told of each view that is written anew
  const keep = (key, value) => { try { value ? localStorage.setItem(key, value) : localStorage.removeItem(key); } catch { /* private window */ } };
  const kept = (key) => { try { return localStorage.getItem(key) || ""; } catch { return ""; } };
  const kind = () => document.querySelector(".top")?.dataset.kind || "";
  const here = () => document.querySelector(".top")?.dataset.project || "";
  const control = (id) => { const at = byId(id); return at?.matches("button") ? at : at?.querySelector("button"); };
  const press = (id) => control(id)?.click();
  // All that the server is asked is an event of one view: by name, or as what was pressed, which bears the name as a class.
  const call = (name, told = {}) => studio.inOrder(() => views.get("kept")?.trigger(name, told));
  const send = (id, told) => call(/\bcalls-(\S+)/.exec(byId(id)?.className)?.[1], {...told, from: id});

  // Views: HTML from the server; a click on data-act is told to it, after a question where one is due.

  function adopt() {
    for (const view of window.studioViews || []) {
      const id = view.element.closest(".block")?.id || view.element.id;
      views.set(id, Object.assign(view, {id}));
      view.element.addEventListener("click", (event) => clicked(event, view));
      view.watch("value", () => settle(id, view.element));
      settle(id, view.element);
    }
    window.studioViews = [];
  }

  // A button of Gradio's; one of a view's own says what it is for by data-act.
  document.addEventListener("click", (event) => {
    const button = event.target.closest("button[class*='calls-']");
    if (button && !button.disabled) send(button.id, {});
  });

  async function clicked(event, view) {
    const at = event.target.closest("[data-act]");
    if (!at || at.disabled || !view.element.contains(at)) return;
    const told = {...at.dataset};
    if (told.ask && !(await studio.ask({heading: told.heading, text: told.ask, verb: told.verb}))) return;
    const form = at.closest("form.cleaning");
    if (form) told.kinds = [...form.querySelectorAll("input:checked")].map((box) => box.value).join(",");
    const typed = at.closest("details.service")?.querySelectorAll("[data-field]");
    if (typed) told.fields = JSON.stringify(Object.fromEntries([...typed].map((one) => [one.dataset.field, one.value])));
    studio.closeMenus();
    let isAnswered = () => {};
    studio.busy(view.element, new Promise((done) => { isAnswered = done; }));
    await studio.saved();
    if (told.act === "shot") isByKeyboard = event.detail === 0;
    if (told.act === "new") draft("");
    if (told.act === "shot" && !view.element.closest("#tab-film")) studio.showTab("film");
    await send(view.id, told);
    await studio.quiet();
    isAnswered();
    if (told.act === "show") showInfo();
  }

  function settle(id, element) {
    for (const box of element.querySelectorAll("input[type=checkbox][data-act]")) [box.checked, box.indeterminate] = [box.hasAttribute("checked"), "some" in box.dataset];
    for (const field of element.querySelectorAll("[data-field]")) field.value = field.getAttribute("value"); // a key that was typed is gone once saved
    for (const time of element.querySelectorAll("time[data-when]")) showTime(time);
    for (const video of element.querySelectorAll("video[data-srt]")) subtitle(video);
    if (id === "header") showProject(element.querySelector(".top"));
    if (id === "notice") studio.noticed(element.textContent);
    if (id === "notice" || id === "kept") setTimeout(() => studio.answered(), 40);
    if (id === "shot-head") openShot(element.querySelector("[data-shot]")?.dataset.shot || "");
    if (id === "board") boardShown(element);
    for (const list of element.querySelectorAll("[data-look]")) keepLook(list.dataset.look);
    if (["plan", "scene-plan", "book-plan"].includes(id) && element.querySelector(".plan")) setTimeout(showPlan, 60);
    for (const shown of watchers) shown(id, element);
  }

  function showProject(top) {
    if (!top) return;
    const name = top.dataset.project;
    keep("studio.project", name);
    if (name && name !== shownProject) setTimeout(showKind, 0, top.dataset.kind, shownProject === null);
    shownProject = name;
    if (top.querySelector(".top-newer")) setTimeout(() => studio.soon("film-refresh"), 1200); // or was it this window's own save?
    document.title = name ? `${name} · AI Film Studio` : "AI Film Studio";
    remember({project: name});
    setTimeout(() => bringDraft(name), 100);
  }

  // A project that was just opened is seen where it is worked on.
  let shownProject = null;
  function showKind(kind, isFirstOfPage) {
    const own = studio.TAB_OF[kind] || "film";
    const isShotOpen = kind === "scenes" && studio.isTab("film") && new URL(location.href).searchParams.has("shot");
    if (studio.isTab(own) || isShotOpen || !["film", "scenes", "dubbing", "manuscript"].some(studio.isTab)) return;
    if (studio.isTab("film") || !isFirstOfPage) studio.showTab(own); // at first the address may have named a tab
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
    const card = document.querySelector("#scene-plan .plan, #book-plan .plan, #plan .plan");
    card?.focus({preventScroll: true});
    card?.scrollIntoView({block: "nearest", behavior: smoothly()});
  }

  // A chosen project's card stands beside the list; where there is no room for that, eyes and keyboard are brought to it.
  function showInfo() {
    const card = document.querySelector("#info .info");
    if (!card || card.getBoundingClientRect().top < byId("list").getBoundingClientRect().bottom) return;
    card.querySelector("h2").focus({preventScroll: true});
    card.scrollIntoView({block: "start", behavior: smoothly()});
  }

  document.addEventListener("click", (event) => {
    if (!event.target.closest("[data-to-list]")) return;
    const row = document.querySelector("#list .row-name[aria-pressed=true]") || document.querySelector("#list button");
    row?.focus({preventScroll: true});
    row?.scrollIntoView({block: "center", behavior: smoothly()});
  });

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

  // What a service offers is written into its field; several stand there with commas between.
  document.addEventListener("change", (event) => {
    const list = event.target.closest?.("select[data-fills]");
    const field = list && byId(list.dataset.fills);
    if (!field || !list.value) return;
    const said = field.value.split(",").map((one) => one.trim()).filter((one) => one && one !== list.value);
    field.value = "adds" in list.dataset ? [...said, list.value].join(", ") : list.value;
    if ("adds" in list.dataset) list.value = "";
  });

  // A picture that is not there after all leaves its place to the sign behind it.
  document.addEventListener("error", (event) => { if (event.target.matches?.("td.thumb img")) event.target.remove(); }, true);

  // The list of projects is after a reload of this tab as it was: its filters, its order, the card that is open.
  function keepLook(said) {
    try { sessionStorage.setItem("studio.list", said); } catch { /* private window */ }
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

  // What a notice or the status bar offers to do.
  function act(said) {
    if (said.act === "make" && kind() === "scenes") { studio.showTab("scenes"); press("scene-make"); }
    else if (["make", "undo"].includes(said.act) && kind() === "manuscript") { studio.showTab("manuscript"); press(`book-${said.act}`); }
    else if (said.act === "undo" && kind() === "scenes" && studio.isTab("scenes")) press("scene-undo");
    else if (said.act === "make" || said.act === "undo") { studio.showTab("film"); press(said.act); }
    else if (said.act.startsWith("tab-")) studio.showTab(said.act.slice(4));
    else if (said.act === "dub") { studio.showTab("dubbing"); press("dub"); }
    else {
      if (said.act === "open") studio.showTab((here() === said.name && studio.TAB_OF[kind()]) || "film");
      send("header", {act: said.act, name: said.name || "", shot: said.shot || ""});
    }
  }

  setInterval(() => { for (const time of document.querySelectorAll("time[data-when]")) showTime(time); }, 30000);
  Object.assign(studio, {adopt, act, call, control, draft, here, keep, kept, kind, press, send, showPlan, views, watch: (shown) => watchers.push(shown)});
})();
