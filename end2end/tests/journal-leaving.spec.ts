// Leaving the journal: quickly, with nothing saved, and for somebody to talk to.

import type { Page } from "@playwright/test";

import { atHome, everythingFetched, go, lock, makeJournal, openJournal, patient, secretField, unlock, writeLine } from "../helpers/journal.ts";
import { expectNoSidewaysScroll, tapBeside } from "../helpers/page.ts";
import { expect, test } from "../helpers/test.ts";

// A key is derived at full cost, and each lock begins a new worker: on a slow machine that takes its time.
test.describe.configure({ timeout: 120_000 });

test("three presses of Escape, or the button, put an empty page in the place of this one", async ({ page }) => {
  await page.goto("/glossary");
  await makeJournal(page);
  await go(page, "Settings");
  for (let presses = 0; presses < 3; presses++) await page.keyboard.press("Escape");
  await expect(page).toHaveURL("about:blank");
  await page.goBack();
  await expect(page).toHaveURL(/\/glossary$/);
  await page.goto("/journal");
  await page.getByRole("button", { name: "Leave quickly" }).click();
  await expect(page).toHaveURL("about:blank");
});

test("writing without saving leaves nothing behind, and locking asks first", async ({ page }) => {
  await openJournal(page);
  await page.getByRole("button", { name: "Write without saving" }).click();
  await page.getByRole("button", { name: "Begin to write" }).click();
  await atHome(page);
  await writeLine(page, "only for now");
  page.once("dialog", (asked) => asked.dismiss());
  await page.getByRole("button", { name: "Lock", exact: true }).click();
  await expect(page.locator("textarea").first()).toHaveValue("only for now");
  page.once("dialog", (asked) => asked.accept());
  await page.getByRole("button", { name: "Lock", exact: true }).click();
  await expect(page.getByRole("heading", { name: "A journal that only you can open" })).toBeVisible(patient);
  expect(await page.evaluate(() => Object.keys(localStorage).filter((key) => key.startsWith("doorway.journal")))).toEqual([]);
});

/** Begins to write without saving. */
async function writeUnkept(page: Page) {
  await openJournal(page);
  await page.getByRole("button", { name: "Write without saving" }).click();
  await page.getByRole("button", { name: "Begin to write" }).click();
  await atHome(page);
}

test("written without saving, it is said at home, under the text and before it locks that nothing is kept", async ({ page }) => {
  await page.clock.install();
  await writeUnkept(page);
  const home = page.locator(".unkept");
  await expect(home).toContainText("Nothing is kept on this device.");
  await home.getByRole("button", { name: "Save a backup file" }).click();
  await expect(page.getByRole("heading", { level: 1, name: "Keep it safe" })).toBeVisible();
  await page.getByRole("navigation", { name: "Journal" }).getByRole("button", { name: "Journal" }).click();
  await page.getByRole("button", { name: /^Write/ }).first().click();
  await page.getByRole("textbox", { name: "Text", exact: true }).fill("only for now");
  await page.clock.runFor(2_000);
  await expect(page.locator("p.status")).toHaveText("Only in this tab");
  await page.getByRole("button", { name: "Save", exact: true }).click();
  await expect(page.locator("#announce")).toHaveText("Only in this tab");
  await expect(page.locator("p.status")).toHaveText("Only in this tab");
  await page.clock.fastForward("04:40");
  await page.clock.runFor(1_000);
  const warning = page.locator(".locks-in");
  await expect(warning).toContainText("All that you wrote here will be gone. A backup file keeps it.");
  await expect(warning).not.toContainText("put away");
  await expect(warning.getByRole("button", { name: "Save a backup file" })).toBeVisible();
  await page.clock.fastForward("00:30");
  await page.clock.runFor(5_000);
  await expect(page.getByRole("status").filter({ hasText: "What was written without saving is gone." })).toBeVisible(patient);
});

