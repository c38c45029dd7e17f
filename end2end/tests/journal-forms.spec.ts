// What is filled in more than written: a check-in, a session, a week.

import { addRecords, ask, atHome, begin, makeJournal, record, today } from "../helpers/journal.ts";
import { expectNoSidewaysScroll } from "../helpers/page.ts";
import { expect, test } from "../helpers/test.ts";

test("a check-in says only what was touched, is kept with one button, and is the same one later that day", async ({ page }) => {
  await makeJournal(page);
  await begin(page, "Check in");
  await expect(page.getByRole("heading", { level: 1, name: "Today" })).toBeVisible();
  await expect(page.locator(".check-in")).toMatchAriaSnapshot(`
    - group:
      - text: Mood
      - status: not said
      - slider "Mood"
      - text: Energy
      - slider "Energy"
      - slider "Sleep last night"
      - slider "Anxiety"
      - slider "Connection"
      - group "What you did":
        - checkbox "A journal"
        - checkbox "Meditation"
      - textbox "A line, if you like"
  `);
  const mood = page.getByRole("slider", { name: "Mood" });
  await expect(mood).toHaveAttribute("aria-valuetext", "not said");
  await mood.focus();
  await page.keyboard.press("ArrowRight");
  await expect(mood).toHaveAttribute("aria-valuetext", "6 of 10");
  const anxiety = page.getByRole("slider", { name: "Anxiety" });
  // A touch in the middle says five, though nothing moves.
  await anxiety.click();
  await expect(anxiety).toHaveAttribute("aria-valuetext", "5 of 10");
  const energy = page.getByRole("slider", { name: "Energy" });
  await energy.focus();
  await page.keyboard.press("Enter");
  await expect(energy).toHaveAttribute("aria-valuetext", "5 of 10");
  await page.keyboard.press("Delete");
  await expect(energy).toHaveAttribute("aria-valuetext", "not said");
  await page.getByText("Time outside").click();
  await page.getByRole("button", { name: "Save and close" }).click();
  await atHome(page);
  const { answer } = await ask(page, { List: { filter: { kinds: ["check-in"] }, from: 0, count: 5 } });
  const page1 = answer as { total: number; things: { facts: { scores: [string, number][] } }[] };
  expect(page1.total).toBe(1);
  expect(page1.things[0]!.facts.scores).toEqual([["mood", 6], ["anxiety", 5]]);
  await begin(page, "Check in");
  await expect(mood).toHaveAttribute("aria-valuetext", "6 of 10");
  await expect(page.getByLabel("Time outside")).toBeChecked();
  await expectNoSidewaysScroll(page);
});

test("a session is written down with what is known, and its course gathers it", async ({ page }) => {
  await makeJournal(page);
  await begin(page, "Session");
  await page.getByLabel("Intention").fill("Let me rest");
  await page.getByRole("checkbox", { name: /^My way home is fixed/ }).check();
  await page.getByText("Medicine", { exact: true }).click();
  await page.getByLabel("How it is taken").fill("lozenge or tablet");
  await page.getByLabel("Dose", { exact: true }).fill("1,5");
  await page.getByLabel("Unit").fill("mg/kg");
  await page.getByText("Blood pressure, pulse, oxygen").click();
  await page.getByRole("button", { name: "Add a measurement" }).click();
  await page.getByLabel("Upper pressure").fill("124");
  await page.getByLabel("Oxygen").fill("120");
  await expect(page.getByText("A number from 0 to 100")).toBeVisible();
  await page.getByLabel("Oxygen").fill("98");
  await page.getByRole("button", { name: "Done" }).click();
  await expect(page.getByText("Let me rest").first()).toBeVisible();
  const { answer } = await ask(page, { List: { filter: { kinds: ["session"] }, from: 0, count: 1 } });
  const [{ id }] = (answer as { things: { id: string }[] }).things as [{ id: string }];
  const { answer: opened } = await ask(page, { Open: { id } });
  expect((opened as { record: object }).record).toMatchObject({
    intention: "Let me rest",
    route: "lozenge or tablet",
    dose: { amount: 1.5, unit: "mg/kg" },
    vitals: [{ systolic: 124, oxygen: 98 }],
  });
});

test("a week gathers what it had and asks the article's questions", async ({ page }) => {
  await makeJournal(page);
  await addRecords(page, [
    record("check-in", today(), { day: today(), mood: 7 }),
    record("session", today(), { at: `${today()}T10:00:00.000+00:00`, intention: "Let me rest" }),
  ]);
  await page.getByText("More", { exact: true }).click();
  await page.getByRole("button", { name: "This week" }).click();
  const had = page.getByRole("region", { name: "What the week had" });
  await expect(had).toContainText("mood 7");
  await expect(had).toContainText("Let me rest");
  await page.getByRole("textbox").first().fill("In part");
  await page.getByRole("button", { name: "Done" }).click();
  await expect(page.getByText("In part", { exact: true })).toBeVisible();
  await expectNoSidewaysScroll(page);
});

test("things to tick and measurements that are taken away can be brought back, each to its place", async ({ page }) => {
  await makeJournal(page);
  await begin(page, "Session");
  const lines = page.locator(".ticks .items > li");
  const all = await lines.allInnerTexts();
  expect(all.length).toBeGreaterThan(3);
  const away = (place: number) => lines.nth(place).getByRole("button", { name: /^Take away/ }).click();
  await away(1);
  await away(2);
  await away(0);
  await expect(lines.nth(0).getByRole("button", { name: "Bring it back" })).toBeFocused();
  await expect(page.getByText("Taken out.")).toHaveCount(3);
  await expect(lines).toHaveCount(all.length);
  for (const place of [2, 0, 1]) await lines.nth(place).getByRole("button", { name: "Bring it back" }).click();
  expect(await lines.allInnerTexts()).toEqual(all);
  await page.getByText("Blood pressure, pulse, oxygen").click();
  await page.getByRole("button", { name: "Add a measurement" }).click();
  await page.getByLabel("Pulse, a minute").fill("61");
  await page.getByRole("button", { name: "Take it away" }).click();
  await expect(page.getByLabel("Pulse, a minute")).toHaveCount(0);
  await page.getByRole("button", { name: "Bring it back" }).click();
  await expect(page.getByLabel("Pulse, a minute")).toHaveValue("61");
});
