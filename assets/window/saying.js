"use strict";
/* What the window says: questions before something is lost, and notices. */
(() => {
  const studio = window.studio;
  const byId = (id) => document.getElementById(id);

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

  function noticed(text) {
    let said;
    try { said = JSON.parse(text); } catch { return; }
    for (const id of (said.run || "").split(",").filter(Boolean)) { studio.mine.add(id); studio.heardRun(id); }
    if (said.text) toast(said);
  }

  // Elsewhere, if in their place they would lie on what has the focus.
  function placeToasts() {
    const shelf = byId("toasts"), used = document.activeElement;
    if (!shelf || !used || used === document.body || shelf.contains(used)) return;
    shelf.classList.remove("high");
    const own = shelf.getBoundingClientRect(), at = used.matches("input, textarea, select") && used.closest("tr, .block");
    const other = (at || used).getBoundingClientRect();
    const isOver = other.right > own.left && other.left < own.right && other.bottom > own.top && other.top < own.bottom;
    shelf.classList.toggle("high", isOver && other.top > own.height + 70);
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
      go.onclick = () => { card.remove(); studio.act(said); };
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

  Object.assign(studio, {ask, noticed, toast});
})();
