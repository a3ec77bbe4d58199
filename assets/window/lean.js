"use strict";
/* Runs when Gradio has read its configuration and is about to build the page from it.

   Gradio (6.31) keeps the configuration as state of Svelte's, which puts a proxy around each plain object that is looked
   at and a signal behind each of its properties, to learn of changes. 300 components and their events are looked at many
   times while the page is built, and nothing of them is ever changed there: the proxies were a quarter of the scripts'
   time. Svelte leaves alone what is not plain, that is, whose prototype is not Object's own. */
(() => {
  const asItIs = Object.create(Object.prototype);
  const {components, dependencies} = window.gradio_config;
  for (const one of [...components, ...dependencies]) Object.setPrototypeOf(one, asItIs);
})();
