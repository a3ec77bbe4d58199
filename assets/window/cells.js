"use strict";
/* Cells that save themselves when they are left: lines of a dub, scenes and environments of a scene video. */
(() => {
  const {tell, watch} = window.studio;
  const VIEWS = ["dub-lines", "scene-board", "scene-places", "book-contents", "book-picture"];
  const CELLS = `:is(${VIEWS.map((id) => `#${id}`).join(", ")}) [data-cell]`;
  const viewOf = (element) => element.closest(".block")?.id || "";

  async function becomes(holds) {
    for (let tries = 0; tries < 100; tries += 1) {
      if (holds()) return true;
      await new Promise((done) => setTimeout(done, 50));
    }
    return false;
  }

  // Cells: each change is told at once, in its turn; what is being typed outlives a new drawing of its view.

  let focused = "";
  let typed = null; // of the focused cell, while it differs from what was drawn
  let isPressed = false;
  const keyOf = (cell) => `${cell.dataset.cell}|${cell.dataset.line}|${cell.dataset.lang || ""}`;
  const cellOf = (key) => [...document.querySelectorAll(CELLS)].find((cell) => keyOf(cell) === key);

  document.addEventListener("pointerdown", () => { isPressed = true; }, true);
  for (const over of ["pointerup", "pointercancel"]) document.addEventListener(over, () => setTimeout(() => { isPressed = false; }, 30), true);

  document.addEventListener("focusin", (event) => {
    if (!event.target.matches(CELLS)) return;
    if (focused !== keyOf(event.target)) typed = null;
    focused = keyOf(event.target);
  });
  document.addEventListener("focusout", (event) => {
    const cell = event.target;
    if (cell.matches(CELLS)) setTimeout(() => { if (cell.isConnected && keyOf(cell) === focused && document.activeElement !== cell) { focused = ""; typed = null; } });
  });
  document.addEventListener("input", (event) => {
    if (event.target.matches(CELLS)) { typed = event.target.value; fit(event.target); }
  });

  const unanswered = new Map(); // what this window told of a cell that still shows what was before: it is no other window's

  document.addEventListener("change", (event) => {
    const at = event.target;
    if (at.matches(CELLS)) {
      if (keyOf(at) === focused) typed = null;
      if (at.value === at.defaultValue) return;
      at.closest("td, th")?.classList.add("saving");
      const isReleased = becomes(() => !isPressed); // a drawing before would swallow the click that left the cell
      change(at, keyOf(at), "edit", isReleased);
    } else if (at.matches("[data-set]")) change(at, keyOfChoice(at), "set");
  });

  const keyOfChoice = ({dataset: {set, line, lang, who}}) => `${set}|${line || ""}|${lang || ""}|${who || ""}`;

  function change(at, key, act, may = null) {
    const value = at.value, told = {act, ...at.dataset, value};
    if ("was" in told && unanswered.has(key)) told.was = unanswered.get(key);
    unanswered.set(key, value);
    tell(viewOf(at), told, may).then(() => { if (unanswered.get(key) === value) unanswered.delete(key); });
  }

  document.addEventListener("keydown", (event) => {
    if (!event.target.matches(CELLS)) return;
    if (event.key === "Escape") {
      event.stopPropagation();
      event.target.value = event.target.defaultValue;
      typed = null;
      fit(event.target);
    } else if (event.key === "Enter" && !event.shiftKey && !event.isComposing) { // to the same cell of the next line
      event.preventDefault();
      if (event.ctrlKey || event.metaKey) { event.target.dispatchEvent(new Event("change", {bubbles: true})); return; }
      const {cell, lang} = event.target.dataset;
      const all = [...document.querySelectorAll(CELLS)].filter((one) => one.dataset.cell === cell && one.dataset.lang === lang);
      const next = all[all.indexOf(event.target) + 1];
      next ? next.focus() : event.target.blur();
    }
  }, true);

  function fit(cell) {
    if (cell.tagName !== "TEXTAREA") return;
    cell.style.height = "auto";
    cell.style.height = `${cell.scrollHeight + 2}px`;
  }

  watch((id, element) => {
    if (!VIEWS.includes(id)) return;
    for (const list of element.querySelectorAll("select[data-set]")) { // a drawing changes which is marked, not which is chosen
      const drawn = (list.querySelector("option[selected]") || list.options[0])?.value;
      if (drawn !== undefined && list.value !== drawn && !unanswered.has(keyOfChoice(list))) list.value = drawn;
    }
    for (const drawn of element.querySelectorAll("[data-cell]")) { // a cell that was typed into keeps its words through a new drawing
      const isTyping = drawn === document.activeElement && typed !== null;
      if (!isTyping && drawn.value !== drawn.defaultValue) drawn.value = drawn.defaultValue;
      fit(drawn);
    }
    const cell = focused && cellOf(focused);
    if (cell && document.activeElement !== cell && (document.activeElement === document.body || !document.activeElement)) {
      const isTyped = typed !== null;
      const text = typed;
      cell.focus({preventScroll: true});
      if (isTyped) { cell.value = text; typed = text; fit(cell); }
      if (cell.setSelectionRange) cell.setSelectionRange(cell.value.length, cell.value.length);
    }
  });
  new ResizeObserver(() => { for (const cell of document.querySelectorAll(CELLS)) fit(cell); }).observe(document.documentElement);
  document.addEventListener("click", (event) => {
    if (event.target.closest("#tabs [role=tab]")) setTimeout(() => { for (const cell of document.querySelectorAll(CELLS)) fit(cell); }, 60);
  });

  Object.assign(window.studio, {becomes, keyOf, cellOf});
})();
