// What makes a journal the keeper's own: the meter that says what holds, backups, and bringing them back.

import { readFileSync } from "node:fs";

import type { Page } from "@playwright/test";

import { entry, heal, roomFor, saved } from "../helpers/exchange.ts";
import { addRecords, ask, atHome, go, lock, makeJournal, passphrase, patient, unlock } from "../helpers/journal.ts";
import { expectNoSidewaysScroll } from "../helpers/page.ts";
import { expect, test } from "../helpers/test.ts";
import { putBack, snapshot } from "../helpers/vault.ts";

// A key is derived at full cost, and each lock begins a new worker: on a slow machine that takes its time.
test.describe.configure({ timeout: 120_000 });

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

/** Saves a backup of what is done here, and has the journal be again as it was before, as another device has it. */
async function elsewhere(page: Page, work: () => Promise<unknown>, folder: string): Promise<string> {
  await lock(page);
  await snapshot(page);
  await unlock(page);
  await work();
  await go(page, "Keep it safe");
  const backup = await saved(page, "Save a backup file", folder);
  await expect(page.getByRole("status").filter({ hasText: "Saved and read back whole" })).toBeVisible(patient);
  await lock(page);
  await putBack(page);
  await unlock(page);
  await go(page, "Keep it safe");
  return backup;
}

test("a restore that had no room in the middle says what came, and brings the rest when it is tried again", async ({ page }, info) => {
  await makeJournal(page);
  const many = Array.from({ length: 700 }, (_, at) => entry(`line ${at}`));
  const backup = await elsewhere(page, () => addRecords(page, many), info.outputDir);
  const worker = page.workers().at(-1)!;
  const choose = () => page.locator("#merge-file").setInputFiles(backup);
  await choose();
  await expect(page.locator(".verdicts")).toContainText("700 are missing here", patient);
  await roomFor(worker, 600);
  const bring = page.getByRole("button", { name: "Bring these back" });
  await bring.click();
  await expect(page.getByRole("alert").filter({ hasText: "This device has no room left" })).toBeVisible(patient);
  const said = page.getByRole("status").filter({ hasText: "So far" });
  await expect(said).toContainText(/So far \d+ things of 700 came back/);
  const came = Number(/far (\d+)/.exec((await said.textContent())!)![1]);
  expect(came).toBeGreaterThan(0);
  await expect(page.locator(".verdicts")).toContainText(`${700 - came} are missing here`);
  await heal(worker);
  await bring.click();
  await expect(page.getByRole("status").filter({ hasText: `${700 - came} things came back` })).toBeVisible(patient);
  const { answer } = await ask(page, { List: { filter: {}, from: 0, count: 1 } });
  expect((answer as { total: number }).total).toBe(700);
  await choose();
  await expect(page.getByText("Everything that you wrote in it is here already.")).toBeVisible(patient);
  await expect(bring).toHaveCount(0);
});

test("a restore into an empty browser that has no room says that nothing is here yet, and begins again", async ({ page }, info) => {
  await makeJournal(page);
  await addRecords(page, [entry("herons over the water")]);
  await go(page, "Keep it safe");
  const backup = await saved(page, "Save a backup file", info.outputDir);
  await go(page, "Settings");
  await page.getByRole("button", { name: "Remove it from this browser…" }).click();
  await page.getByLabel(/To go on, type/).fill("remove");
  await page.getByRole("button", { name: "Remove all that I wrote" }).click();
  await page.getByRole("button", { name: "I have a backup" }).click();
  await page.getByLabel("Backup file").setInputFiles(backup);
  await page.getByLabel("Passphrase of the backup").fill(passphrase);
  await page.getByRole("button", { name: "Open the backup" }).click();
  const restore = page.getByRole("button", { name: "Restore it here" });
  await expect(restore).toBeVisible(patient);
  const worker = page.workers().at(-1)!;
  await roomFor(worker, 0);
  await restore.click();
  await expect(page.getByRole("alert")).toContainText("Nothing of the backup is here yet", patient);
  await heal(worker);
  await restore.click();
  await atHome(page);
  await expect(page.locator("#journal")).toContainText("herons over the water");
});

test("a backup that differs in its settings alone says so, and gives them back", async ({ page }, info) => {
  await makeJournal(page);
  await addRecords(page, [entry("herons over the water")]);
  const change = async () => {
    await go(page, "Settings");
    await page.getByLabel("Sunday").check();
    await expect.poll(async () => (await ask(page, { ReadSettings: null })).answer).toMatchObject({ weekStarts: "sunday" });
  };
  const backup = await elsewhere(page, change, info.outputDir);
  await page.locator("#merge-file").setInputFiles(backup);
  await expect(page.getByText("Its settings are newer than those here, and would come back.")).toBeVisible(patient);
  await page.getByRole("button", { name: "Bring these back" }).click();
  await expect(page.getByRole("status").filter({ hasText: "The settings came back from the backup. Nothing was deleted." })).toBeVisible(patient);
  await go(page, "Settings");
  await expect(page.getByLabel("Sunday")).toBeChecked();
});
