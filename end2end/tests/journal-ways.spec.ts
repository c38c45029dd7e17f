// The ways in as their keeper changes them.

import { expect, type Page } from "@playwright/test";
import { ask, go, lock, makeJournal, passphrase, patient, unlock } from "../helpers/journal.ts";
import { test } from "../helpers/test.ts";

test.describe.configure({ timeout: 120_000 });

/** Makes a journal with recovery words, and stands where a passphrase that is forgotten is changed by them. Gives the words. */
async function forgetful(page: Page): Promise<string> {
  await makeJournal(page);
  const words = ((await ask(page, { NewRecovery: null })).answer as string[]).join(" ");
  await go(page, "Settings");
  await page.getByRole("button", { name: "Change it" }).click();
  await page.getByRole("button", { name: "I have forgotten it: use my 24 words" }).click();
  return words;
}

test("T31 a passphrase that was forgotten stays until another is in its place", async ({ page }) => {
  const words = await forgetful(page);
  await page.getByLabel("Your 24 words, in their order").fill(words);
  // As many letters as the field takes, and more bytes than a passphrase may have.
  await page.getByLabel("The new one").fill("é".repeat(1024));
  await page.getByRole("button", { name: "Change my passphrase" }).click();
  await expect(page.locator(".door-page").getByRole("alert")).toBeVisible(patient);
  await lock(page);
  await unlock(page);
});

test("the 24 words stay in their field until there is a new passphrase, and then put it in the place of the old one", async ({ page }) => {
  const words = await forgetful(page);
  const field = page.getByLabel("Your 24 words, in their order");
  const change = page.getByRole("button", { name: "Change my passphrase" });
  await field.fill(`${"abandon ".repeat(23)}art`);
  await page.getByLabel("The new one").fill("a new one");
  await change.click();
  await expect(page.getByText("These words do not open this journal. Nothing was changed.")).toBeVisible(patient);
  await field.fill(words);
  await change.click();
  await expect(page.locator(".door-page").getByRole("alert")).toBeVisible(patient);
  await expect(field).toHaveValue(words);
  await page.getByLabel("The new one").fill("another one");
  await change.click();
  await expect(page.getByText("From now on only the new passphrase opens this journal.", { exact: false })).toBeVisible(patient);
  await lock(page);
  await page.getByLabel("Passphrase", { exact: true }).fill(passphrase);
  await page.getByRole("button", { name: "Unlock", exact: true }).click();
  await expect(page.getByRole("alert")).toBeVisible(patient);
  await unlock(page, "another one");
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
