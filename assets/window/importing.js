"use strict";
/* Files that are dropped or chosen: projects as ZIP go straight to the server, others to whoever takes them. */
(() => {
  const studio = window.studio;
  const byId = (id) => document.getElementById(id);
  const END_OF_LIST = 0x06054b50, ENTRY = 0x02014b50, END_BYTES = 22, MOST_END_BYTES = END_BYTES + 65535; // APPNOTE.TXT 4.3

  for (const kind of ["dragenter", "dragover", "dragleave", "drop"]) {
    document.addEventListener(kind, (event) => {
      if (![...(event.dataTransfer?.types || [])].includes("Files")) return;
      const drop = event.target.closest?.("[data-drop]");
      if (kind !== "dragleave") event.preventDefault();
      for (const zone of document.querySelectorAll("[data-drop]")) zone.classList.toggle("over", zone === drop && kind !== "drop" && kind !== "dragleave");
      if (kind === "drop" && drop) uploadAll(drop, [...event.dataTransfer.files]);
    });
  }

  document.addEventListener("click", (event) => {
    const drop = event.target.closest("[data-drop]");
    if (drop && !event.target.matches("input")) drop.querySelector("input[type=file]").click();
  });

  document.addEventListener("change", (event) => {
    const drop = event.target.closest("[data-drop]");
    if (!drop) return;
    uploadAll(drop, [...event.target.files]);
    event.target.value = "";
  });

  async function uploadAll(drop, files) {
    const taker = studio.takers[drop.dataset.drop]; // a zone that is not for projects
    if (taker) taker(files);
    else for (const file of files) if (drop.dataset.to || !isReplacing() || (await mayReplace(file))) await upload(drop, file);
  }

  // A graph is shown before it is used; it comes back with each question about it, so it stays small.
  const MOST_GRAPH_BYTES = 4e6;
  studio.takers.graph = async ([file]) => {
    if (!file) return;
    if (file.size > MOST_GRAPH_BYTES) studio.toast({text: `${file.name} is too large for a graph (${Math.round(file.size / 1e6)} MB).`, kind: "error"});
    else studio.send("graphs", {act: "take-graph", name: file.name, text: await file.text()});
  };

  const isReplacing = () => byId("import-replaces")?.checked || false;

  // The question names the project that would go. Nothing is asked where none of that name is here.
  async function mayReplace(file) {
    const name = await nameIn(file).catch(() => ""); // no ZIP, or none that a browser can read: the server says what it is
    const found = name ? await fetch(`/api/projects?${new URLSearchParams({text: name, limit: 1000})}`).then((answer) => answer.json()).catch(() => null) : null;
    const there = found?.rows?.find((row) => row.name === name);
    if (found?.rows && !there) return true;
    const title = there?.title && there.title !== name ? ` (${there.title})` : "";
    return studio.ask({heading: `Replace ${name || "a project"}?`, verb: "Replace", text: name
      ? `${name}${title} goes to the trash, where it can be brought back. What is in ${file.name} takes its place.`
      : `The project that has the name of the one in ${file.name} goes to the trash, where it can be brought back.`});
  }

  // What the project in a ZIP is called, by its manifest. Empty for one without; throws for what is no plain ZIP.
  async function nameIn(file) {
    const bytes = async (from, to) => new DataView(await file.slice(from, to).arrayBuffer());
    const tail = await bytes(Math.max(0, file.size - MOST_END_BYTES), file.size);
    let at = tail.byteLength - END_BYTES;
    while (tail.getUint32(at, true) !== END_OF_LIST) at -= 1; // below 0 it throws
    const start = tail.getUint32(at + 16, true);
    const list = await bytes(start, start + tail.getUint32(at + 12, true));
    const text = new TextDecoder();
    for (at = 0; at < list.byteLength && list.getUint32(at, true) === ENTRY;) {
      const [named, more, said] = [28, 30, 32].map((place) => list.getUint16(at + place, true));
      const name = text.decode(new Uint8Array(list.buffer, at + 46, named));
      if (/^([^/]+\/)?metadata\.json$/.test(name)) {
        const own = list.getUint32(at + 42, true), head = await bytes(own, own + 30);
        const from = own + 30 + head.getUint16(26, true) + head.getUint16(28, true);
        const packed = file.slice(from, from + list.getUint32(at + 20, true));
        const content = list.getUint16(at + 10, true) ? packed.stream().pipeThrough(new DecompressionStream("deflate-raw")) : packed;
        return String((await new Response(content).json()).session_name || "");
      }
      at += 46 + named + more + said;
    }
    return "";
  }

  function upload(drop, file) {
    const bar = drop.querySelector("progress");
    const said = drop.querySelector(".drop-said");
    return new Promise((done) => {
      const request = new XMLHttpRequest();
      const fail = (words) => { bar.hidden = true; said.textContent = ""; studio.toast({text: words, kind: "error"}); done(); };
      request.open("POST", drop.dataset.to || `/api/imports${isReplacing() ? "?replace=true" : ""}`);
      request.setRequestHeader("Content-Type", "application/zip");
      bar.hidden = false;
      bar.value = 0;
      said.textContent = `Sending ${file.name}…`;
      request.upload.onprogress = (event) => { if (event.lengthComputable) bar.value = 100 * event.loaded / event.total; };
      request.onerror = () => fail(`${file.name} could not be sent: the studio does not answer.`);
      request.onload = () => {
        let answer = {};
        try { answer = JSON.parse(request.responseText); } catch { /* an error page */ }
        if (request.status !== 202) return fail(answer.error || `${file.name} was refused (${request.status}).`);
        bar.hidden = true;
        said.textContent = `${file.name} is being checked and unpacked.`;
        studio.mine.add(answer.id);
        studio.told(answer);
        done();
      };
      request.send(file);
    });
  }
})();
