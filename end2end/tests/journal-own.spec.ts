// What makes a journal the keeper's own: the meter, backups, the page that reads them, taking it along, the safety plan, settings.

import { readFileSync } from "node:fs";
import { pathToFileURL } from "node:url";

import type { BrowserContext, Page } from "@playwright/test";

import { addRecords, ask, atHome, attach, everythingFetched, lock, makeJournal, openJournal, passphrase, record, unlock } from "../helpers/journal.ts";
import { expectNoSidewaysScroll } from "../helpers/page.ts";
import { expect, test } from "../helpers/test.ts";
import { clear } from "../helpers/vault.ts";

// A key is derived at full cost, and each lock begins a new worker: on a slow machine that takes its time.
test.describe.configure({ timeout: 120_000 });
const patient = { timeout: 30_000 };

async function go(page: Page, place: string) {
  await page.getByText("More", { exact: true }).click();
  await page.getByRole("button", { name: place, exact: true }).click();
  await expect(page.getByRole("heading", { level: 1, name: place })).toBeVisible();
}

/** Presses a button and gives the path of the file that comes of it, under its own name. */
async function saved(page: Page, button: string, folder: string): Promise<string> {
  const [download] = await Promise.all([page.waitForEvent("download"), page.getByRole("button", { name: button }).click()]);
  const path = `${folder}/${download.suggestedFilename()}`;
  await download.saveAs(path);
  return path;
}

/** Opens a backup in the reading page that was saved, in a tab of its own. */
async function readAlone(context: BrowserContext, reader: string, backup: string): Promise<Page> {
  const alone = await context.newPage();
  await alone.goto(pathToFileURL(reader).href);
  await alone.getByLabel("Backup file").setInputFiles(backup);
  await alone.getByLabel("Passphrase", { exact: true }).fill(passphrase);
  await alone.getByRole("button", { name: "Open it" }).click();
  await expect(alone.getByRole("heading", { name: "Your journal" })).toBeVisible(patient);
  return alone;
}

/** The smallest picture that there is: one pixel. */
const picture = [...Buffer.from("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==", "base64")];

const entry = (text: string, day = "2026-11-20") => record("entry", day, { text });

test("the meter says what holds and what does not, with one step each", async ({ page }) => {
  await makeJournal(page);
  await go(page, "Keep it safe");
  const meter = page.locator(".meter");
  await expect(meter).toContainText("There is no backup");
  await expect(meter).toContainText("Recovery words are not confirmed");
  await expect(page.locator(".fingerprint")).toContainText(/^(\w+ ){6}version \d+$/);
  await expectNoSidewaysScroll(page);
  await page.getByRole("button", { name: "Make recovery words" }).click();
  await page.getByRole("button", { name: "Make new words" }).click();
  await expect(page.locator(".phrase-words li")).toHaveCount(24);
  const words = await page.locator(".phrase-words li").allInnerTexts();
  await page.getByRole("button", { name: "Later" }).click();
  await page.getByRole("button", { name: "Write", exact: true }).click();
  await go(page, "Keep it safe");
  await page.getByRole("button", { name: "Type my 24 words" }).click();
  await page.getByLabel("Your 24 words, in their order").fill(words.join(" "));
  await page.getByRole("button", { name: "Check them" }).click();
  await expect(meter).toContainText("that you have your recovery words");
});

test("what is typed and not saved is said where a backup would leave it out", async ({ page }) => {
  await makeJournal(page);
  await go(page, "Keep it safe");
  await expect(page.getByRole("button", { name: "Save a backup file" })).toBeVisible();
  await expect(page.getByText("not saved yet")).toHaveCount(0);
  await ask(page, { SaveDraft: { id: null, parent: 0, record: entry("half a thought") } });
  await page.getByRole("button", { name: "Journal", exact: true }).click();
  await go(page, "Keep it safe");
  await expect(page.getByText("One thing that you typed is not saved yet. A backup holds what is saved.")).toBeVisible();
  await expect(page.getByText("One thing that you typed is not saved yet, and is in none of these.")).toBeVisible();
  await page.getByRole("button", { name: "Look at it first" }).click();
  await expect(page.getByRole("region", { name: "Not saved yet" })).toContainText("half a thought");
});

