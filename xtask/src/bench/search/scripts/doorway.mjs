// Our own engine in Chromium. The index is what the program for this machine has written just before.
//
//     node doorway.mjs JOB ANSWER

import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { brotliCompressSync } from "node:zlib";
import { median } from "./ask.mjs";
import { withPage } from "./browser.mjs";

/** Queries whose beginnings are searched for, letter by letter: enough for a thousand keystrokes and more. */
const TYPED = 30;
/** As many letters of each: nobody types an abstract into a search box. */
const LETTERS = 100;

const [jobPath, answerPath] = process.argv.slice(2);
const job = JSON.parse(readFileSync(jobPath, "utf8"));
const { queries, rounds, folder } = job;
const index = readFileSync(join(folder, "doorway.index"));

/** In a page that has loaded nothing yet: how long until it can search. The texts for snippets come after that. */
async function open() {
  const bytes = async (path) => new Uint8Array(await (await fetch(path)).arrayBuffer());
  const begun = performance.now();
  const { default: load, Searcher } = await import("/search-bench.js");
  const [index] = await Promise.all([bytes("/doorway.index"), load({ module_or_path: "/search-bench.wasm" })]);
  globalThis.searcher = new Searcher(index);
  const taken = performance.now() - begun;
  globalThis.searcher.add_texts(await bytes("/doorway.texts"));
  return taken;
}

/** In that page: asks whole queries, and the beginnings of some. */
async function search({ queries, typed, rounds }) {
  const { ask } = await import("/ask.mjs");
  const asked = await ask(queries, rounds, (query) => globalThis.searcher.search(query));
  const beginnings = (query) => [...query].map((_, at, letters) => letters.slice(0, at + 1).join(""));
  const keys = await ask(typed.flatMap(beginnings), rounds, (beginning) => globalThis.searcher.search(beginning));
  return { ...asked, keystrokes_ms: keys.times_ms };
}

const typed = queries.slice(0, TYPED).map((query) => query.slice(0, LETTERS));
const asked = await withPage(job, [folder, fileURLToPath(new URL(".", import.meta.url))], async (page) => {
  const loads = [];
  for (let round = 0; round < rounds; round += 1) {
    await page.reload();
    loads.push(await page.evaluate(open));
  }
  return { ...(await page.evaluate(search, { queries, typed, rounds })), build_ms: median(loads) };
});
const sizes = { index_bytes: index.length, brotli_bytes: brotliCompressSync(index).length };
writeFileSync(answerPath, JSON.stringify({ ...asked, ...sizes }));
