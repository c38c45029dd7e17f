// A safety plan is kept while it is typed, and is at the closed door only if its keeper wants it there.

import { ask, comeBack, go, home, lock, makeJournal, unlock } from "../helpers/journal.ts";
import { expectNoSidewaysScroll } from "../helpers/page.ts";
import { expect, test } from "../helpers/test.ts";

// A key is derived at full cost, and each lock begins a new worker: on a slow machine that takes its time.
test.describe.configure({ timeout: 120_000 });

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

test("a safety plan that is typed without a pause is kept while one types", async ({ page }) => {
  await makeJournal(page);
  await go(page, "Safety plan");
  await page.getByRole("button", { name: "Write my plan" }).click();
  await page.getByLabel("Signs that it is getting hard").pressSequentially("0123456789".repeat(4), { delay: 140 });
  const again = await comeBack(page);
  await go(again, "Safety plan");
  expect((await again.getByLabel("Signs that it is getting hard").inputValue()).length).toBeGreaterThanOrEqual(30);
});

test("what was typed last in a safety plan is kept in whatever moment one leaves", async ({ page }) => {
  await makeJournal(page);
  const drafts = async () => (await ask(page, { Drafts: null })).answer;
  await go(page, "Safety plan");
  await page.getByRole("button", { name: "Write my plan" }).click();
  await page.getByLabel("What I can do by myself").fill("Walk to the river");
  await home(page);
  await expect(page.getByRole("region", { name: "Not saved yet" })).toContainText("afety plan");
  await expect.poll(drafts).toHaveLength(1);
  await go(page, "Safety plan");
  await expect(page.getByLabel("What I can do by myself")).toHaveValue("Walk to the river");
  // While the first draft of it is on its way to the disk: it must not get two names.
  await page.getByRole("group", { name: /People I can ask for help/ }).getByLabel("Who or where").fill("Anna");
  await page.waitForTimeout(405);
  await page.getByRole("group", { name: /People I can ask for help/ }).getByLabel("Note").fill("After six");
  await home(page);
  await expect.poll(drafts).toHaveLength(1);
  await go(page, "Safety plan");
  await expect(page.getByRole("group", { name: /People I can ask for help/ }).getByLabel("Note")).toHaveValue("After six");
  await page.getByRole("button", { name: "Save my plan" }).click();
  await expect(page.locator(".plan")).toContainText("Anna");
});
