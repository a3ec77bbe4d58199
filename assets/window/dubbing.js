"use strict";
/* The Dubbing tab: the film that is brought, its lines, one player for all small sounds. */
(() => {
  const {tell, toast, press, here, kind, isTab, saved, send, soon, watch, takers, becomes, keyOf, cellOf} = window.studio;
  const byId = (id) => document.getElementById(id);
  const viewOf = (element) => element.closest(".block")?.id || "";

  // Films to dub are held until something is to be done with them: then they are sent, with their settings. One alone is
  // opened and the button does what it does; of several each becomes a dub of its own and waits for its turn.

  let held = [];
  const size = (bytes) => (bytes < 1e6 ? `${Math.ceil(bytes / 1e3)} KB` : bytes < 1e9 ? `${Math.round(bytes / 1e6)} MB` : `${(bytes / 1e9).toFixed(1)} GB`);
  const zone = () => document.querySelector('[data-drop="film"]');
  const transcript = () => byId("dub-transcript-file");

  takers.film = (files) => { if (files.length && !isSending) { held = files; showHeld(); } };

  function showHeld() {
    const at = zone();
    if (!at) return;
    const name = at.querySelector(".drop-name");
    const hint = at.querySelector(".drop-hint");
    const bytes = size(held.reduce((sum, file) => sum + file.size, 0));
    at.classList.toggle("held", held.length > 0);
    if (held.length) name.replaceChildren(...held.slice(0, 6).map((file) => Object.assign(document.createElement("b"), {textContent: file.name})));
    else name.innerHTML = "<b>Drop videos here</b> or choose files";
    hint.textContent = held.length > 1 ? `${held.length} films, ${bytes}. Dub queues them all with these settings.`
      : held.length ? `${bytes}. Plan, Transcribe or Dub takes it in.` : "Any length, sound files too. Your file is never changed.";
    const chosen = transcript()?.files[0];
    byId("dub-transcript-name").textContent = held.length > 1 ? "Goes with one film alone." : chosen ? chosen.name : "Its subtitles or transcript, if you have them (SRT, VTT, ASS, JSON).";
  }

  document.addEventListener("change", (event) => { if (event.target.id === "dub-transcript-file") showHeld(); });
  addEventListener("beforeunload", (event) => { if (kind() !== "dub" && (held.length || transcript()?.files[0])) event.preventDefault(); }); // they would be gone with the page
  document.addEventListener("click", (event) => {
    if (!event.target.closest("[data-let-go]") || isSending) return;
    held = [];
    showHeld();
    zone().focus();
  });

  let isSending = false;
  document.addEventListener("click", async (event) => {
    const button = event.target.closest("#dub, #dub-plan-button, #dub-listen");
    if (!button || kind() === "dub" || !held.length) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    if (isSending) return;
    isSending = true;
    await saved();
    const isOne = held.length === 1;
    const names = await sentAll(isOne || button.id === "dub-plan-button" ? null : {until: button.id === "dub-listen" ? "lines" : ""});
    isSending = false;
    if (!names.length) return;
    send("header", {act: "open", name: names[0], shot: ""});
    if (isOne && await becomes(() => here() === names[0] && !byId(button.id).disabled)) press(button.id);
  }, true);

  // The names of the dubs that the held films became; those that were refused stay held. With `make` each is queued.
  async function sentAll(make) {
    const names = [], films = held, refused = [];
    const lines = films.length === 1 ? transcript().files[0] : null;
    const asked = parsed(byId("dub-options").textContent);
    for (const [at, film] of films.entries()) {
      const name = await sent(film, lines, films.length > 1 ? `${at + 1} of ${films.length}: ` : "", asked);
      if (!name) { refused.push(film); continue; }
      names.push(name);
      if (make) await ask("POST", "/api/runs", JSON.stringify({project: name, ...make}), {"Content-Type": "application/json"});
    }
    held = refused;
    if (!refused.length) transcript().value = "";
    showHeld();
    if (make && names.length) toast({text: `${names.length} dubs are queued. The first is open; the others are in Project Sessions.`});
    return names;
  }

  function sent(film, lines, which, asked) {
    const bar = zone().querySelector("progress");
    const said = zone().querySelector(".drop-said");
    const form = new FormData();
    form.append("options", JSON.stringify(asked.options));
    if (asked.most_usd != null) form.append("most_usd", asked.most_usd);
    if (lines) form.append("transcript", lines);
    form.append("file", film);
    bar.hidden = false;
    bar.value = 0;
    said.textContent = `Sending ${which}${film.name}…`;
    return new Promise((done) => {
      const request = new XMLHttpRequest();
      const over = (name, words) => {
        bar.hidden = true;
        said.textContent = "";
        if (words) toast({text: words, kind: "error"});
        done(name);
      };
      request.open("POST", "/api/dubs");
      request.upload.onprogress = (event) => { if (event.lengthComputable) bar.value = 100 * event.loaded / event.total; };
      request.upload.onload = () => { said.textContent = `${film.name} is being looked at…`; };
      request.onerror = () => over("", `${film.name} could not be sent: the studio does not answer.`);
      request.onload = () => {
        const answer = parsed(request.responseText);
        if (request.status === 201) over(answer.name, "");
        else over("", answer.error || `${film.name} was refused (${request.status}).`);
      };
      request.send(form);
    });
  }

  const parsed = (text) => { try { return JSON.parse(text); } catch { return {}; } };

  let goal = "";
  watch((id, element) => {
    if (id === "dub-player") for (const video of element.querySelectorAll("video:not([data-srt])")) unsubtitle(video);
    if (id === "dub-mixes") for (const name of element.querySelectorAll("[data-mix] [name=name]")) name.value = "";
    if (id === "dub-lines" && goal) setTimeout(reach, 30);
  });

  // A player that shows another film keeps the other's subtitles, unless they are taken from it.
  function unsubtitle(video) {
    for (const cue of [...(video.studioTrack?.cues || [])]) video.studioTrack.removeCue(cue);
    delete video.dataset.told;
  }

  function reach() {
    const row = document.querySelector(`#dub-lines tr[data-row="${goal}"]`);
    if (!row) return;
    goal = "";
    row.scrollIntoView({block: "center", behavior: "smooth"});
    row.classList.add("reached");
    const key = keyOf(row.querySelector("td.cell textarea"));
    const focus = () => { if (!document.activeElement?.matches("[data-cell]")) cellOf(key)?.focus({preventScroll: true}); };
    focus();
    setTimeout(focus, 700); // the answer to the click may have drawn the table anew
    setTimeout(() => row.classList.remove("reached"), 2500);
  }

  // Small sounds: a stretch of the original, a take, a voice. One at a time.

  const sound = new Audio();
  let until_s = 0, playing = null, beside = null; // the picture that runs silently with a preview

  function show(button) {
    if (beside) { beside.pause(); beside.muted = false; beside = null; }
    playing?.classList.remove("playing");
    playing = button;
    playing?.classList.add("playing");
  }

  async function play(url, button, from_s = 0, to_s = 0) {
    const again = playing && playing === button && !sound.paused;
    sound.pause();
    show(null);
    if (again) return;
    for (const video of document.querySelectorAll("#dub-player video")) video.pause();
    until_s = to_s;
    const address = new URL(url, location.href).href;
    if (sound.src !== address) sound.src = address;
    show(button);
    try {
      sound.currentTime = from_s;
      await sound.play();
    } catch (error) {
      if (error.name === "AbortError") return;
      show(null);
      toast({text: "The browser cannot play that sound.", kind: "error"});
    }
  }
  function watchEnd() {
    if (!sound.paused && until_s && sound.currentTime >= until_s) { sound.pause(); show(null); }
    if (!sound.paused) requestAnimationFrame(watchEnd);
  }
  sound.addEventListener("playing", watchEnd);
  sound.addEventListener("ended", () => show(null));
  window.studio.heard = (url) => play(url, null);

  document.addEventListener("click", (event) => {
    const at = event.target.closest("[data-play], [data-hear], [data-preview], [data-own], [data-import], [data-bed], [data-casting], [data-act=goto], #dub-lines [data-act=split], [data-act=add-mix]");
    if (!at || at.disabled) return;
    const project = `/api/projects/${encodeURIComponent(here())}`;
    if (at.dataset.play !== undefined) play(at.closest("[data-sound]").dataset.sound, at, +at.dataset.play, +at.dataset.until);
    else if (at.dataset.hear) play(at.dataset.hear, at);
    else if (at.dataset.preview) preview(at, project);
    else if (at.dataset.own) choose(SOUNDS, "POST", `${project}/lines/${at.dataset.own}/take?language=${at.dataset.lang}`);
    else if (at.dataset.import) choose(".json,.srt,.vtt,.csv,.tsv", "POST", `${project}/translations/${at.dataset.import}`);
    else if (at.dataset.bed !== undefined) choose(SOUNDS, "PUT", `${project}/bed`);
    else if (at.dataset.casting !== undefined) pick(".json", async (file) => tell("dub-casting", {act: "take-in", text: await file.text()}));
    else if (at.dataset.act === "add-mix") for (const field of at.closest("[data-mix]").querySelectorAll("input, select")) at.dataset[field.name] = field.value;
    else if (at.dataset.act === "goto") { goal = at.dataset.line; setTimeout(reach, 50); }
    else at.dataset.at = wordAt(at.closest("tr").querySelector('[data-cell="text"]'));
  }, true);

  // The word at the cursor, from 1; the middle one if the cursor stands nowhere.
  function wordAt(cell) {
    const words = [...cell.value.matchAll(/\S+/g)];
    const at = cell.selectionStart;
    const isPlaced = at > 0 && at < cell.value.length;
    const before = words.filter((word) => word.index < at - (isPlaced && /\S/.test(cell.value[at - 1]) && /\S/.test(cell.value[at]) ? word[0].length : 0)).length;
    return String(isPlaced ? before + 1 : Math.floor(words.length / 2) + 1);
  }

  const SOUNDS = "audio/*,.wav,.mp3,.flac,.m4a,.ogg";

  function pick(accept, take) {
    const input = Object.assign(document.createElement("input"), {type: "file", accept});
    input.onchange = () => { if (input.files[0]) take(input.files[0]); };
    input.click();
  }

  const choose = (accept, method, url) => pick(accept, (file) => bring(file, method, url));

  // What the studio answers, read; its own sentence is shown if it refuses, and there is no answer then.
  async function ask(method, url, body, headers) {
    const answer = await fetch(url, {method, body, headers}).catch(() => null);
    const said = answer ? parsed(await answer.text()) : {};
    if (answer?.ok) return said;
    toast({text: said.error || "The studio does not answer.", kind: "error"});
    return null;
  }

  async function bring(file, method, url) {
    const form = new FormData();
    form.append("file", file);
    const said = await ask(method, url, form);
    if (!said) return;
    soon("film-refresh");
    if (said.said) toast({text: said.said});
    else {
      const odd = said.unmatched.length ? ` ${said.unmatched.length} found no line: ${said.unmatched[0]}.` : "";
      const open = said.missing.length ? ` ${said.missing.length} lines have none.` : "";
      toast({text: `${said.count} translations taken in.${open}${odd}`, kind: odd ? "error" : "done"});
    }
  }

  // Fifteen seconds of a mix from where the player stands: mixed now, heard at once, with the silent picture beside it.

  let mixed = ""; // the address of the last one, which is let go for the next

  async function preview(button, project) {
    if (playing === button && !sound.paused) { play("", button); return; }
    const video = document.querySelector("#dub-player video");
    const at_s = video && !(video.currentTime >= video.duration - 1) ? video.currentTime : 0;
    button.classList.add("waiting");
    const answer = await fetch(`${project}/preview?${button.dataset.preview}&start_s=${at_s.toFixed(2)}&duration_s=15`).catch(() => null);
    button.classList.remove("waiting");
    if (!answer?.ok) { toast({text: (answer && parsed(await answer.text()).error) || "The studio does not answer.", kind: "error"}); return; }
    URL.revokeObjectURL(mixed);
    mixed = URL.createObjectURL(await answer.blob());
    const silent = (answer.headers.get("x-unspoken-lines") || "").split(",").filter(Boolean);
    if (silent.length) toast({text: `Not spoken yet, so not heard: line ${silent.join(", ")}.`, kind: "info"});
    play(mixed, button);
    if (video?.isConnected) { video.muted = true; video.currentTime = at_s; video.play().catch(() => {}); beside = video; }
  }

  // Ctrl-Z takes a change of lines back wherever no text is being typed; a cell has its own.

  document.addEventListener("keydown", (event) => {
    if (!(event.ctrlKey || event.metaKey) || !/^[zy]$/i.test(event.key) || !isTab("dubbing")) return;
    if (event.target.closest("input, textarea, select, [contenteditable]") || document.querySelector("dialog[open]")) return;
    event.preventDefault();
    const button = byId(event.shiftKey || /y/i.test(event.key) ? "dub-redo" : "dub-undo");
    if (button && !button.disabled) press(button.id);
  });
})();
