// What makes a journal the keeper's own: the meter that says what holds, backups, and bringing them back.

import { readFileSync } from "node:fs";

import { entry, saved } from "../helpers/exchange.ts";
import { addRecords, ask, atHome, go, lock, makeJournal, passphrase, patient, unlock } from "../helpers/journal.ts";
import { expectNoSidewaysScroll } from "../helpers/page.ts";
import { expect, test } from "../helpers/test.ts";

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
