// Taking a journal along: what goes out as JSON, Markdown and paper, what comes in, and that the server hears of neither.

import { addOneOfMany, entry, heal, roomFor, said, saved } from "../helpers/exchange.ts";
import { addRecords, ask, attach, everythingFetched, go, lock, makeJournal, pixel, record } from "../helpers/journal.ts";
import { expect, test } from "../helpers/test.ts";

// A key is derived at full cost, and each lock begins a new worker: on a slow machine that takes its time.
test.describe.configure({ timeout: 120_000 });

test("exports and imports that cannot be fetched are said to be missing, and come when they are tried again", async ({ page, context, troubles }) => {
  troubles.announce(/exchange/);
  await makeJournal(page);
  await context.route("**/pkg/exchange.*", (route) => route.fulfill({ status: 404, body: "" }));
  await go(page, "Keep it safe");
  await expect(page.getByRole("alert")).toContainText("could not be fetched");
  await expect(page.getByRole("link", { name: "Load the page again" })).toBeVisible();
  await expect(page.getByRole("button", { name: "Save a backup file" })).toBeEnabled();
  await context.unroute("**/pkg/exchange.*");
  await page.getByRole("button", { name: "Try again" }).click();
  await expect(page.getByRole("heading", { name: "Take it along" })).toBeVisible();
  await page.getByRole("button", { name: "Journal", exact: true }).click();
  await expect(page.getByRole("heading", { name: "Take it along" })).toHaveCount(0);
});

test("exports and imports are fetched for everybody alike, so that wanting them asks the server for nothing", async ({ page }) => {
  await makeJournal(page);
  await everythingFetched(page);
  const session = await page.context().newCDPSession(page);
  await session.send("Network.enable");
  const kept = new Set<string>();
  const asked: string[] = [];
  session.on("Network.requestServedFromCache", ({ requestId }) => kept.add(requestId));
  session.on("Network.responseReceived", ({ requestId, response }) => {
    if (!response.fromDiskCache && !kept.has(requestId) && response.url.startsWith("http")) asked.push(response.url);
  });
  await go(page, "Keep it safe");
  await expect(page.getByRole("heading", { name: "Take it along" })).toBeVisible();
  expect(asked).toEqual([]);
});

test("however often it is opened, what goes out and comes in asks the worker by one line", async ({ page }) => {
  await page.addInitScript(() => {
    const listen = Worker.prototype.addEventListener;
    Object.assign(window, { heard: 0 });
    Worker.prototype.addEventListener = function (this: Worker, name: string, ...rest: [never]) {
      if (name === "message") (window as unknown as { heard: number }).heard += 1;
      listen.call(this, name, ...rest);
    };
  });
  await makeJournal(page);
  const open = async () => {
    await go(page, "Keep it safe");
    await expect(page.getByRole("heading", { name: "Take it along" })).toBeVisible();
    await page.getByRole("button", { name: "Journal", exact: true }).click();
    return page.evaluate(() => (window as unknown as { heard: number }).heard);
  };
  const once = await open();
  await open();
  expect(await open()).toBe(once);
});

test("everything leaves as JSON and as Markdown, and JSON comes along again", async ({ page }, info) => {
  await makeJournal(page);
  await addRecords(page, [entry("herons over the water")]);
  await go(page, "Keep it safe");
  const json = await saved(page, "Save as JSON", info.outputDir);
  await saved(page, "Save as Markdown", info.outputDir);
  await page.locator("#import-file").setInputFiles(json);
  await expect(page.getByRole("status").filter({ hasText: "This journal's own JSON: one thing" })).toBeVisible();
  await page.getByRole("button", { name: "Bring it along" }).click();
  await expect(page.getByRole("status").filter({ hasText: "came along" })).toBeVisible();
  await page.getByRole("button", { name: "Journal", exact: true }).click();
  await expect(page.getByText("herons over the water")).toHaveCount(2);
});

test("what is printed has everything: pictures, practices, tags and themes, and no path to a file", async ({ page }) => {
  await makeJournal(page);
  await addOneOfMany(page);
  await go(page, "Keep it safe");
  await page.evaluate(() => {
    window.print = () => {
      const printed = document.querySelector<HTMLElement>(".printed")!;
      const pictures = [...printed.querySelectorAll("img")].map(({ alt, complete, naturalWidth }) => ({ alt, painted: complete && naturalWidth > 0 }));
      Object.assign(window, { paper: { words: printed.textContent, pictures } });
    };
  });
  await page.getByRole("button", { name: "Print everything" }).click();
  await page.waitForFunction(() => "paper" in window);
  const { words, pictures } = await page.evaluate(() => (window as unknown as { paper: { words: string; pictures: { alt: string; painted: boolean }[] } }).paper);
  for (const line of said) expect(words).toContain(line);
  expect(words).not.toContain("attachments/");
  expect(words).toMatch(/11:10 Voice\s*Voice memo, .*2026/);
  expect(pictures).toEqual([{ alt: expect.stringMatching(/^Photo, .*2026/), painted: true }]);
});

test("Markdown comes back with its pictures and recordings, and what does not fit is said", async ({ page }, info) => {
  await makeJournal(page);
  await addOneOfMany(page);
  await go(page, "Keep it safe");
  const markdown = await saved(page, "Save as Markdown", info.outputDir);
  await page.locator("#import-file").setInputFiles(markdown);
  await expect(page.getByRole("status").filter({ hasText: "Markdown: 3 things" })).toContainText(/from .*November.* to .*November.*, with 2 attachments/);
  await page.getByText(/^What does not fit/).click();
  for (const line of ["1 capture comes as an entry", "1 check-in comes as an entry", "This journal's JSON comes back as it was"]) {
    await expect(page.locator(".verdicts")).toContainText(line);
  }
  await page.getByRole("button", { name: "Bring it along" }).click();
  await expect(page.getByRole("status").filter({ hasText: "3 things came along" })).toBeVisible();
  await page.getByRole("button", { name: "Journal", exact: true }).click();
  await page.getByRole("button", { name: "Entry so far away" }).click();
  await expect(page.getByLabel(/^Voice memo/)).toBeVisible();
  await expect(page.locator("#journal")).not.toContainText("attachments/");
});

