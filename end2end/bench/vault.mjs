// Measures the journal's worker in Chromium, for `cargo xtask bench vault`: one JSON object a line, `{"name", "value", "unit"}`.
//
//     node end2end/bench/vault.mjs BASE_URL ENTRIES [FOLDER_WITH_NODE_MODULES]
//
// Entries are made up: 60 to 900 letters of ordinary words, ten years of days. Times are those of a page that asks its worker,
// letters and JSON included. With a folder that has libsodium-wrappers-sumo and hash-wasm, their Argon2id is measured too.

import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { chromium } from "@playwright/test";

const [base, count = "10000", others] = process.argv.slice(2);
const entries = Number(count);
const say = (name, value, unit) => console.log(JSON.stringify({ name, value: Math.round(value * 100) / 100, unit }));

const browser = await chromium.launch({
  executablePath: process.env.DOORWAY_CHROMIUM ?? "/usr/bin/chromium",
  args: process.getuid?.() === 0 ? ["--no-sandbox"] : [],
});
// The other implementations are put into the page by this script, which the page's policy would refuse.
const page = await (await browser.newContext({ bypassCSP: true })).newPage();
await page.addInitScript(() => {
  const Original = window.Worker;
  window.Worker = class extends Original {
    constructor(url, options) {
      super(url, options);
      window.journalWorker = this;
    }
  };
  let number = 0;
  window.askWorker = (command, beside = []) => {
    const worker = window.journalWorker;
    const mine = 1_000_000 + ++number;
    return new Promise((come, fail) => {
      const heard = ({ data }) => {
        if (data[1] !== mine || (data[0] !== 2 && data[0] !== 3)) return;
        worker.removeEventListener("message", heard);
        const text = new TextDecoder().decode(data[2]);
        data[0] === 2 ? come(JSON.parse(text)) : fail(new Error(text));
      };
      worker.addEventListener("message", heard);
      worker.postMessage([0, mine, new TextEncoder().encode(JSON.stringify(command)), ...beside]);
    });
  };
  window.timed = async (command, beside) => {
    const start = performance.now();
    const answer = await window.askWorker(command, beside);
    return [performance.now() - start, answer];
  };
  window.passphrase = () => [new TextEncoder().encode("seven slow herons cross the water")];
});
await page.goto(`${base}/journal`);
await page.waitForFunction(() => window.journalWorker);

/** Ends the worker, starts another, and unlocks: milliseconds. */
const unlock = () =>
  page.evaluate(async () => {
    window.journalWorker.terminate();
    window.doorwayWorker();
    await window.askWorker({ Look: { remembered: true } });
    return (await window.timed({ Unlock: { key: "Passphrase" } }, window.passphrase()))[0];
  });

/** The process of the page and its worker, in MB. */
async function memory() {
  const session = await browser.newBrowserCDPSession();
  const { processInfo } = await session.send("SystemInfo.getProcessInfo");
  const sizes = processInfo
    .filter(({ type }) => type === "renderer")
    .map(({ id }) => `/proc/${id}/status`)
    .filter(existsSync)
    .map((file) => Number(/VmRSS:\s*(\d+)/.exec(readFileSync(file, "utf8"))?.[1] ?? 0) / 1024);
  return Math.max(...sizes, 0);
}

const percentile = (times, share) => times.toSorted((a, b) => a - b)[Math.floor((times.length - 1) * share)];
const tell = (name, times) => {
  say(`${name}, median`, percentile(times, 0.5), "ms");
  say(`${name}, 95 of 100`, percentile(times, 0.95), "ms");
};

const [made] = await page.evaluate(() => window.timed({ Create: { keep: true } }, window.passphrase()));
say("making a journal, with measuring what the device bears", made, "ms");
await unlock();
const derivation = Math.min(await unlock(), await unlock(), await unlock());
say("unlocking an empty journal, with a worker that has just begun", derivation, "ms");
// A passphrase that is wrong costs its derivation and little else. The browser has translated the program well by then, as it has
// that of the others below.
const derived = await page.evaluate(async () => {
  window.journalWorker.terminate();
  window.doorwayWorker();
  await window.askWorker({ Look: { remembered: true } });
  let best = Infinity;
  for (let at = 0; at < 4; at++) {
    const start = performance.now();
    await window.askWorker({ Unlock: { key: "Passphrase" } }, [new TextEncoder().encode("another one")]).catch(() => {});
    best = Math.min(best, performance.now() - start);
  }
  return best;
});
say("a key derivation", derived, "ms");
await unlock();
const cost = await page.evaluate(async () => {
  const database = await new Promise((open) => (indexedDB.open("doorway-vault").onsuccess = (event) => open(event.target.result)));
  const slots = await new Promise(
    (come) => (database.transaction("slots").objectStore("slots").getAll().onsuccess = (event) => come(event.target.result)),
  );
  database.close();
  // After the header come the salt and the parameters: see docs/VAULT-FORMAT.md.
  const view = new DataView(slots[0].buffer, slots[0].byteOffset + 125 + 34 + 2);
  return { memory: view.getUint32(0, true), passes: view.getUint32(4, true) };
});
say("memory of the key derivation", cost.memory / 1024, "MiB");
say("passes of the key derivation", cost.passes, "");

