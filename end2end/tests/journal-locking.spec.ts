// A journal locks by itself and in all tabs at once, says why, and loses no word by it.

import { atHome, holdPictures, lock, makeJournal, openJournal, patient, pixel, secretField, unlock } from "../helpers/journal.ts";
import { expect, test } from "../helpers/test.ts";

// A key is derived at full cost, and each lock begins a new worker: on a slow machine that takes its time.
test.describe.configure({ timeout: 120_000 });

test("it locks by itself when nobody touches it, after a warning that any touch puts off", async ({ page }) => {
  await page.clock.install();
  await makeJournal(page);
  await page.clock.fastForward("04:45");
  await expect(page.locator(".locks-in")).toContainText("Locking in");
  await page.getByRole("button", { name: "Stay" }).click();
  await page.clock.runFor(1_500);
  await expect(page.locator(".locks-in")).toHaveCount(0);
  // The device sleeps for an hour.
  await page.clock.fastForward("01:00:00");
  await page.clock.runFor(2_000);
  await expect(secretField(page)).toBeVisible(patient);
  await expect(page.getByRole("status").filter({ hasText: "Nobody touched it for a while" })).toBeVisible();
});

test("all tabs lock at once, and say why", async ({ page, context }) => {
  await makeJournal(page);
  const other = await context.newPage();
  await openJournal(other);
  await unlock(other);
  await lock(page);
  await expect(secretField(other)).toBeVisible(patient);
  await expect(other.getByText("It was locked in another tab")).toBeVisible(patient);
});

test("locked from another tab, the last words are put away first", async ({ page, context }) => {
  await makeJournal(page);
  const other = await context.newPage();
  await openJournal(other);
  await unlock(other);
  await page.bringToFront();
  await page.getByRole("button", { name: /^Write/ }).first().click();
  const text = page.getByRole("textbox", { name: "Text", exact: true });
  await text.fill("The last word is heron");
  // In the same moment, before the draft would be put on disk by itself.
  await other.getByRole("button", { name: "Lock", exact: true }).evaluate((button: HTMLElement) => button.click());
  await expect(secretField(page)).toBeVisible(patient);
  await expect(page.getByText("It was locked in another tab")).toBeVisible();
  await unlock(page);
  await expect(page.getByText("The last word is heron")).toBeVisible();
});

test("a tab that nobody touches locks itself, and not the one that is in use", async ({ page, context }) => {
  await makeJournal(page);
  const other = await context.newPage();
  // The test's clock is one for all tabs; this one is for the other alone.
  await other.addInitScript(() => {
    const now = Date.now.bind(Date);
    let later = 0;
    Date.now = () => now() + later;
    Object.assign(window, { anHourLater: () => (later += 3_600_000) });
  });
  await openJournal(other);
  await unlock(other);
  await other.evaluate(() => (window as unknown as { anHourLater: () => void }).anHourLater());
  await expect(secretField(other)).toBeVisible(patient);
  await page.waitForTimeout(500);
  await atHome(page);
  await expect(secretField(page)).toHaveCount(0);
});

test("a page whose program is gone from the site puts away what was typed, says so, and goes on once it is loaded again", async ({ page, context, troubles }) => {
  troubles.announce(/journal-worker/);
  await makeJournal(page);
  await page.getByRole("button", { name: /^Write/ }).first().click();
  await page.locator("#journal textarea").first().fill("The site was renewed while I wrote");
  await context.route("**/pkg/journal-worker*", (route) => route.fulfill({ status: 404, body: "" }));
  await page.getByRole("button", { name: "Lock", exact: true }).click();
  await expect(page.getByRole("heading", { name: "The journal has stopped" })).toBeVisible(patient);
  await expect(page.getByText("What was saved is safe").first()).toBeVisible();
  await context.unroute("**/pkg/journal-worker*");
  await page.getByRole("link", { name: "Load the page again" }).click();
  await unlock(page);
  await expect(page.getByText("The site was renewed while I wrote")).toBeVisible();
});

test("words that are not saved yet are put away before it locks, said to be so after unlocking, and are all there", async ({ page }) => {
  await makeJournal(page);
  const text = page.getByLabel("Text", { exact: true });
  await page.getByRole("list", { name: "Begin" }).getByRole("button", { name: "Write" }).click();
  await text.fill("The water was warm,");
  for (const more of [" and then", " it was quiet"]) {
    // At once: no draft has been written of these words when it is locked.
    await text.press("End");
    await page.keyboard.insertText(more);
    const whole = await text.inputValue();
    expect(whole).toMatch(new RegExp(`${more}$`));
    await lock(page);
    await unlock(page);
    const waiting = page.getByRole("region", { name: "Not saved yet" });
    await expect(waiting).toContainText("You typed this and did not save it. It is kept on this device until you do.");
    await waiting.getByRole("button").first().click();
    await expect(text).toHaveValue(whole);
  }
  // By itself, too, when nobody is there.
  await page.clock.install();
  await page.reload();
  await unlock(page);
  await page.getByRole("region", { name: "Not saved yet" }).getByRole("button").first().click();
  await text.press("End");
  await page.keyboard.insertText(".");
  await page.clock.fastForward("01:00:00");
  await page.clock.runFor(2_000);
  await expect(secretField(page)).toBeVisible(patient);
  await expect(page.getByRole("status").filter({ hasText: "What you wrote was put away first." })).toBeVisible();
  // The clock that was moved takes no timer back; a fresh page has none.
  await page.reload();
  await unlock(page);
  await page.getByRole("region", { name: "Not saved yet" }).getByRole("button").first().click();
  await expect(text).toHaveValue("The water was warm, and then it was quiet.");
});

test("a photo that takes longer than locking waits for does not lock the journal again once it is open", async ({ page }) => {
  // When the photo is made, and is to be sealed all the same.
  await page.addInitScript(() => {
    const post = Worker.prototype.postMessage as (this: Worker, ...given: unknown[]) => void;
    Worker.prototype.postMessage = function (this: Worker, ...given: unknown[]) {
      const [letter] = given as [[number, number, Uint8Array]];
      if (new TextDecoder().decode(letter[2]).startsWith('{"PushAttachment"')) Object.assign(window, { sealed: true });
      post.apply(this, given);
    };
  });
  await makeJournal(page);
  await page.getByRole("list", { name: "Begin" }).getByRole("button", { name: "Write" }).click();
  await page.getByRole("textbox", { name: "Text", exact: true }).fill("The last word is heron");
  await holdPictures(page);
  await page.getByLabel("Add a photo").setInputFiles({ name: "one.png", mimeType: "image/png", buffer: Buffer.from(pixel) });
  await lock(page);
  await unlock(page);
  await page.evaluate(() => (window as unknown as { release: () => void }).release());
  await page.waitForFunction(() => "sealed" in window);
  await page.waitForTimeout(1_000);
  await expect(page.getByText("The last word is heron")).toBeVisible();
  await expect(page.getByRole("alert")).toHaveCount(0);
  await expect(secretField(page)).toHaveCount(0);
});