test("what was deleted after the last backup is a change that it does not know", async ({ page }, info) => {
  await makeJournal(page);
  const [id] = await addRecords(page, [entry("herons over the water")]);
  await go(page, "Keep it safe");
  await saved(page, "Save a backup file", info.outputDir);
  await expect(page.locator(".meter")).toContainText("was read back and holds everything");
  await ask(page, { Delete: { id } });
  await page.getByRole("button", { name: "Journal", exact: true }).click();
  await go(page, "Keep it safe");
  await expect(page.locator(".meter")).toContainText("Your journal has changed since.");
});

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

test("no script can put markup into the journal's page", async ({ page, troubles }) => {
  troubles.announce(/Trusted/);
  await openJournal(page);
  const refused = await page.evaluate(() => {
    const tries: [string, () => void][] = [
      ["innerHTML", () => (document.body.innerHTML = "<b>bold</b>")],
      ["insertAdjacentHTML", () => document.body.insertAdjacentHTML("beforeend", "<b>bold</b>")],
      ["write", () => document.write("<b>bold</b>")],
      ["a policy of its own", () => (window as unknown as { trustedTypes: { createPolicy(name: string, rules: object): void } }).trustedTypes.createPolicy("default", {})],
      ["another worker", () => void new Worker("/pkg/anything.js")],
    ];
    return tries.filter(([, act]) => {
      try {
        act();
        return false;
      } catch {
        return true;
      }
    }).map(([name]) => name);
  });
  expect(refused).toEqual(["innerHTML", "insertAdjacentHTML", "write", "a policy of its own", "another worker"]);
});

test("a backup is read back before it is called saved, and brings the journal back where there is none", async ({ page }, info) => {
  await makeJournal(page);
  await addRecords(page, [entry("herons over the water"), entry("a second line", "2026-11-21")]);
  await go(page, "Keep it safe");
  const backup = await saved(page, "Save a backup file", info.outputDir);
  expect(backup).toMatch(/doorway-journal-[a-z]{4}\.dwvb$/);
  await expect(page.getByRole("status").filter({ hasText: "Saved and read back whole" })).toBeVisible();
  expect(readFileSync(backup).includes("herons")).toBe(false);
  await expect(page.locator(".meter")).toContainText("Your last backup");
  await go(page, "Settings");
  await page.getByRole("button", { name: "Remove it from this browser…" }).click();
  await page.getByLabel(/To go on, type/).fill("remove");
  await page.getByRole("button", { name: "Remove all that I wrote" }).click();
  await page.getByRole("button", { name: "I have a backup" }).click();
  await page.getByLabel("Backup file").setInputFiles(backup);
  await page.getByLabel("Passphrase of the backup").fill("not this one");
  await page.getByRole("button", { name: "Open the backup" }).click();
  await expect(page.getByRole("alert").filter({ hasText: "That did not open it" })).toBeVisible(patient);
  await expect(page.getByLabel("Passphrase of the backup")).toBeFocused();
  await page.getByLabel("Passphrase of the backup").fill(passphrase);
  await page.getByRole("button", { name: "Open the backup" }).click();
  await page.getByRole("button", { name: "Restore it here" }).click(patient);
  await atHome(page);
  await expect(page.locator("#journal")).toContainText("herons over the water");
  await lock(page);
  await unlock(page);
});

