// What is typed is read as it was meant or said to be unread, and what was taken back can be put there again.

import type { Page } from "@playwright/test";
import { expect, test } from "../helpers/test.ts";
import { ask, atHome, begin, home, makeJournal, openJournal, status, text, unlock } from "../helpers/journal.ts";
import { expectNoSidewaysScroll } from "../helpers/page.ts";

const button = (page: Page, name: string) => page.getByRole("button", { name, exact: true });
const waiting = (page: Page) => page.getByRole("region", { name: "Not saved yet" });

/** The first saved thing of a kind, as it is stored. */
async function saved(page: Page, kind: string) {
  const { answer } = await ask(page, { List: { filter: { kinds: [kind] }, from: 0, count: 1 } });
  const [{ id }] = (answer as { things: { id: string }[] }).things as [{ id: string }];
  const { answer: opened } = await ask(page, { Open: { id } });
  return (opened as { record: object }).record;
}

test("a dose that is typed with its unit is read as both, and what cannot be read says so and stays", async ({ page }) => {
  await makeJournal(page);
  await begin(page, "Session");
  await page.getByText("Medicine", { exact: true }).click();
  const dose = page.getByLabel("Dose", { exact: true });
  await dose.pressSequentially("25 mg");
  await expect(page.getByLabel("Unit")).toHaveValue("mg");
  await dose.fill("25-50 mg");
  await expect(page.getByRole("alert")).toContainText("A number, with its unit if you like");
  await expect(dose).toHaveValue("25-50 mg");
  await expectNoSidewaysScroll(page);
  await dose.fill("0,5 mg/kg");
  await expect(page.getByRole("alert")).toHaveCount(0);
  await expect(page.getByLabel("Unit")).toHaveValue("mg/kg");
  await button(page, "Done").click();
  await expect(page.getByText("0.5 mg/kg")).toBeVisible();
  expect(await saved(page, "session")).toMatchObject({ dose: { amount: 0.5, unit: "mg/kg" } });
});

test("hours of sleep are read as clocks show them, and what cannot be read says so and stays", async ({ page }) => {
  await makeJournal(page);
  await begin(page, "Check in");
  await page.getByText("Sleep, movement, food, people").click();
  const slept = page.getByLabel("Hours of sleep");
  await slept.fill("about seven");
  await expect(page.getByRole("alert")).toHaveText("A number from 0 to 24, such as 7.5 or 7:30");
  await expect(slept).toHaveValue("about seven");
  // It is not said behind the foot.
  const foot = (await page.locator(".foot").boundingBox())!;
  await expect.poll(async () => { const said = (await page.getByRole("alert").boundingBox())!; return said.y + said.height; }).toBeLessThanOrEqual(foot.y);
  await slept.fill("");
  await expect(page.getByRole("alert")).toHaveCount(0);
  await slept.pressSequentially("7:30");
  await expect(page.getByRole("alert")).toHaveCount(0);
  await button(page, "Save and close").click();
  await atHome(page);
  expect(await saved(page, "check-in")).toMatchObject({ lifestyle: { sleepMinutes: 450 } });
});

test("what stays when something before it is taken away shows what it says itself", async ({ page }) => {
  await makeJournal(page);
  await begin(page, "Session");
  await page.getByText("Blood pressure, pulse, oxygen").click();
  await button(page, "Add a measurement").click();
  await button(page, "Add a measurement").click();
  await page.getByLabel("Pulse").first().fill("61");
  await page.getByLabel("Oxygen").last().fill("98");
  await page.locator(".vital").first().getByRole("button", { name: "Take it away" }).click();
  await expect(page.getByLabel("Pulse")).toHaveValue("");
  await expect(page.getByLabel("Oxygen")).toHaveValue("98");
  const list = page.getByRole("group", { name: "The day before" });
  await list.getByRole("checkbox").first().check();
  await list.getByRole("button", { name: /^Take away/ }).first().click();
  await expect(list.getByRole("checkbox", { checked: true })).toHaveCount(0);
});

test("what was taken back can be put there again, by button and by key, also after the page was loaded again", async ({ page }) => {
  await makeJournal(page);
  await begin(page, "Write");
  await text(page).fill("The water was warm, and then it was quiet.");
  await expect(button(page, "Redo")).toHaveCount(0);
  await button(page, "Undo").click();
  await expect(text(page)).toHaveValue("");
  await expect(button(page, "Undo")).toHaveCount(0);
  await expect(text(page)).toBeFocused();
  await page.keyboard.press("Control+Shift+Z");
  await expect(text(page)).toHaveValue("The water was warm, and then it was quiet.");
  await button(page, "Undo").click();
  await text(page).press("Control+y");
  await expect(text(page)).toHaveValue("The water was warm, and then it was quiet.");
  await button(page, "Undo").click();
  await expect(button(page, "Redo")).toBeVisible();
  await status(page, "Kept as a draft");
  const again = await page.context().newPage();
  await page.close();
  await openJournal(again);
  await unlock(again);
  await waiting(again).getByRole("button").first().click();
  await button(again, "Redo").click();
  await expect(text(again)).toHaveValue("The water was warm, and then it was quiet.");
  await expect(button(again, "Redo")).toHaveCount(0);
});

test("what the browser itself can put there again it puts there, once", async ({ page }) => {
  await makeJournal(page);
  await begin(page, "Write");
  await text(page).pressSequentially("one two");
  await page.keyboard.press("Control+z");
  const less = await text(page).inputValue();
  expect(less.length).toBeLessThan(7);
  await page.keyboard.press("Control+Shift+Z");
  await expect(text(page)).toHaveValue("one two");
});

test("who takes everything back and leaves finds it among what is not saved", async ({ page }) => {
  await makeJournal(page);
  for (const leave of [home, (page: Page) => button(page, "Done").click()]) {
    await begin(page, "Write");
    await text(page).fill("Hardly to be said");
    await button(page, "Undo").click();
    await leave(page);
    await home(page);
    await waiting(page).getByRole("button", { name: "Go on writing" }).click();
    await button(page, "Redo").click();
    await expect(text(page)).toHaveValue("Hardly to be said");
    await button(page, "Done").click();
    await expect(page.getByText("Hardly to be said")).toBeVisible();
    await home(page);
    await expect(waiting(page)).toHaveCount(0);
  }
});
