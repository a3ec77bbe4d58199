"use strict";
/* The Manuscript tab: the file that is brought, and words that are selected in its text. */
(() => {
  const {send, toast, saved, isTab, takers, here} = window.studio;

  // A manuscript is sent at once; with the fields as they are it becomes a book, and its chapters are read.
  takers.manuscript = async ([file]) => {
    if (!file) return;
    const zone = document.querySelector('[data-drop="manuscript"]');
    const bar = zone.querySelector("progress"), said = zone.querySelector(".drop-said");
    if (!bar.hidden) return;
    const form = new FormData();
    form.append("file", file);
    bar.hidden = false;
    bar.value = 0;
    said.textContent = `Sending ${file.name}…`;
    const answer = await sent("POST", "/api/manuscripts", form, (share) => { bar.value = 100 * share; if (share >= 1) said.textContent = `${file.name} is being read…`; });
    bar.hidden = true;
    said.textContent = "";
    if (answer.error) { toast({text: answer.error, kind: "error"}); return; }
    await saved();
    send("book-bring", {act: "took", name: answer.name});
  };

  // A newer version of the open book's file: what it changes is said before it is taken.
  let isComparing = false;
  takers.newer = async ([file]) => {
    if (!file || isComparing) return;
    isComparing = true;
    await newer(file).finally(() => { isComparing = false; });
  };

  async function newer(file) {
    const book = `/api/manuscripts/${encodeURIComponent(here())}/file`;
    const form = new FormData();
    form.append("file", file);
    await saved();
    toast({text: `${file.name} is being compared with the book…`, kind: "info"});
    const found = await sent("POST", `${book}/changes`, form);
    if (found.error || found.is_none) { toast({text: found.error || found.said, kind: found.error ? "error" : "info"}); return; }
    const text = `${found.said} Headings, order and words are as in the file then, also where you changed them here. Pictures whose passages stay are kept.`;
    if (!(await window.studio.ask({heading: `Take ${file.name} as the book’s text?`, verb: "Take it", text}))) return;
    const taken = await sent("PUT", book, form);
    if (taken.error) toast({text: taken.error, kind: "error"});
    else send("book-contents", {act: "newer"});
  }

  function sent(method, url, form, tell = () => {}) {
    return new Promise((done) => {
      const request = new XMLHttpRequest();
      request.open(method, url);
      request.upload.onprogress = (event) => { if (event.lengthComputable) tell(event.loaded / event.total); };
      request.onerror = () => done({error: "It could not be sent: the studio does not answer."});
      request.onload = () => {
        let said = {};
        try { said = JSON.parse(request.responseText); } catch { /* an error page */ }
        done(request.status < 300 ? said : {error: said.error || `It was refused (${request.status}).`});
      };
      request.send(form);
    });
  }

  // Selected words become places in the chapter: each paragraph says where it begins, in characters as Python counts them.
  const count = (text) => [...text].length;

  // Where the range begins and ends in a paragraph; null if it holds nothing of it. What is half selected is whole words.
  const isOfWord = (letter) => letter !== undefined && /[\p{L}\p{N}'’]/u.test(letter);

  function within(paragraph, range) {
    const letters = [...paragraph.textContent];
    const place = (node, offset, otherwise) => {
      if (!paragraph.contains(node)) return otherwise;
      const before = document.createRange();
      before.selectNodeContents(paragraph);
      before.setEnd(node, offset);
      return count(before.toString());
    };
    let start = place(range.startContainer, range.startOffset, 0), end = place(range.endContainer, range.endOffset, letters.length);
    while (start < end && !letters[start].trim()) start += 1;
    while (end > start && !letters[end - 1].trim()) end -= 1;
    if (start >= end) return null;
    while (isOfWord(letters[start - 1]) && isOfWord(letters[start])) start -= 1;
    while (isOfWord(letters[end]) && isOfWord(letters[end - 1])) end += 1;
    return {start: +paragraph.dataset.at + start, end: +paragraph.dataset.at + end};
  }

  // A triple click ends at the start of what stands behind the paragraph: only paragraphs count.
  function chosen() {
    const said = getSelection();
    if (!said.rangeCount || said.isCollapsed) return null;
    const range = said.getRangeAt(0);
    const touched = [...document.querySelectorAll("#book-reader [data-at]")].filter((one) => range.intersectsNode(one));
    const found = touched.map((one) => within(one, range)).filter(Boolean);
    return found.length ? {start: found[0].start, end: found[found.length - 1].end} : null;
  }

  // The click on a button would take the selection away before it is read.
  document.addEventListener("mousedown", (event) => { if (event.target.closest(".reader-tools .btn")) event.preventDefault(); });
  document.addEventListener("click", (event) => {
    const button = event.target.closest(".reader-tools [data-act]");
    if (!button) return;
    const words = chosen();
    if (words) { Object.assign(button.dataset, words); return; }
    event.preventDefault();
    event.stopImmediatePropagation();
    toast({text: "Select some words of the text first.", kind: "info"});
  }, true);

  // Escape closes the open picture, unless it takes back what is being typed.
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || event.defaultPrevented || !isTab("manuscript") || document.querySelector("dialog[open]")) return;
    if (event.target.closest("input, textarea, select")) return;
    document.querySelector("#book-picture [data-act=close-picture]")?.click();
  });

  // The picture that was opened is where the eyes are.
  let opened = "";
  window.studio.watch((id, element) => {
    if (id !== "book-picture") return;
    const cell = element.querySelector("[data-cell=prompt]");
    const now = cell?.dataset.line || "";
    if (now && now !== opened) setTimeout(() => {
      const still = matchMedia("(prefers-reduced-motion: reduce)").matches;
      element.querySelector(".picture")?.scrollIntoView({block: "nearest", behavior: still ? "auto" : "smooth"});
    }, 60);
    opened = now;
  });
})();