test("a backup, an export and an import count the same things, and settings are none of them", async ({ page }, info) => {
  await makeJournal(page);
  await addRecords(page, [entry("herons over the water"), entry("a second line", "2026-11-21")]);
  await ask(page, { WriteSettings: { settings: { wordCount: true } } });
  await go(page, "Keep it safe");
  const backup = await saved(page, "Save a backup file", info.outputDir);
  await expect(page.getByRole("status").filter({ hasText: "Saved and read back whole: 2 things" })).toBeVisible();
  await page.locator("#merge-file").setInputFiles(backup);
  await expect(page.getByRole("status").filter({ hasText: "A backup of" })).toContainText("2 things in 2 versions, 0 attachments");
  await expect(page.locator(".verdicts")).toHaveText("2 are the same here");
  const json = await saved(page, "Save as JSON", info.outputDir);
  await expect(page.getByRole("status").filter({ hasText: "2 things in “" })).toBeVisible();
  await page.locator("#import-file").setInputFiles(json);
  await expect(page.getByRole("status").filter({ hasText: "This journal's own JSON: 2 things" })).toBeVisible();
  await page.getByText(/^What does not fit/).click();
  await expect(page.getByText("settings: left out, this journal's own stay")).toBeVisible();
});

test("T20 a file that is no journal is refused in words, and nothing is brought along", async ({ page }) => {
  await makeJournal(page);
  await go(page, "Keep it safe");
  await page.locator("#import-file").setInputFiles({ name: "a.json", mimeType: "application/json", buffer: Buffer.from("<script>alert(1)</script>") });
  await expect(page.getByRole("alert").filter({ hasText: "Nothing was brought along" })).toBeVisible();
});

test("an import that had no room in the middle goes on when it is tried again, and brings each thing once", async ({ page }, info) => {
  const started = page.waitForEvent("worker");
  await makeJournal(page);
  const worker = await started;
  const photo = await attach(page, pixel, "image/png", "");
  const [course] = await addRecords(page, [record("course", "2026-11-18", { title: "The course" })]);
  const [session] = await addRecords(page, [record("session", "2026-11-19", { day: "2026-11-19", course })]);
  await addRecords(page, [record("entry", "2026-11-20", { text: "herons over the water", session, attachments: [photo] })]);
  await go(page, "Keep it safe");
  const json = await saved(page, "Save as JSON", info.outputDir);
  await page.locator("#import-file").setInputFiles(json);
  await expect(page.getByRole("status").filter({ hasText: "This journal's own JSON: 3 things" })).toContainText("with one attachment");
  // There is room for one thing.
  await roomFor(worker, 1);
  await page.getByRole("button", { name: "Bring it along" }).click();
  await expect(page.getByRole("alert").filter({ hasText: "This device has no room left" })).toBeVisible();
  await expect(page.getByRole("status").filter({ hasText: "So far one thing of 3 came along" })).toBeVisible();
  await heal(worker);
  await page.getByRole("button", { name: "Bring it along" }).click();
  await expect(page.getByRole("status").filter({ hasText: "3 things came along" })).toBeVisible();
  const backup = await saved(page, "Save a backup file", info.outputDir);
  await page.locator("#merge-file").setInputFiles(backup);
  await expect(page.getByRole("status").filter({ hasText: "A backup of" })).toContainText("6 things in 6 versions, 2 attachments");
  const { answer } = await ask(page, { List: { filter: { kinds: ["session"] }, from: 0, count: 10 } });
  expect((answer as { total: number }).total).toBe(2);
});

test("what was being gathered when the journal was locked is let go of", async ({ page }) => {
  await page.addInitScript(() => {
    // The second picture is never answered: the worker is busy for ever.
    const post = Worker.prototype.postMessage as (this: Worker, ...given: unknown[]) => void;
    let asked = 0;
    Worker.prototype.postMessage = function (this: Worker, ...given: unknown[]) {
      const [letter] = given as [[number, number, Uint8Array]];
      if (new TextDecoder().decode(letter[2]).startsWith('{"ReadAttachment"') && ++asked === 2) {
        Object.assign(window, { waits: true });
        return;
      }
      post.apply(this, given);
    };
    const live = new Set<string>();
    const { createObjectURL, revokeObjectURL } = URL;
    URL.createObjectURL = (of) => {
      const address = createObjectURL(of);
      live.add(address);
      return address;
    };
    URL.revokeObjectURL = (address) => {
      live.delete(address);
      revokeObjectURL(address);
    };
    Object.assign(window, { live });
  });
  await makeJournal(page);
  for (const day of ["2026-11-20", "2026-11-21"]) {
    await addRecords(page, [record("entry", day, { text: "by the water", attachments: [await attach(page, pixel, "image/png", "")] })]);
  }
  await go(page, "Keep it safe");
  const live = () => page.evaluate(() => (window as unknown as { live: Set<string> }).live.size);
  await page.getByRole("button", { name: "Print everything" }).click();
  await page.waitForFunction(() => "waits" in window);
  expect(await live()).toBe(1);
  await lock(page);
  await expect.poll(live).toBe(0);
});