test("written without saving, leaving the page is asked about first, and leaving quickly or calling a number is not", async ({ page, troubles }) => {
  troubles.announce(/foreign: tel:/);
  const asked: string[] = [];
  page.on("dialog", async (dialog) => {
    asked.push(dialog.type());
    await dialog.dismiss();
  });
  await writeUnkept(page);
  await page.getByRole("button", { name: /^Write/ }).first().click();
  const text = page.getByRole("textbox", { name: "Text", exact: true });
  await text.fill("only for now");
  await page.evaluate(() => setTimeout(() => location.reload()));
  await expect.poll(() => asked).toEqual(["beforeunload"]);
  await expect(text).toHaveValue("only for now");
  await page.getByRole("button", { name: "Leave quickly" }).click();
  await expect(page).toHaveURL("about:blank");
  await writeUnkept(page);
  await page.getByRole("button", { name: /^Write/ }).first().click();
  await text.fill("only for now");
  await page.getByText("Crisis help", { exact: true }).click();
  await page.locator("#help .number").first().focus();
  // Last, because the browser now asks by itself which program shall call.
  await page.keyboard.press("Enter");
  await page.waitForTimeout(1_000);
  expect(asked).toEqual(["beforeunload"]);
});

test("what is kept, and what was never written, is left without a question", async ({ page }) => {
  const asked: string[] = [];
  page.on("dialog", async (dialog) => {
    asked.push(dialog.type());
    await dialog.accept();
  });
  await writeUnkept(page);
  await page.reload();
  await makeJournal(page);
  await writeLine(page, "The water was warm");
  await page.reload();
  await expect(secretField(page)).toBeVisible(patient);
  expect(asked).toEqual([]);
});

test("after leaving quickly neither back nor forward leads to the journal, and coming again by its address does", async ({ page }) => {
  await page.goto("/glossary");
  await makeJournal(page);
  await page.getByRole("button", { name: /^Write/ }).first().click();
  await page.getByRole("textbox", { name: "Text", exact: true }).fill("secret river");
  await page.getByRole("button", { name: "Leave quickly" }).click();
  await expect(page).toHaveURL("about:blank");
  for (let times = 0; times < 2; times++) {
    await page.evaluate(() => history.forward());
    await page.waitForTimeout(1_000);
    await expect(page).toHaveURL("about:blank");
    expect(await page.title()).toBe("");
  }
  await page.goto("/journal");
  await unlock(page);
});

test("while its program is still on the way, the tab has the title that the keeper wants, and nothing stands behind the address", async ({ page, context }) => {
  await makeJournal(page);
  await go(page, "Settings");
  await page.getByLabel("The page is called “Notes”").check();
  await expect(page).toHaveTitle("Notes");
  let come = () => {};
  const waits = new Promise<void>((resolve) => (come = resolve));
  await context.route("**/pkg/journal.*.wasm", async (route) => {
    await waits;
    await route.continue();
  });
  await page.goto("/glossary");
  await page.goto("/journal#write=something", { waitUntil: "commit" });
  await expect(page.getByText("The door is being opened")).toBeVisible();
  await expect(page).toHaveTitle("Notes");
  await expect(page).toHaveURL(/\/journal$/);
  come();
  await expect(page.getByText("What you came with waits here until your journal is open.")).toBeVisible(patient);
  await unlock(page);
  await go(page, "Settings");
  await page.getByLabel("The page is called “Notes”").uncheck();
  await expect(page).toHaveTitle(/^Journal — /);
});

test("crisis lines are shown in place without a network, from the header, the closed door and the safety plan", async ({ page, context }) => {
  await makeJournal(page);
  await go(page, "Safety plan");
  await everythingFetched(page);
  await context.setOffline(true);
  const help = page.getByRole("region", { name: "Help in a crisis" });
  const shown = async () => {
    await expect(help).toBeVisible();
    await expect(help.locator("a.number").first()).toHaveAttribute("href", /^tel:/);
    await expect(page).toHaveURL(/\/journal$/);
  };
  await page.getByRole("link", { name: "Crisis lines" }).click();
  await shown();
  await expect(help).toBeFocused();
  await page.keyboard.press("Escape");
  await expect(help).toBeHidden();
  await page.getByText("Crisis help", { exact: true }).click();
  await shown();
  await tapBeside(page);
  await expect(help).toBeHidden();
  await context.setOffline(false);
  await lock(page);
  await context.setOffline(true);
  await page.getByRole("link", { name: "Crisis lines" }).click();
  await shown();
  await expect(help.getByRole("link", { name: /opens in a new tab/ })).toHaveAttribute("target", "_blank");
  await expectNoSidewaysScroll(page);
});
