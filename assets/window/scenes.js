"use strict";
/* The Scene video tab: files of the user's that come with a script. */
(() => {
  const {toast, press, here, kind, saved, send, soon, becomes, later, busy} = window.studio;
  const byId = (id) => document.getElementById(id);
  const picture = () => byId("scene-picture-file")?.files[0];
  const places = () => byId("scene-environments-file")?.files[0];

  document.addEventListener("change", async (event) => {
    const at = event.target;
    if (!["scene-environments-file", "scene-picture-file"].includes(at.id) || !at.files[0]) return;
    const isBegun = kind() === "scenes";
    byId(at.id.replace(/file$/, "name")).textContent = at.files[0].name + (isBegun ? "" : ": Make video, Plan or Write scenes takes it in.");
    if (isBegun) await beginWith(at);
  });

  // A script is made up in turn, and every other button waits for it: what it makes is made of the script that is seen.
  document.addEventListener("click", (event) => {
    if (!event.target.closest("#scene-dice")) return;
    later("scene-make-up");
    busy(byId("scene-dice"), saved());
  });

  // What is held here alone is gone with the page: the browser asks before it leaves.
  addEventListener("beforeunload", (event) => { if (kind() !== "scenes" && (picture() || places())) event.preventDefault(); });

  // The open video begins with it from now on.
  async function beginWith(at) {
    const form = new FormData();
    form.append("file", at.files[0]);
    at.value = "";
    await saved();
    const answer = await ask("PUT", `/api/projects/${encodeURIComponent(here())}/first-picture`, form);
    if (answer.error) toast({text: answer.error, kind: "error"});
    else toast({text: "The video begins with that picture. The next run makes what follows from it.", act: "make", label: "Make video"});
    soon("film-refresh");
  }

  // A video that is not begun takes held files in with its script; then its button does what it says.
  let isSending = false;
  document.addEventListener("click", async (event) => {
    const button = event.target.closest("#scene-make, #scene-plan-button, #scene-write");
    if (!button || kind() === "scenes" || !(picture() || places())) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    if (isSending) return;
    isSending = true;
    const name = await sent().finally(() => { isSending = false; });
    if (!name) return;
    send("header", {act: "open", name, shot: ""});
    if (await becomes(() => here() === name && !byId(button.id).disabled)) press(button.id);
  }, true);

  async function sent() {
    window.studio.later("scene-save"); // the server says the fields as they are now
    await saved();
    await window.studio.quiet();
    const said = JSON.parse(byId("scene-options").textContent.trim() || "{}");
    if (!said.script) { toast({text: "There is no script yet: paste one, choose a file, or let one be made up.", kind: "error"}); return ""; }
    const form = new FormData();
    form.append("kind", "scenes");
    form.append("options", JSON.stringify(said.options));
    if (picture()) form.append("picture", picture());
    if (places()) form.append("environments", places());
    form.append("file", new File([said.script], "script.txt", {type: "text/plain"}));
    const answer = await ask("POST", "/api/projects", form);
    if (answer.error) { toast({text: answer.error, kind: "error"}); return ""; }
    if (said.most_usd != null) await ask("PATCH", `/api/projects/${encodeURIComponent(answer.name)}`, JSON.stringify({most_usd: said.most_usd}), {"Content-Type": "application/json"});
    return answer.name;
  }

  async function ask(method, url, body, headers = {}) {
    try {
      const answer = await fetch(url, {method, body, headers});
      const said = answer.status === 204 ? {} : await answer.json();
      return answer.ok ? said : {error: said.error || `It was refused (${answer.status}).`};
    } catch { return {error: "The studio does not answer: nothing was changed."}; }
  }
})();
