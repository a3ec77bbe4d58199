"use strict";
/* Tabs, menus, appearance, the keyboard, a file's text into a field; and the start. */
(() => {
  const studio = window.studio;
  const {control, keep, kept, press} = studio;
  const byId = (id) => document.getElementById(id);

  const TABS = {film: "Film", scenes: "Scene video", dubbing: "Dubbing", manuscript: "Manuscript", sessions: "Project Sessions", settings: "Settings"};
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
    if (event.target.closest("#plan-button")) studio.showPlan(); // the same plan again is no news to its view
    if (opener) {
      const box = byId(opener.dataset.menu);
      box.hidden = !box.hidden;
      opener.setAttribute("aria-expanded", String(!box.hidden));
      if (!box.hidden) box.querySelector("button")?.focus();
    }
    const tab = event.target.closest("[data-tab]");
    if (tab) { closeMenus(); showTab(tab.dataset.tab); }
    const copy = event.target.closest("[data-copy]");
    if (copy) navigator.clipboard?.writeText(copy.dataset.copy).then(() => studio.toast({text: "Copied."}), () => studio.toast({text: "The browser does not allow that.", kind: "error"}));
    if (event.target.closest("#tabs [role=tab]")) setTimeout(tabShown, 0);
  });

  function tabShown() {
    const name = Object.keys(TABS).find(isTab);
    const address = new URL(location.href);
    address.hash = name && name !== "film" ? name : "";
    history.replaceState(null, "", address.href.replace(/#$/, ""));
    if (name === "sessions" && document.querySelector(".top")) studio.soon("sessions-refresh"); // else the page is being filled: asked now, it would not know whose it is
    appear();
  }

  // On a slow computer the Settings come after they were asked for: which appearance is chosen is marked with them.
  studio.watch((id) => { if (id === "folders") setTimeout(appear, 0); });

  // The text of a file that the user chose, in whatever encoding, goes into a field.
  async function readInto(input) {
    const file = input.files[0], field = byId(input.dataset.textFor)?.querySelector("textarea");
    input.value = "";
    if (!file || !field) return;
    if (file.size > 20e6) { studio.toast({text: `${file.name} is larger than 20 MB: too long for one film.`, kind: "error"}); return; }
    const bytes = new Uint8Array(await file.arrayBuffer());
    const mark = bytes[0] === 0xff && bytes[1] === 0xfe ? "utf-16le" : bytes[0] === 0xfe && bytes[1] === 0xff ? "utf-16be" : "utf-8";
    let text;
    try { text = new TextDecoder(mark, {fatal: true}).decode(bytes); } catch (e) { text = new TextDecoder("windows-1252").decode(bytes); }
    if (/[\u0000-\u0008]/.test(text)) { studio.toast({text: `${file.name} is no plain text: save it as .txt, .md or .fountain first.`, kind: "error"}); return; }
    Object.getOwnPropertyDescriptor(HTMLTextAreaElement.prototype, "value").set.call(field, text.trim());
    field.dispatchEvent(new Event("input", {bubbles: true}));
    studio.toast({text: "The file's text is in the field."});
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
      await studio.saved();
      if (isTab("film") && !control("make")?.disabled) press("make");
      if (isTab("scenes") && !control("scene-make")?.disabled) press("scene-make");
      if (isTab("dubbing") && !control("dub")?.disabled) press("dub");
      if (isTab("manuscript") && !control("book-make")?.disabled) press("book-make");
    } else if (isCommand && event.key.toLowerCase() === "s") {
      event.preventDefault();
      if (isTab("sessions")) press("save");
      else if (studio.here()) { studio.later(isTab("dubbing") ? "dub-save" : isTab("scenes") ? "scene-save" : isTab("manuscript") ? "book-save" : "film-save"); await studio.saved(); studio.toast({text: "Saved."}); }
      else { showTab("sessions"); studio.toast({text: "Give the film a name and press Save.", kind: "info"}); }
    } else if (event.key === "Escape") {
      if (document.querySelector("[data-menu][aria-expanded=true]")) closeMenus();
      else if (!event.target.closest("#editor") && studio.closeToast()) return;
      else if (byId("editor")?.offsetParent && !event.target.closest("[role=listbox], .options")) { await studio.saved(); studio.send("shot-head", {act: "close"}); }
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

  Object.assign(studio, {closeMenus, isTab, showTab});
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => setTimeout(appear, 0));
  studio.adopt();
  const ready = setInterval(() => {
    if (!byId("bar") || !tabButton("film")) return;
    clearInterval(ready);
    appear();
    const asked = location.hash.slice(1);
    if (TABS[asked] && asked !== "film") { showTab(asked); setTimeout(tabShown, 0); }
    studio.connect?.();
  }, 10);
  appear();
})();
