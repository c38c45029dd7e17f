// What is typed is kept: within a second as a draft, and for good when it is saved.

import { addRecords, ask, begin, comeBack, home, makeJournal, record, status, text, today } from "../helpers/journal.ts";
import { expectNoSidewaysScroll } from "../helpers/page.ts";
import { expect, test } from "../helpers/test.ts";

test("a sentence that was not finished when the tab was closed is there after unlocking", async ({ page }) => {
  await makeJournal(page);
  await begin(page, "Write");
  await text(page).pressSequentially("The water was warm, and then");
  await status(page, "Kept as a draft");
  const again = await comeBack(page);
  await again.getByRole("region", { name: "Not saved yet" }).getByRole("button").first().click();
  await expect(text(again)).toHaveValue("The water was warm, and then");
  await text(again).press("End");
  await text(again).pressSequentially(" it was quiet.");
  await again.getByRole("button", { name: "Done" }).click();
  await expect(again.getByText("The water was warm, and then it was quiet.")).toBeVisible();
  await home(again);
  await expect(again.getByRole("region", { name: "Not saved yet" })).toHaveCount(0);
});

test("a tab that is killed while one types loses no more than the last second", async ({ page }) => {
  await makeJournal(page);
  await begin(page, "Write");
  // Without a pause in which everything could be kept.
  await text(page).pressSequentially("0123456789".repeat(4), { delay: 60 });
  const kept = await page.evaluate(() => performance.now());
  await text(page).pressSequentially("and more", { delay: 40 });
  const again = await comeBack(page);
  await again.getByRole("region", { name: "Not saved yet" }).getByRole("button").first().click();
  expect((await text(again).inputValue()).length, `typed until ${kept} ms`).toBeGreaterThanOrEqual(30);
});

test("leaving saves, and what was left empty is not kept", async ({ page }) => {
  await makeJournal(page);
  await begin(page, "Write");
  await text(page).fill("Left without a button");
  await home(page);
  await expect(page.getByRole("region", { name: "What you have written" })).toContainText("Left without a button");
  await begin(page, "Write");
  await text(page).fill("x");
  await status(page, "Kept as a draft");
  await text(page).fill("");
  await home(page);
  const { answer } = await ask(page, { List: { filter: {}, from: 0, count: 10 } });
  expect((answer as { total: number }).total).toBe(1);
  await expect(page.getByRole("region", { name: "Not saved yet" })).toHaveCount(0);
});

test("what was emptied again is gone, in whatever moment one leaves", async ({ page }) => {
  await makeJournal(page);
  const drafts = async () => (await ask(page, { Drafts: null })).answer;
  // A draft is written from 400 ms after the last key on: before, while and after.
  for (const pause of [0, 395, 402, 410, 450]) {
    await begin(page, "Write");
    await text(page).fill("x");
    await page.waitForTimeout(pause);
    await text(page).fill("");
    await page.waitForTimeout(pause % 100);
    await home(page);
    await expect.poll(drafts, `left ${pause} ms after the last key`).toEqual([]);
    await expect(page.getByRole("region", { name: "Not saved yet" })).toHaveCount(0);
  }
});

test("a draft that is opened and emptied is gone", async ({ page }) => {
  await makeJournal(page);
  await begin(page, "Write");
  await text(page).fill("x");
  await status(page, "Kept as a draft");
  const again = await comeBack(page);
  await again.getByRole("region", { name: "Not saved yet" }).getByRole("button").first().click();
  await text(again).fill("");
  await home(again);
  await expect(again.getByRole("region", { name: "Not saved yet" })).toHaveCount(0);
  const { answer } = await ask(again, { List: { filter: {}, from: 0, count: 10 } });
  expect((answer as { total: number }).total).toBe(0);
});

