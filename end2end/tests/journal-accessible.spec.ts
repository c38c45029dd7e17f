// The journal by keyboard and by thumb: where the keyboard is, what closes a menu, and what is large enough to tap.

import { addRecords, ask, atHome, lock, makeJournal, openJournal, passphrase, patient, record, secretField, unlock } from "../helpers/journal.ts";
import { tapBeside } from "../helpers/page.ts";
import { expect, test } from "../helpers/test.ts";

// A key is derived at full cost, and each lock begins a new worker: on a slow machine that takes its time.
test.describe.configure({ timeout: 120_000 });

test("the keyboard is where it is needed: on the field after a slip, on the heading of what has opened, on the list after something is brought back", async ({ page }) => {
  await makeJournal(page);
  await lock(page);
  await secretField(page).fill("not the right one");
  await page.getByRole("button", { name: "Unlock", exact: true }).click();
  await expect(page.getByRole("alert")).toBeVisible(patient);
  await expect(secretField(page)).toBeFocused();
  await unlock(page);
  const heading = page.getByRole("heading", { level: 1 });
  await page.getByRole("list", { name: "Begin" }).getByRole("button", { name: "Check in" }).click();
  await expect(heading).toBeFocused();
  await page.getByText("More", { exact: true }).click();
  await page.getByRole("button", { name: "This week", exact: true }).click();
  await expect(page.getByRole("button", { name: "The week before" })).toBeVisible();
  await expect(heading).toBeFocused();
  const [id] = await addRecords(page, [record("entry", "2026-11-20", { text: "Only an echo" })]);
  await ask(page, { Delete: { id } });
  await page.getByText("More", { exact: true }).click();
  await page.getByRole("button", { name: "Deleted", exact: true }).click();
  await page.getByRole("button", { name: /^Bring back/ }).click();
  await expect(page.getByText("Nothing is deleted.")).toBeVisible();
  await expect(page.getByRole("heading", { level: 1, name: "Deleted" })).toBeFocused();
});

test("the menu of places closes with Escape and with a tap beside it", async ({ page }) => {
  await makeJournal(page);
  const more = page.getByText("More", { exact: true });
  const calendar = page.getByRole("button", { name: "Calendar", exact: true });
  await more.click();
  await page.keyboard.press("Tab");
  await expect(calendar).toBeFocused();
  await page.keyboard.press("Escape");
  await expect(calendar).toBeHidden();
  await expect(more).toBeFocused();
  await more.click();
  await expect(calendar).toBeVisible();
  await tapBeside(page);
  await expect(calendar).toBeHidden();
});

test("the way in works with a keyboard alone", async ({ page }) => {
  await makeJournal(page);
  await lock(page);
  await secretField(page).focus();
  await page.keyboard.type(passphrase);
  await page.keyboard.press("Enter");
  await atHome(page);
  await expect(page.getByRole("heading", { level: 1 })).toBeFocused();
});

test.describe("on a small phone", () => {
  test.use({ viewport: { width: 360, height: 740 } });

  test("what is to be tapped is 44 pixels each way, and nothing that has the keyboard is covered by the foot", async ({ page }) => {
    /** What is smaller, but for links within a sentence, which may be as high as their line. */
    const small = () => page.evaluate(() =>
      [...document.querySelectorAll<HTMLElement>("#journal :is(button, summary, a, select), header.site :is(a, summary)")]
        .filter((element) => element.checkVisibility() && element.getClientRects().length)
        .map((element) => ({ name: element.innerText || element.outerHTML.slice(0, 80), box: element.getBoundingClientRect() }))
        .filter(({ box }) => box.width < 44 || box.height < 44)
        .map(({ name, box }) => `${name}: ${box.width} × ${box.height}`));
    await openJournal(page);
    await page.getByRole("button", { name: "Make my journal" }).click();
    await secretField(page).fill(passphrase);
    expect(await small()).toEqual([]);
    await page.getByRole("button", { name: "Make my journal" }).click();
    await expect(page.getByRole("button", { name: "Later" })).toBeVisible(patient);
    expect(await small()).toEqual([]);
    await page.getByRole("button", { name: "Later" }).click();
    for (const place of ["Calendar", "This week", "Safety plan"]) {
      await page.getByText("More", { exact: true }).click();
      await page.getByRole("button", { name: place, exact: true }).click();
      await expect(page.locator("#journal .opening")).toHaveCount(0);
      await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
      expect(await small(), place).toEqual([]);
    }
    await page.getByRole("navigation", { name: "Journal" }).getByRole("button", { name: "Journal" }).click();
    await page.getByRole("list", { name: "Begin" }).getByRole("button", { name: "Session" }).click();
    await expect(page.locator(".foot")).toBeVisible();
    expect(await small()).toEqual([]);
    await page.getByRole("heading", { level: 1 }).focus();
    for (let presses = 0; presses < 60; presses++) {
      await page.keyboard.press("Tab");
      const covered = await page.evaluate(() => {
        const element = document.activeElement!;
        const foot = document.querySelector(".foot")!;
        return element.closest("#journal") && !foot.contains(element) && element.getBoundingClientRect().top > foot.getBoundingClientRect().top
          ? element.outerHTML.slice(0, 200) : "";
      });
      expect(covered).toBe("");
      if (await page.locator(".foot :focus").count()) break;
    }
  });
});
