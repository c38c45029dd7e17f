// The page that reads backups by itself, from the disk, with no site and no network.

import { pathToFileURL } from "node:url";

import type { BrowserContext, Page } from "@playwright/test";

import { addOneOfMany, entry, said, saved } from "../helpers/exchange.ts";
import { addRecords, attach, go, makeJournal, passphrase, patient, pixel, record } from "../helpers/journal.ts";
import { expect, test } from "../helpers/test.ts";
import { clear } from "../helpers/vault.ts";

// A key is derived at full cost, and each lock begins a new worker: on a slow machine that takes its time.
test.describe.configure({ timeout: 120_000 });

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

test("a thing that is opened in the reading page stays as it is when it is closed, opened again, or more are shown", async ({ page, context }, info) => {
  await makeJournal(page);
  const photo = await attach(page, pixel, "image/png", "");
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
  const photo = await attach(page, pixel, "image/png", "");
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
