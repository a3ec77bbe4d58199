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

  // A notice stands in the status bar, where nothing that can be pressed lies below it: the newest in front, the one
  // before it again when that is gone.
  function toast(said) {
    const shelf = byId("toasts");
    if (!shelf) { setTimeout(() => toast(said), 100); return; }
    const card = Object.assign(document.createElement("span"), {className: `toast ${said.kind || "done"}`});
    card.setAttribute("role", said.kind === "error" ? "alert" : "status");
    card.append(Object.assign(document.createElement("span"), {textContent: said.text}));
    if (said.act) {
      const go = Object.assign(document.createElement("button"), {type: "button", className: "btn small", textContent: said.label});
      go.onclick = () => { card.remove(); studio.act(said); };
      card.append(go);
    }
    const close = Object.assign(document.createElement("button"), {type: "button", className: "btn small ghost", textContent: "✕", title: "Close (Esc)"});
    close.setAttribute("aria-label", "Close");
    close.onclick = () => card.remove();
    card.append(close);
    const front = shelf.lastElementChild, isUsed = (one) => one.matches(":hover, :focus-within");
    front && isUsed(front) ? front.before(card) : shelf.append(card);
    while (shelf.children.length > 4) shelf.firstElementChild.remove();
    const leave = () => setTimeout(() => (isUsed(card) || card.nextElementSibling ? leave() : card.remove()), said.kind === "error" ? 14000 : 6000);
    leave();
  }

  // The notice in front is gone; false if there was none.
  function closeToast() {
    const front = byId("toasts")?.lastElementChild;
    front?.remove();
    return Boolean(front);
  }

  Object.assign(studio, {ask, closeToast, noticed, toast});
})();
