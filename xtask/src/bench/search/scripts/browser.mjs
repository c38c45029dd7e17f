// A page in Chromium with files of ours: what the engines that need a browser run in.

import { readFile } from "node:fs/promises";
import { createServer } from "node:http";
import { createRequire } from "node:module";
import { join, normalize } from "node:path";

const TYPES = { js: "text/javascript", mjs: "text/javascript", html: "text/html", wasm: "application/wasm" };

/** Serves the folders at one loopback address, the first that has a file wins, and hands over an empty page there. */
export async function withPage(job, folders, use) {
  const server = createServer(async (request, response) => {
    const path = normalize(decodeURIComponent(new URL(request.url, "http://127.0.0.1").pathname));
    const file = path === "/" ? Buffer.from("<!doctype html><title>search</title>") : await first(folders, path);
    response.statusCode = file ? 200 : 404;
    response.setHeader("content-type", path === "/" ? TYPES.html : (TYPES[path.split(".").pop()] ?? "application/octet-stream"));
    // A page apart from all others has a clock of 5 microseconds, and one of 100 otherwise.
    response.setHeader("cross-origin-opener-policy", "same-origin");
    response.setHeader("cross-origin-embedder-policy", "require-corp");
    response.end(file ?? "");
  });
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { chromium } = createRequire(join(job.end2end, "package.json"))("@playwright/test");
  const args = process.getuid?.() === 0 ? ["--no-sandbox"] : [];
  const browser = await chromium.launch({ executablePath: job.chromium ?? undefined, args });
  try {
    const page = await browser.newPage();
    await page.goto(`http://127.0.0.1:${server.address().port}/`);
    return await use(page);
  } finally {
    await browser.close();
    server.close();
  }
}

async function first(folders, path) {
  for (const folder of folders) {
    try {
      return await readFile(join(folder, path));
    } catch {
      // The next one may have it.
    }
  }
}
