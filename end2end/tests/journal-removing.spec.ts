// A journal removed from this browser: asked twice, what is in no backup said first, and nothing of it left behind.

import type { Page } from "@playwright/test";

import { addRecords, ask, go, lock, makeJournal, patient, record, unlock, writeLine } from "../helpers/journal.ts";
import { expectNoSidewaysScroll } from "../helpers/page.ts";
import { expect, test } from "../helpers/test.ts";

// A key is derived at full cost, and each lock begins a new worker: on a slow machine that takes its time.
test.describe.configure({ timeout: 120_000 });

test("T38 removing it takes a word typed on purpose, and leaves no database and no mark", async ({ page }) => {
  await makeJournal(page);
  await lock(page);
  await page.getByRole("button", { name: "I have forgotten it" }).click();
  await page.getByRole("button", { name: "Remove it from this browser…" }).click();
  const remove = page.getByRole("button", { name: "Remove all that I wrote" });
  await expect(remove).toBeDisabled();
  await page.getByLabel(/To go on, type/).fill("remove");
  await remove.click();
  await expect(page.getByRole("heading", { name: "A journal that only you can open" })).toBeVisible(patient);
  const left = await page.evaluate(async () => {
    const filled: string[] = [];
    for (const { name } of await indexedDB.databases()) filled.push(name!);
    return { filled, local: Object.keys(localStorage), caches: await caches.keys() };
  });
  expect(left.local.filter((key) => key.startsWith("doorway.journal"))).toEqual([]);
  expect(left.caches).toEqual([]);
  expect(left.filled).toEqual([]);
});

/** Begins to remove the journal, from the settings; gives what is said to be in no backup. */
async function beginToRemove(page: Page) {
  await go(page, "Settings");
  await page.getByRole("button", { name: "Remove it from this browser…" }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Remove the journal from this browser");
  // What could be said is said once this is answered.
  await ask(page, { ReadMeter: null });
  await page.waitForTimeout(200);
  return page.getByRole("status").filter({ hasText: "nowhere else" });
}

const keepIt = (page: Page) => page.getByRole("button", { name: "Keep it", exact: true }).click();

/** Makes a backup and waits until it is read back. */
async function backUp(page: Page) {
  const saved = page.waitForEvent("download");
  await page.getByRole("button", { name: "Save a backup file" }).click();
  await saved;
  await expect(page.getByRole("status").filter({ hasText: "Saved and read back whole" })).toBeVisible(patient);
}

test("T37 removing a journal says what is in no backup, and says nothing where all of it is in one", async ({ page }) => {
  await makeJournal(page);
  const missing = await beginToRemove(page);
  // Nothing is written yet.
  await expect(missing).toHaveCount(0);
  await keepIt(page);
  const [id] = await addRecords(page, [record("entry", "2026-11-20", { text: "herons" })]);
  await beginToRemove(page);
  await expect(missing).toContainText("There is no backup: what is written here is nowhere else.");
  await expectNoSidewaysScroll(page);
  await missing.getByRole("button", { name: "Make a backup" }).click();
  await expect(page.getByRole("heading", { level: 1, name: "Keep it safe" })).toBeFocused();
  await backUp(page);
  await beginToRemove(page);
  await expect(missing).toHaveCount(0);
  await keepIt(page);
  // What is imported brings its own days, all of them before the backup.
  for (const change of [
    { AddRecords: null },
    { Save: { id, parent: 1, record: record("entry", "2026-11-20", { text: "two herons" }) } },
  ]) {
    const imported = JSON.stringify(record("entry", "2020-01-01", { text: "from another journal" }));
    await ask(page, change, "AddRecords" in change ? [[...new TextEncoder().encode(imported)]] : []);
    await beginToRemove(page);
    await expect(missing).toContainText(/^Your last backup is of .+\. What you have written since is nowhere else\./);
    await missing.getByRole("button", { name: "Make a backup" }).click();
    await backUp(page);
    await beginToRemove(page);
    await expect(missing).toHaveCount(0);
    await keepIt(page);
  }
  // The backup knows nothing of what is typed and not saved: that is said by itself.
  await ask(page, { SaveDraft: { id: null, parent: 0, record: record("entry", "2026-11-21", { text: "half a thought" }) } });
  await page.getByRole("button", { name: "Journal", exact: true }).click();
  await beginToRemove(page);
  await expect(missing).toHaveCount(0);
  await expect(page.getByText("One thing that you typed is not saved yet. It goes too.")).toBeVisible();
});

test("T37 what is in no backup stays until the word is typed, and stays where the keeper turns back", async ({ page }) => {
  await makeJournal(page);
  await addRecords(page, [record("entry", "2026-11-20", { text: "herons over the water" })]);
  const missing = await beginToRemove(page);
  await expect(missing).toBeVisible();
  const remove = page.getByRole("button", { name: "Remove all that I wrote" });
  const word = page.getByLabel(/To go on, type/);
  for (const typed of ["", "remov", "removed", "yes"]) {
    await word.fill(typed);
    await word.press("Enter");
    await expect(remove).toBeDisabled();
  }
  await word.fill("remove");
  await expect(remove).toBeEnabled();
  await keepIt(page);
  await expect(page.getByRole("heading", { level: 1, name: "Settings" })).toBeVisible();
  await page.getByRole("button", { name: "Journal", exact: true }).click();
  await expect(page.locator("#journal")).toContainText("herons over the water");
  // Locked, nobody knows what a backup holds: nothing is claimed, and what was written is still there.
  await lock(page);
  await page.getByRole("button", { name: "I have forgotten it" }).click();
  await page.getByRole("button", { name: "Remove it from this browser…" }).click();
  await expect(page.getByText("Backup files that you have saved elsewhere stay where they are")).toBeVisible();
  await expect(missing).toHaveCount(0);
  await expect(page.getByRole("alert")).toHaveCount(0);
  await keepIt(page);
  await unlock(page);
  await expect(page.locator("#journal")).toContainText("herons over the water");
});

test("words that are not saved yet are still there after removing it was begun and not gone through with", async ({ page }) => {
  await makeJournal(page);
  await writeLine(page, "The water was warm");
  // Leaving would save them.
  await page.reload();
  await unlock(page);
  const waiting = page.getByRole("region", { name: "Not saved yet" });
  await expect(waiting).toContainText("The water was warm");
  await go(page, "Settings");
  await page.getByRole("button", { name: "Remove it from this browser…" }).click();
  await expect(page.getByText("All that is written here is removed from this browser on this device")).toBeVisible();
  await expect(page.getByText("One thing that you typed is not saved yet. It goes too.")).toBeVisible();
  await expect(page.getByRole("button", { name: "Remove all that I wrote" })).toBeDisabled();
  await page.getByLabel(/To go on, type/).fill("remove");
  await page.getByRole("button", { name: "Keep it" }).click();
  await expect(page.getByRole("heading", { level: 1, name: "Settings" })).toBeVisible();
  await lock(page);
  await unlock(page);
  await expect(waiting).toContainText("The water was warm");
});