test("bringing back into an open journal says first what it would do, and deletes nothing", async ({ page }, info) => {
  await makeJournal(page);
  await addRecords(page, [entry("herons over the water")]);
  await go(page, "Keep it safe");
  const backup = await saved(page, "Save a backup file", info.outputDir);
  await addRecords(page, [entry("written after the backup", "2026-11-22")]);
  await page.locator("#merge-file").setInputFiles(backup);
  await expect(page.locator(".verdicts")).toContainText("are the same here");
  await page.getByRole("button", { name: "Journal", exact: true }).click();
  await expect(page.locator("#journal")).toContainText("written after the backup");
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

/** A check-in with all that can be said of a day, an entry with a photo, and a capture with a voice memo between two lines. */
async function addOneOfMany(page: Page) {
  const photo = await attach(page, picture, "image/png", "");
  const memo = await attach(page, [1, 2, 3, 4], "audio/webm", "");
  const at = (minute: number) => `2026-11-21T11:${minute}:00.000+00:00`;
  await addRecords(page, [
    record("check-in", "2026-11-19", { day: "2026-11-19", mood: 6, practices: ["nature", "singing"], lifestyle: { sleepMinutes: 450, people: 8 } }),
    record("entry", "2026-11-20", { text: "herons over the **water**", tags: ["river"], themes: ["letting go"], attachments: [photo] }),
    record("capture", "2026-11-21", {
      pieces: [
        { at: at(10), kind: "voice", attachment: memo },
        { at: at(11), kind: "text", text: "so far away" },
      ],
      finished: at(12),
    }),
  ]);
}
const said = ["What you did: Time outside, singing", "Time asleep: 7 h 30 min", "People: 8", "Tags: river", "Themes: letting go"];

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

test("one saved page reads the backup by itself, from the disk, with no site and no network", async ({ page, context }, info) => {
  await makeJournal(page);
  await addOneOfMany(page);
  await go(page, "Keep it safe");
  const backup = await saved(page, "Save a backup file", info.outputDir);
  const reader = await saved(page, "Save the reading page", info.outputDir);
  await context.setOffline(true);
  const alone = await context.newPage();
  const wrong: string[] = [];
  alone.on("pageerror", (error) => wrong.push(error.message));
  alone.on("request", (request) => {
    if (/^https?:/.test(request.url())) wrong.push(request.url());
  });
  await alone.goto(pathToFileURL(reader).href);
  await alone.getByLabel("Backup file").setInputFiles(backup);
  await alone.getByLabel("Passphrase", { exact: true }).fill("not this one");
  await alone.getByRole("button", { name: "Open it" }).click();
  await expect(alone.getByRole("alert")).toContainText("That did not open it", patient);
  await alone.getByLabel("Passphrase", { exact: true }).fill(passphrase);
  await alone.getByRole("button", { name: "Open it" }).click();
  await expect(alone.getByRole("heading", { name: "Your journal" })).toBeVisible(patient);
  for (const thing of await alone.locator("summary").all()) await thing.click();
  await expect(alone.locator("strong", { hasText: "water" })).toBeVisible();
  for (const line of said) await expect(alone.locator("main")).toContainText(line);
  await expect(alone.getByRole("img", { name: /^Photo, .*2026/ })).toBeVisible();
  // A recording stands where it was made.
  const order = await alone.evaluate(() => {
    const memo = document.querySelector("audio")!;
    const later = [...document.querySelectorAll("p")].find((words) => words.textContent === "so far away")!;
    return { name: memo.getAttribute("aria-label"), before: Boolean(memo.compareDocumentPosition(later) & Node.DOCUMENT_POSITION_FOLLOWING) };
  });
  expect(order).toEqual({ name: expect.stringMatching(/^Voice memo, .*2026/), before: true });
  expect(wrong).toEqual([]);
});

test("the safety plan is written as simple lists, and is at the closed door only if the keeper wants it there", async ({ page }) => {
  await makeJournal(page);
  await go(page, "Safety plan");
  await page.getByRole("button", { name: "Write my plan" }).click();
  await page.getByLabel("What I can do by myself").fill("walk to the river\ncold water on the face");
  const helpers = page.getByRole("group", { name: /People I can ask for help/ });
  await helpers.getByLabel("Who or where").fill("Anna");
  await helpers.getByLabel("Number").fill("+44 20 7946 0000");
  await page.getByRole("button", { name: "Save my plan" }).click();
  await expect(page.getByRole("link", { name: "+44 20 7946 0000" })).toHaveAttribute("href", "tel:+442079460000");
  await expectNoSidewaysScroll(page);
  await lock(page);
  await expect(page.getByRole("button", { name: "My safety plan" })).toHaveCount(0);
  await unlock(page);
  await go(page, "Safety plan");
  await page.getByRole("button", { name: "Change it" }).click();
  await page.getByLabel(/Show it while the journal is locked/).check();
  await page.getByRole("button", { name: "Save my plan" }).click();
  await expect(page.getByRole("button", { name: "Change it" })).toBeVisible();
  await lock(page);
  await page.getByRole("button", { name: "My safety plan" }).click();
  await expect(page.locator(".plan")).toContainText("walk to the river");
  await page.getByRole("button", { name: "Back to the door" }).click();
  await unlock(page);
});

test("settings are kept, and the neutral title stays while it is locked", async ({ page }) => {
  await makeJournal(page);
  await go(page, "Settings");
  await page.getByText("10 minutes").click();
  await page.getByLabel(/The page is called/).check();
  await expect(page).toHaveTitle("Notes");
  await page.getByLabel("Another address").fill("http://not-safe.example");
  await expect(page.getByRole("alert").filter({ hasText: "begins with https://" })).toBeVisible();
  await page.getByLabel("Another address").fill("");
  await lock(page);
  await expect(page).toHaveTitle("Notes");
  await openJournal(page);
  await expect(page).toHaveTitle("Notes");
  await unlock(page);
  await go(page, "Settings");
  await expect(page.getByLabel("10 minutes")).toBeChecked();
});

test("settings that are changed in one breath are all kept", async ({ page }) => {
  await makeJournal(page);
  await go(page, "Settings");
  await expect(page.getByText("10 minutes")).toBeVisible();
  // Three controls before the first change can be on disk.
  await page.evaluate(() => {
    for (const label of document.querySelectorAll<HTMLElement>(".own label")) {
      if (/^(10 minutes|Sunday|Count words)/.test(label.innerText.trim())) label.click();
    }
  });
  await expect.poll(async () => (await ask(page, { ReadSettings: null })).answer).toMatchObject({
    lockAfterMinutes: 10,
    weekStarts: "sunday",
    wordCount: true,
  });
});

test("the passphrase is changed, and only the new one opens it", async ({ page }) => {
  await makeJournal(page);
  await go(page, "Settings");
  await page.getByRole("button", { name: "Change it" }).click();
  await page.getByLabel("The passphrase you have now").fill(passphrase);
  await page.getByLabel("The new one").fill("eight quick otters leave the bank");
  await page.getByRole("button", { name: "Change my passphrase" }).click();
  await expect(page.getByRole("status").filter({ hasText: "only the new passphrase" })).toBeVisible(patient);
  await lock(page);
  await page.getByLabel("Passphrase", { exact: true }).fill(passphrase);
  await page.getByRole("button", { name: "Unlock", exact: true }).click();
  await expect(page.getByRole("alert").filter({ hasText: "That did not open it" })).toBeVisible(patient);
  await unlock(page, "eight quick otters leave the bank");
});

test("an import that had no room in the middle goes on when it is tried again, and brings each thing once", async ({ page }, info) => {
  const started = page.waitForEvent("worker");
  await makeJournal(page);
  const worker = await started;
  const photo = await attach(page, picture, "image/png", "");
  const [course] = await addRecords(page, [record("course", "2026-11-18", { title: "The course" })]);
  const [session] = await addRecords(page, [record("session", "2026-11-19", { day: "2026-11-19", course })]);
  await addRecords(page, [record("entry", "2026-11-20", { text: "herons over the water", session, attachments: [photo] })]);
  await go(page, "Keep it safe");
  const json = await saved(page, "Save as JSON", info.outputDir);
  await page.locator("#import-file").setInputFiles(json);
  await expect(page.getByRole("status").filter({ hasText: "This journal's own JSON: 3 things" })).toContainText("with one attachment");
  // There is room for one thing.
  await worker.evaluate(() => {
    const { put } = IDBObjectStore.prototype;
    let room = 1;
    IDBObjectStore.prototype.put = function (this: IDBObjectStore, ...given: Parameters<typeof put>) {
      if (this.name === "heads" && room-- <= 0) throw new DOMException("full", "QuotaExceededError");
      return put.apply(this, given);
    };
    Object.assign(self, { heal: () => (IDBObjectStore.prototype.put = put) });
  });
  await page.getByRole("button", { name: "Bring it along" }).click();
  await expect(page.getByRole("alert").filter({ hasText: "This device has no room left" })).toBeVisible();
  await expect(page.getByRole("status").filter({ hasText: "So far one thing of 3 came along" })).toBeVisible();
  await worker.evaluate(() => void (self as unknown as { heal: () => void }).heal());
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
    await addRecords(page, [record("entry", day, { text: "by the water", attachments: [await attach(page, picture, "image/png", "")] })]);
  }
  await go(page, "Keep it safe");
  const live = () => page.evaluate(() => (window as unknown as { live: Set<string> }).live.size);
  await page.getByRole("button", { name: "Print everything" }).click();
  await page.waitForFunction(() => "waits" in window);
  expect(await live()).toBe(1);
  await lock(page);
  await expect.poll(live).toBe(0);
});

test("a thing that is opened in the reading page stays as it is when it is closed, opened again, or more are shown", async ({ page, context }, info) => {
  await makeJournal(page);
  const photo = await attach(page, picture, "image/png", "");
  const earlier = Array.from({ length: 205 }, (_, at) => entry(`line ${at}`, "2026-10-01"));
  await addRecords(page, [...earlier, record("entry", "2026-11-20", { text: "herons over the water", attachments: [photo] })]);
  await go(page, "Keep it safe");
  const backup = await saved(page, "Save a backup file", info.outputDir);
  const reader = await saved(page, "Save the reading page", info.outputDir);
  const alone = await readAlone(context, reader, backup);
  await expect(alone.locator("details")).toHaveCount(200);
  const first = alone.locator("summary").first();
  await first.click();
  const shown = alone.getByRole("img");
  const address = await shown.getAttribute("src");
  await first.click();
  await expect(shown).toBeHidden();
  await first.click();
  await expect(shown).toHaveAttribute("src", address!);
  await alone.getByRole("button", { name: "Show earlier ones" }).click();
  await expect(alone.locator("details")).toHaveCount(206);
  await expect(shown).toHaveAttribute("src", address!);
  await expect(alone.getByRole("button", { name: "Show earlier ones" })).toHaveCount(0);
});

test("the reading page says what in a backup does not open", async ({ page, context }, info) => {
  await makeJournal(page);
  const photo = await attach(page, picture, "image/png", "");
  await addRecords(page, [record("entry", "2026-11-20", { text: "herons over the water", attachments: [photo] })]);
  await clear(page, "parts");
  await go(page, "Keep it safe");
  const backup = await saved(page, "Save a backup file", info.outputDir);
  await expect(page.getByRole("alert").filter({ hasText: "not everything in it opens" })).toBeVisible();
  const reader = await saved(page, "Save the reading page", info.outputDir);
  const alone = await readAlone(context, reader, backup);
  await expect(alone.locator(".notice")).toContainText("Not all of it opens");
  await expect(alone.locator(".notice li")).toHaveText([/^attachment: /]);
  await expect(alone.locator("summary")).toHaveCount(1);
});

test("a restored journal is open although the browser asks whether it may stay and nobody answers", async ({ page }, info) => {
  await page.addInitScript(() => {
    StorageManager.prototype.persist = () => new Promise(() => {});
  });
  await makeJournal(page);
  await addRecords(page, [entry("herons over the water")]);
  await go(page, "Keep it safe");
  const backup = await saved(page, "Save a backup file", info.outputDir);
  await ask(page, { Wipe: null });
  await page.evaluate(() => localStorage.clear());
  await page.reload();
  await page.getByRole("button", { name: "I have a backup" }).click();
  await page.getByLabel("Backup file").setInputFiles(backup);
  await page.getByLabel("Passphrase of the backup").fill(passphrase);
  await page.getByRole("button", { name: "Open the backup" }).click();
  await page.getByRole("button", { name: "Restore it here" }).click(patient);
  await atHome(page);
});