test("what was changed elsewhere meanwhile is shown beside what was written here, and the keeper chooses", async ({ page }) => {
  await makeJournal(page);
  const [id] = await addRecords(page, [record("entry", today(), { text: "As it was" })]);
  await page.getByRole("button", { name: /As it was/ }).click();
  await page.getByRole("button", { name: "Edit" }).click();
  await text(page).fill("Mine");
  await status(page, "Kept as a draft");
  await ask(page, { Save: { id, parent: 1, record: record("entry", today(), { text: "Theirs" }) } });
  await page.getByRole("button", { name: "Save", exact: true }).click();
  await expect(page.getByRole("heading", { name: "Changed in two places" })).toBeVisible();
  await expect(page.getByRole("region", { name: "What you wrote here" })).toContainText("Mine");
  await expect(page.getByRole("region", { name: "What was written elsewhere" })).toContainText("Theirs");
  await page.getByRole("button", { name: "Keep both texts" }).click();
  await expect(page.getByText("Mine")).toBeVisible();
  await expect(page.getByText("Theirs")).toBeVisible();
});

test("where each side changed another part, the changes of both can be kept at once", async ({ page }) => {
  await makeJournal(page);
  const [id] = await addRecords(page, [record("entry", today(), { title: "The jetty", text: "As it was" })]);
  await page.getByRole("button", { name: /The jetty/ }).click();
  await page.getByRole("button", { name: "Edit" }).click();
  await text(page).fill("As it is");
  await status(page, "Kept as a draft");
  await ask(page, { Save: { id, parent: 1, record: record("entry", today(), { title: "The bridge", text: "As it was" }) } });
  await page.getByRole("button", { name: "Save", exact: true }).click();
  await page.getByRole("button", { name: "Keep the changes of both" }).click();
  await expect(page.getByRole("heading", { level: 1, name: "The bridge" })).toBeVisible();
  await expect(page.getByText("As it is", { exact: true })).toBeVisible();
  await expect(page.getByText("As it was")).toHaveCount(0);
});

test("writing works with a keyboard alone, and formatting comes only when it is asked for", async ({ page }) => {
  await makeJournal(page);
  await begin(page, "Write");
  const bar = page.getByRole("toolbar", { name: "Formatting" });
  await expect(bar).toBeHidden();
  await text(page).focus();
  await page.keyboard.type("/");
  await expect(bar).toBeVisible();
  await page.keyboard.press("Shift+Tab");
  await expect(bar.getByRole("button", { name: "Italic" })).toBeFocused();
  for (let back = 0; back < 4; back++) await page.keyboard.press("Shift+Tab");
  await page.keyboard.press("Enter");
  await page.keyboard.type("bread");
  await page.keyboard.press("Enter");
  await page.keyboard.type("milk");
  await page.keyboard.press("Enter");
  await page.keyboard.press("Enter");
  await page.keyboard.type("then");
  await expect(text(page)).toHaveValue("- bread\n- milk\nthen");
  await page.keyboard.press("Shift+ArrowLeft");
  await expect(bar).toBeVisible();
  await page.keyboard.press("Escape");
  await expect(bar).toBeHidden();
  await page.keyboard.press("Control+s");
  await status(page, "Saved");
  await expect(page.locator(".writing")).toMatchAriaSnapshot(`
    - heading /\\d{4}/ [level=1]
    - group:
      - textbox "Title"
      - textbox "Text"
      - paragraph:
        - button "Preview"
      - group: Tags, themes, date
    - paragraph: Saved
    - button "Capture"
    - button "Save"
    - button "Done"
  `);
  await expectNoSidewaysScroll(page);
});

test("tags are put on and taken off, and those in use are offered", async ({ page }) => {
  await makeJournal(page);
  await addRecords(page, [record("entry", today(), { text: "Earlier", tags: ["water"] })]);
  await begin(page, "Write");
  await text(page).fill("Now");
  await page.getByText("Tags, themes, date").click();
  await expect(page.locator("datalist option").first()).toHaveAttribute("value", "water");
  await page.getByLabel("Tags").fill("door, water");
  await page.getByLabel("Tags").press("Enter");
  await page.getByRole("button", { name: "Take away door" }).click();
  await page.getByRole("button", { name: "Done" }).click();
  await expect(page.getByRole("heading", { level: 1, name: "Entry" })).toBeVisible();
  await expect(page.getByText("Now", { exact: true })).toBeVisible();
  await expect(page.getByText("water")).toBeVisible();
  await expect(page.getByText("door", { exact: true })).toHaveCount(0);
});
