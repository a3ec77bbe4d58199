"use strict";
/* The live socket, and what the status bar says of every run. */
(() => {
  const {send, toast, act, soon, isTab, here, kind, mine, watch} = window.studio;
  const byId = (id) => document.getElementById(id);
  const STEPS = {story: "Story", scene_graph: "Scenes", shots: "Shots", images: "Pictures", narration: "Narration", voice_over: "Voice",
    videos: "Clips", sounds: "Sounds and music", film: "Film", extract: "Sound", language: "Language", transcribe: "Transcript",
    lines: "Lines", translate: "Translation", speak: "Voices", fit: "Fitting", mix: "Mix", mux: "Films", check: "Listening back", manuscript: "Chapters", analysis: "Reading", cast: "Casting", prompts: "Prompts", book: "Book"};
  const WORK = {export: "Packing", import: "Taking in", duplicate: "Copying", snapshot: "Keeping a save point",
    revert: "Going back", cleanup: "Cleaning up", verify: "Checking every file", empty_trash: "Emptying the trash", dub_film: "Taking the film over", audition: "Trying a voice",
    bind: "Binding", film_of_book: "Taking the pictures over", explain_video: "Reading the old folder", continue_video: "Taking the old folder in"};

  // The live socket, and what the status bar says

  const runs = new Map();
  const over = new Set();
  let socket, number = 0, pause_s = 0.5, isLive = false, poll = 0, hasPicture = false;

  function connect() {
    socket = new WebSocket(`${location.protocol === "https:" ? "wss" : "ws"}://${location.host}/ws`);
    socket.onmessage = (event) => {
      if (event.data === "pong") return;
      const said = JSON.parse(event.data);
      if (said.snapshot) picture(said.snapshot);
      else if (said.n !== number + 1) { socket.close(); return; }
      else if (said.run) told(said.run);
      else if (said.project) projectChanged(said.project);
      else if (said.preview) seen(said.preview);
      number = said.n;
    };
    socket.onopen = () => { isLive = true; pause_s = 0.5; clearInterval(poll); poll = 0; draw(); };
    socket.onclose = () => {
      isLive = false;
      draw();
      if (!poll) poll = setInterval(ask_runs, 2000);
      setTimeout(connect, pause_s * 1000);
      pause_s = Math.min(8, pause_s * 2);
    };
  }

  function picture(all) {
    const isFirst = !hasPicture;
    for (const run of all.runs) hasPicture ? told(run) : note(run);
    hasPicture = true;
    draw();
    if (!isFirst) { soon("film-refresh"); if (isTab("sessions")) soon("sessions-refresh"); }
  }

  // How a picture or clip looks while it is made: over its card, until it is there or its making ends.

  const previews = new Map();
  function seen({project, item, jpeg}) {
    const shot = /shot_0*([0-9]+)/.exec(item)?.[1];
    if (!shot) return;
    jpeg ? previews.set(`${project}/${shot}`, jpeg) : previews.delete(`${project}/${shot}`);
    for (const board of ["board", "scene-board"]) overlay(byId(board));
  }

  function overlay(board) {
    for (const card of board?.querySelectorAll("[data-shot]") || []) {
      const jpeg = previews.get(`${here()}/${card.dataset.shot}`), place = card.querySelector(".pic");
      const over = place?.querySelector(".growing");
      if (!place || !jpeg) over?.remove();
      else (over || place.insertBefore(Object.assign(new Image(), {className: "growing", alt: ""}), place.querySelector(".num"))).src = `data:image/jpeg;base64,${jpeg}`;
    }
  }
  watch((id, element) => { if (["board", "scene-board"].includes(id)) overlay(element); });

  async function ask_runs() {
    const answer = await fetch("/api/runs").catch(() => null);
    if (!answer?.ok) return;
    const found = await answer.json();
    for (const run of (found.runs || found).slice().reverse()) told(run);
  }

  function note(run) {
    runs.delete(run.id);
    runs.set(run.id, run);
    if (!run.is_active) over.add(run.id);
  }

  function told(run) {
    const before = runs.get(run.id);
    const isNews = !before || JSON.stringify(before) !== JSON.stringify(run);
    runs.set(run.id, run);
    if (!isNews) return;
    const isOtherState = !before || before.status !== run.status;
    if (run.project === here() && run.kind === "make") {
      soon("film-refresh");
      if (!run.is_active) setTimeout(() => soon("film-refresh"), 1500); // an answer that was on its way may be older
    } else if (run.kind === "make" && isOtherState) soon("film-refresh"); // the queue before this film is another
    if (isTab("sessions") && (isOtherState || run.kind !== "make")) soon("sessions-refresh");
    finished(run);
    draw();
  }

  function finished(run) {
    if (run.is_active || over.has(run.id)) return;
    if (!mine.has(run.id) && ["export", "audition", "dub_film", "film_of_book", "bind", "explain_video", "continue_video"].includes(run.kind)) return; // asked for by another window, or its notice is still on the way
    const isHere = run.project && run.project === here();
    if (!mine.has(run.id) && !isHere) { over.add(run.id); return; }
    over.add(run.id);
    const words = WORK[run.kind] || "That";
    if (["import", "explain_video"].includes(run.kind)) for (const zone of document.querySelectorAll(".drop-said")) zone.textContent = "";
    if (run.status === "failed") toast({text: run.error || `${words} failed.`, kind: "error"});
    else if (run.status === "completed") ended(run, isHere);
  }

  function ended(run, isHere) {
    if (run.kind === "export") download(`/api/runs/${run.id}/file`);
    if (run.kind === "make") {
      const count = run.problems.length;
      const what = {dub: run.until ? "The transcript" : "The dub", scenes: run.until ? "The script, as scenes," : "The video", manuscript: "The book"}[window.studio.kind()] || "The film";
      if (window.studio.kind() === "manuscript" && run.until && !count) toast({text: "The manuscript is read. Look through its chapters, then press Make book."});
      else toast(count ? {text: `${what} is done, with ${count === 1 ? "one problem" : `${count} problems`}.`, kind: "error"} : {text: `${what} is done.`});
    }
    if (run.kind === "import") {
      toast({text: `${run.result.project} is here.`, act: "open", label: "Open", name: run.result.project});
    }
    if (run.kind === "duplicate") toast({text: `The copy is called ${run.result.project}.`, act: "open", label: "Open", name: run.result.project});
    if (run.kind === "explain_video") {
      soon("film-refresh");
      toast(here() && kind() === "scenes" ? {text: "What the old folder holds is told on a new Scene video: press New."} : {text: "Read what the old folder holds, then press Continue."});
    }
    if (["dub_film", "film_of_book", "continue_video"].includes(run.kind)) act({act: "open", name: run.result.project});
    if (run.kind === "audition") window.studio.heard(`/api/runs/${run.id}/file`);
    if (run.kind === "write_back" && run.result.directory) toast({text: `${run.result.written.length} files were put into ${run.result.directory}.`});
    if (run.kind === "bind") { soon("film-refresh"); toast({text: "The book is bound: it is among the downloads."}); }
    if (run.kind === "snapshot") toast({text: "The save point is kept."});
    if (run.kind === "cleanup" || run.kind === "empty_trash") toast({text: `${bytes(run.result.freed_bytes || 0)} freed.`});
    if (run.kind === "revert") { toast({text: "The project is as it was."}); if (isHere) send("header", {act: "reload"}); }
    soon("sessions-refresh");
  }

  function download(url) {
    const link = Object.assign(document.createElement("a"), {href: url, download: ""});
    document.body.append(link);
    link.click();
    link.remove();
  }

  function projectChanged(project) {
    if (project.name === here()) setTimeout(() => { if (project.name === here()) soon("film-refresh"); }, 150);
    if (isTab("sessions")) soon("sessions-refresh");
  }

  const bytes = (count) => { const units = ["bytes", "KB", "MB", "GB"]; let at = 0; while (count >= 1000 && at < 3) { count /= 1000; at += 1; } return `${count < 10 && at ? count.toFixed(1) : Math.round(count)} ${units[at]}`; };
  const about = (s) => (s < 1 ? "a moment" : s < 90 ? `about ${Math.round(s)} s` : s < 5400 ? `about ${Math.round(s / 60)} min` : `about ${(s / 3600).toFixed(1)} h`);
  const put = (id, text) => { const at = byId(id); if (at && at.textContent !== text) at.textContent = text; };

  function draw() {
    const bar = byId("bar");
    if (!bar) return;
    const net = byId("bar-net");
    net.dataset.state = isLive ? "live" : hasPicture ? "lost" : "wait";
    const words = isLive ? "Connected" : hasPicture ? "Not connected: trying again" : "Connecting…";
    if (net.lastElementChild.textContent !== words) net.lastElementChild.textContent = words;
    const active = [...runs.values()].filter((run) => run.is_active);
    const run = active.find((one) => one.status === "running" && !one.is_elsewhere) || active[0];
    const line = byId("bar-progress");
    line.hidden = !run;
    if (run) {
      const step = run.kind === "make" ? (run.status === "pending" ? "waiting" : STEPS[run.step] || "starting") : WORK[run.kind] || run.kind;
      put("bar-job", `${run.project || run.kind === "import" ? `${run.project || "Import"} · ` : ""}${run.is_elsewhere ? "made by another program · " : ""}${step}`);
      line.value = run.percent;
      const count = run.kind === "make" && run.total ? `${run.done} of ${run.total}` : "";
      const far = run.is_elsewhere ? "" : `${run.percent} %${run.left_s != null ? ` · ${about(run.left_s)} left` : ""}`; // how far others are is known by steps only
      put("bar-left", [count, far].filter(Boolean).join(" · "));
    } else {
      put("bar-job", isLive ? "Nothing is being made." : "");
      put("bar-left", "");
    }
    card();
    const others = active.length - (run ? 1 : 0);
    put("bar-queue", others ? `${others} more` : "");
    problem();
  }

  // The open project's card says what the bar says: what is drawn by the server comes later than the news of a run.
  const STATES = {completed: ["done", "good"], failed: ["failed", "bad"], paused: ["paused", "warn"], cancelled: ["stopped", "warn"], interrupted: ["interrupted", "warn"]};

  const UNTIL = {manuscript: {manuscript: "chapters read"}, scenes: {shots: "scenes written"}, dub: {cast: "transcribed"}};
  const ended_at = (run) => run.status === "completed" && run.until && (UNTIL[kind()]?.[run.until] || `done up to ${(STEPS[run.until] || run.until).toLowerCase()}`);

  const prefix = () => ({dub: "dub-", scenes: "scene-", manuscript: "book-"})[kind()] || "";

  function card() {
    const own = [...runs.values()].filter((run) => run.kind === "make" && run.project === here()).sort((a, b) => a.created_at.localeCompare(b.created_at)).pop();
    const at = document.querySelector(`#${prefix()}job .job`);
    const chip = at?.querySelector(".job-head .chip.live");
    if (!own || !chip || own.status === "pending") return;
    const hint = at.querySelector(".job-head .hint");
    if (own.is_active) {
      const left = own.left_s != null ? `, ${about(own.left_s)} left` : "";
      if (own.step && hint) hint.textContent = `${STEPS[own.step] || own.step}${own.total ? ` ${own.done} of ${own.total}` : ""}${left}`;
      const bar = at.querySelector("progress");
      if (bar) bar.value = own.percent;
      return;
    }
    [chip.textContent, chip.className] = [ended_at(own) || STATES[own.status]?.[0] || own.status, `chip ${STATES[own.status]?.[1] || ""}`];
    if (hint) hint.textContent = "The page follows in a moment.";
    at.querySelector("progress")?.remove();
    for (const step of at.querySelectorAll(".steps .now")) step.className = "";
    const reason = document.querySelector(`#${prefix()}reason .hint`);
    if (reason) reason.textContent = "";
  }

  watch((id) => { if (["job", "dub-job", "scene-job", "book-job", "reason", "dub-reason", "scene-reason", "book-reason"].includes(id)) card(); });

  function problem() {
    const place = byId("bar-problem");
    const latest = new Map();
    for (const run of [...runs.values()].sort((a, b) => a.created_at.localeCompare(b.created_at))) if (run.kind === "make") latest.set(run.project, run);
    const bad = [...latest.values()].reverse().find((run) => run.problems.length || run.status === "failed" || run.status === "interrupted");
    if (!bad) { place.replaceChildren(); return; }
    const said = bad.problems[bad.problems.length - 1] || (bad.status === "interrupted" ? "interrupted: press Resume" : bad.error);
    const file = said.match(/^(images|videos|narration)\/shot_\S+: /); // the button leads to the shot itself
    const text = `${bad.project}: ${file ? `a shot's ${{images: "picture", videos: "clip", narration: "narration"}[file[1]]}: ${said.slice(file[0].length)}` : said}`;
    if (place.textContent === text) return;
    const go = Object.assign(document.createElement("button"), {type: "button", textContent: text, title: text});
    const shot = said.match(/^\S*shot_0*(\d+)/);
    go.onclick = () => act({act: "open", name: bad.project, shot: shot ? shot[1] : ""});
    place.replaceChildren(go);
  }

  window.studio.connect = draw; // the bar is there now
  window.studio.told = told;
  window.studio.heardRun = (id) => { if (runs.has(id)) finished(runs.get(id)); };
  setInterval(() => { if (isLive) socket.send("ping"); }, 25000);
  connect(); // at once: the page is built meanwhile
})();
