// Pagefind: indexed in Node from one HTML file a document, asked in Chromium.
//
//     node pagefind.mjs JOB ANSWER

import { readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import * as pagefind from "pagefind";
import { withPage } from "./browser.mjs";

const [jobPath, answerPath] = process.argv.slice(2);
const job = JSON.parse(readFileSync(jobPath, "utf8"));
const escaped = (text) => text.replaceAll("&", "&amp;").replaceAll("<", "&lt;");
const html = ({ title, text }) =>
  `<!doctype html><html lang="en"><head><title>${escaped(title)}</title></head><body data-pagefind-body>` +
  `${title ? `<h1>${escaped(title)}</h1>` : ""}<p>${escaped(text)}</p></body></html>`;

const outputPath = join(job.folder, "pagefind");
rmSync(outputPath, { recursive: true, force: true });
const begun = performance.now();
const { index } = await pagefind.createIndex();
for (const [number, doc] of job.docs.entries()) {
  const { errors } = await index.addHTMLFile({ url: `/doc/${number}.html`, content: html(doc) });
  if (errors.length) throw new Error(errors.join("\n"));
}
await index.writeFiles({ outputPath });
const build_ms = performance.now() - begun;
await pagefind.close();

// Its files are compressed already. What is the same for every site, its own program, does not count.
const files = readdirSync(outputPath, { recursive: true }).filter((name) => /\.pf_(index|fragment|meta|filter)$/.test(name));
const index_bytes = files.reduce((sum, name) => sum + statSync(join(outputPath, name)).size, 0);

const { queries, rounds, folder } = job;
const asked = await withPage(job, [folder, fileURLToPath(new URL(".", import.meta.url))], (page) =>
  page.evaluate(
    async ({ queries, rounds }) => {
      const pagefind = await import("/pagefind/pagefind.js");
      await pagefind.init();
      const { ask } = await import("/ask.mjs");
      // Which document a result is, is in its fragment: fetched when all is measured.
      const asked = await ask(queries, rounds, async (query) => (await pagefind.search(query)).results);
      const number = async (result) => Number((await result.data()).raw_url.match(/(\d+)\.html/)[1]);
      asked.ranked = await Promise.all(asked.ranked.map((results) => Promise.all(results.slice(0, 10).map(number))));
      return asked;
    },
    { queries, rounds },
  ),
);
asked.ranked = asked.ranked.map((numbers) => numbers.map((number) => job.docs[number].id));
writeFileSync(answerPath, JSON.stringify({ ...asked, build_ms, index_bytes, brotli_bytes: null }));
