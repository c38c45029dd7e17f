// Our own engine in Chromium. The index is what the program for this machine has written just before.
//
//     node doorway.mjs JOB ANSWER

import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { brotliCompressSync } from "node:zlib";
import { withPage } from "./browser.mjs";

/** Queries whose beginnings are searched for, letter by letter: enough for a thousand keystrokes and more. */
const TYPED = 30;
/** As many letters of each: nobody types an abstract into a search box. */
const LETTERS = 100;

const [jobPath, answerPath] = process.argv.slice(2);
const job = JSON.parse(readFileSync(jobPath, "utf8"));
const { queries, rounds, folder } = job;
const index = readFileSync(join(folder, "doorway.index"));

const asked = await withPage(job, [folder, fileURLToPath(new URL(".", import.meta.url))], (page) =>
  page.evaluate(
    async ({ queries, typed, rounds }) => {
      const { ask } = await import("/ask.mjs");
      const begun = performance.now();
      const { default: load, Searcher } = await import("/search-bench.js");
      const bytes = async (path) => new Uint8Array(await (await fetch(path)).arrayBuffer());
      const [index, texts] = await Promise.all([
        bytes("/doorway.index"),
        bytes("/doorway.texts"),
        load({ module_or_path: "/search-bench.wasm" }),
      ]);
      const searcher = new Searcher(index, texts);
      const build_ms = performance.now() - begun;
      const asked = await ask(queries, rounds, (query) => searcher.search(query));
      const keystrokes = typed.flatMap((query) => [...query].map((_, at, letters) => letters.slice(0, at + 1).join("")));
      const { times_ms: keystrokes_ms } = await ask(keystrokes, 1, (beginning) => searcher.search(beginning));
      return { ...asked, build_ms, keystrokes_ms };
    },
    { queries, typed: queries.slice(0, TYPED).map((query) => query.slice(0, LETTERS)), rounds },
  ),
);
const sizes = { index_bytes: index.length, brotli_bytes: brotliCompressSync(index).length };
writeFileSync(answerPath, JSON.stringify({ ...asked, ...sizes }));
