// MiniSearch and Lunr, in Node: the engine that a browser would run, without the browser.
//
//     node javascript.mjs JOB ANSWER

import { readFileSync, writeFileSync } from "node:fs";
import { brotliCompressSync } from "node:zlib";
import lunr from "lunr";
import MiniSearch from "minisearch";
import { ask } from "./ask.mjs";

const [jobPath, answerPath] = process.argv.slice(2);
const job = JSON.parse(readFileSync(jobPath, "utf8"));

function miniSearch(searchOptions) {
  const index = new MiniSearch({ fields: ["title", "text"], searchOptions });
  index.addAll(job.docs);
  return { index, search: (query) => index.search(query).slice(0, 10).map((result) => result.id) };
}

function lunrSearch() {
  const index = lunr((builder) => {
    builder.ref("id");
    builder.field("title");
    builder.field("text");
    job.docs.forEach((doc) => builder.add(doc));
  });
  // Signs are commands in Lunr's queries (`-word`, `word~1`), and a comma would stay on its word.
  const plain = (query) => query.replaceAll(/[^\p{L}\p{N}]+/gu, " ");
  return { index, search: (query) => index.search(plain(query)).slice(0, 10).map((result) => result.ref) };
}

const engines = {
  minisearch: () => miniSearch({}),
  // What its guide shows for a search box.
  "minisearch-fuzzy": () => miniSearch({ boost: { title: 2 }, prefix: true, fuzzy: 0.2 }),
  lunr: lunrSearch,
};

const begun = performance.now();
const { index, search } = engines[job.engine]();
const build_ms = performance.now() - begun;
const bytes = Buffer.from(JSON.stringify(index));
const asked = await ask(job.queries, job.rounds, search);
const sizes = { index_bytes: bytes.length, brotli_bytes: brotliCompressSync(bytes).length };
writeFileSync(answerPath, JSON.stringify({ ...asked, ...sizes, build_ms }));