const MIB = 16;
const [sealing, opening] = await page.evaluate(async (mib) => {
    const id = await window.askWorker({ BeginAttachment: null });
  const noise = crypto.getRandomValues(new Uint8Array(65_536));
  const start = performance.now();
  for (let at = 0; at < mib * 16; at++) await window.askWorker({ PushAttachment: { id } }, [noise.slice()]);
  await window.askWorker({ EndAttachment: { id } });
  const sealed = performance.now();
  for (let part = 0; part !== null; ) part = (await window.askWorker({ ReadAttachment: { id, part } })).next;
  return [sealed - start, performance.now() - sealed];
}, MIB);
say("sealing an attachment, onto the disk", (MIB * 1000) / sealing, "MiB/s");
say("opening it again", (MIB * 1000) / opening, "MiB/s");

const before = await page.evaluate(async () => (await navigator.storage.estimate()).usage);
await page.evaluate(async (entries) => {
  const words =
    "morning light walk river sleep slept dream colour breath session doctor friend mother music garden window letter quiet heavy tired calm afraid hope slowly again between remember notice warm cold kitchen train forest rain paper voice small open door".split(" ");
  let seed = 7;
  const chance = (below) => (seed = (seed * 1103515245 + 12345) % 2147483648) % below;
  const text = () => {
    const letters = 60 + chance(840);
    let out = "";
    while (out.length < letters) out += `${words[chance(words.length)]} `;
    return `${out}${chance(entries).toString(36)}x`;
  };
  for (let done = 0; done < entries; done += 250) {
    const beside = Array.from({ length: Math.min(250, entries - done) }, () => {
      const written = new Date(Date.UTC(2016, 0, 1) + chance(3650) * 86_400_000 + chance(86_400_000)).toISOString().replace("Z", "+00:00");
      const record = { v: 1, kind: "entry", written, changed: written, text: text(), tags: [words[chance(12)]] };
      return new TextEncoder().encode(JSON.stringify(record));
    });
    await window.askWorker({ AddRecords: null }, beside);
  }
}, entries);
// The marks are raised a little later.
await page.waitForTimeout(3000);
const after = await page.evaluate(async () => (await navigator.storage.estimate()).usage);
say("bytes in IndexedDB for an entry", (after - before) / entries, "bytes");

const opened = await unlock();
say(`unlocking ${entries} entries, without the key derivation`, opened - derivation, "ms");
const [listed] = await page.evaluate(() => window.timed({ List: { filter: {}, from: 0, count: 50 } }));
say("the first page of the timeline after that", listed, "ms");
const indexed = await page.evaluate(async () => {
  const start = performance.now();
  for (;;) {
    const { complete } = await window.askWorker({ Search: { query: "river", filter: {}, count: 20 } });
    if (complete) return performance.now() - start;
    await new Promise((wait) => setTimeout(wait, 50));
  }
});
say("until everything is indexed, in the background", indexed, "ms");
say("memory of the tab with its worker", await memory(), "MB");

const queries = ["river", "morning light", "dream about the forest", "slep", "a letter to my friend", "quiet", "doctor session", "kitchen window rain"];
tell(
  "a search",
  await page.evaluate(async (queries) => {
    const times = [];
    for (let at = 0; at < 200; at++) times.push((await window.timed({ Search: { query: queries[at % queries.length], filter: {}, count: 20 } }))[0]);
    return times;
  }, queries),
);
const saved = async (change) =>
  page.evaluate(async (change) => {
    const written = "2026-11-20T12:00:00.000+00:00";
    const record = { v: 1, kind: "entry", written, changed: written, text: "an ordinary day by the river. ".repeat(20) };
    const times = [];
    let [id, parent] = [null, 0];
    for (let at = 0; at < 300; at++) {
      const [time, answer] = await window.timed({ Save: { id, parent, record } });
      if (change) [id, parent] = [answer.Yes.id, answer.Yes.revision];
      times.push(time);
      await new Promise((wait) => setTimeout(wait, 20));
    }
    return times;
  }, change);
tell("saving a new entry", await saved(false));
tell("saving a changed entry", await saved(true));
// Last, so that the memory of the others is not counted as ours.
if (others) {
  const read = (path) => readFileSync(join(others, "node_modules", path), "utf8");
  await page.addScriptTag({ content: read("hash-wasm/dist/argon2.umd.min.js") });
  await page.addScriptTag({ content: read("libsodium-sumo/dist/modules-sumo/libsodium-sumo.js") });
  const times = await page.evaluate(async ({ memory, passes }) => {
    const password = window.passphrase()[0];
    const salt = new Uint8Array(16).fill(7);
    const best = async (run) => {
      let best = Infinity;
      for (let at = 0; at < 3; at++) {
        const start = performance.now();
        await run();
        best = Math.min(best, performance.now() - start);
      }
      return best;
    };
    const hashWasm = await best(() =>
      window.hashwasm.argon2id({ password, salt, parallelism: 1, iterations: passes, memorySize: memory, hashLength: 32, outputType: "binary" }),
    );
    const sodium = window.libsodium;
    await sodium.ready;
    const put = (bytes) => {
      const at = sodium._malloc(bytes.length);
      sodium.HEAPU8.set(bytes, at);
      return at;
    };
    const [out, word, grain] = [sodium._malloc(32), put(password), put(salt)];
    const libsodium = await best(() => sodium._crypto_pwhash(out, 32, 0, word, password.length, 0, grain, passes, 0, memory * 1024, 2));
    return { hashWasm, libsodium };
  }, cost);
  say("Argon2id of hash-wasm, same parameters", times.hashWasm, "ms");
  say("Argon2id of libsodium.js, same parameters", times.libsodium, "ms");
  say("ours against hash-wasm", derived / times.hashWasm, "×");
  say("ours against libsodium.js", derived / times.libsodium, "×");
}
await browser.close();
