// Settings of a journal are kept, and hold where they must while it is locked.

import { ask, go, lock, makeJournal, openJournal, unlock } from "../helpers/journal.ts";
import { expect, test } from "../helpers/test.ts";

// A key is derived at full cost, and each lock begins a new worker: on a slow machine that takes its time.
test.describe.configure({ timeout: 120_000 });

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
