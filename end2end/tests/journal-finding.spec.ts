// What was written is found again: by its day, by its words, by what it is; and nothing of the finding is left anywhere.

import { readFileSync } from "node:fs";

import { expect, test } from "../helpers/test.ts";
import { addRecords, ask, atHome, attach, makeJournal, pixel, record } from "../helpers/journal.ts";
import { expectNoSidewaysScroll } from "../helpers/page.ts";
import AxeBuilder from "@axe-core/playwright";
import type { Page } from "@playwright/test";

const day = (back: number) => new Date(Date.now() - back * 86_400_000).toISOString().slice(0, 10);

/** A journal with one thing of each kind. */
async function filled(page: Page) {
  await makeJournal(page);
  const picture = await attach(page, pixel, "image/png", "A heron on a jetty");
  const [sessionId] = await addRecords(page, [
    record("session", day(3), {
      at: `${day(3)}T10:00:00.000+00:00`,
      intention: "Let me put the trying down for an hour.",
      vitals: [{ at: `${day(3)}T09:50:00.000+00:00`, systolic: 124, diastolic: 79, pulse: 66, oxygen: 98 }],
      effects: [{ what: "nausea", note: "for half an hour" }],
    }),
  ]);
  const [capture] = await addRecords(page, [
    record("capture", day(3), {
      session: sessionId,
      pieces: [
        { at: `${day(3)}T11:20:00.000+00:00`, kind: "text", text: "so far away" },
        { at: `${day(3)}T11:31:00.000+00:00`, kind: "image", text: "An arch, and water" },
      ],
      finished: `${day(3)}T11:41:00.000+00:00`,
    }),
  ]);
  await addRecords(page, [
    record("entry", day(0), { title: "The jetty", text: "It was **warm**.\n\n- bread", tags: ["morning"], attachments: [picture] }),
    record("entry", day(1), {
      title: "What stood out",
      origin: { article: "the-first-three-days", anchor: "what-stood-out", title: "The first three days", quoted: "Which moment comes to mind first?" },
      prompts: [
        { question: "Which moment comes to mind first?", answer: "The smell of cinnamon." },
        { question: "What surprised you?", skipped: true },
      ],
      reflects: capture,
      session: sessionId,
      tags: ["morning"],
      themes: ["left outside"],
    }),
    { ...record("check-in", day(1)), day: day(1), mood: 6, anxiety: 0, note: "Walked to the corner and back." },
  ]);
  await expect(page.getByRole("button", { name: "The jetty" })).toBeVisible();
  return { sessionId, capture };
}

const field = (page: Page) => page.getByRole("searchbox", { name: "Search your journal" });

test("an empty journal says what will be here and offers the first step", async ({ page }) => {
  await makeJournal(page);
  await expect(page.getByText("One line is enough to begin")).toBeVisible();
  await expect(page.getByRole("button", { name: "Write a first line" })).toBeEnabled();
  await expectNoSidewaysScroll(page);
});

test("home lists everything by day, the newest first, and leads back to the line that was opened", async ({ page }) => {
  await filled(page);
  await expect(page.getByRole("heading", { level: 3 })).toHaveText(["Today", "Yesterday", /\w+/]);
  await page.getByRole("button", { name: /What stood out/ }).click();
  await expect(page.getByRole("heading", { level: 1, name: "What stood out" })).toBeVisible();
  await expect(page.getByText("The smell of cinnamon.")).toBeVisible();
  await expect(page.getByText("You left this one out.")).toBeVisible();
  await expect(page.getByRole("link", { name: /The first three days/ })).toHaveAttribute("href", "/articles/the-first-three-days#what-stood-out");
  await page.goBack();
  await expect(page.getByRole("button", { name: /What stood out/ })).toBeFocused();
  await expectNoSidewaysScroll(page);
});

test("every kind of thing is shown as what it is", async ({ page }) => {
  await filled(page);
  await page.getByRole("button", { name: /The jetty/ }).click();
  await expect(page.getByRole("img", { name: "A heron on a jetty" })).toBeVisible();
  await page.goBack();
  await page.getByRole("button", { name: /so far away/ }).click();
  await expect(page.getByText("It stays as it was")).toBeVisible();
  await expect(page.getByRole("button", { name: "Edit" })).toHaveCount(0);
  await expect(page.getByRole("button", { name: "Write beside it" })).toBeVisible();
  await expect(page.getByRole("region", { name: "Written beside it" }).getByRole("button", { name: /What stood out/ })).toBeVisible();
  await page.goBack();
  await page.getByRole("button", { name: /put the trying down/ }).click();
  await expect(page.getByRole("table")).toContainText("124 / 79");
  await expect(page.getByRole("region", { name: "What belongs to this session" }).getByRole("button")).toHaveCount(2);
  await page.goBack();
  await page.getByRole("button", { name: /Walked to the corner/ }).click();
  await expect(page.getByText("Mood", { exact: true })).toBeVisible();
  await expect(page.getByText("Energy")).toHaveCount(0);
  await expectNoSidewaysScroll(page);
});

test("a keyboard alone goes from home through the search to a result and back", async ({ page }) => {
  await filled(page);
  await page.keyboard.press("Control+k");
  await expect(page.getByRole("heading", { level: 1, name: "Search" })).toBeVisible();
  await expect(field(page)).toBeFocused();
  await page.keyboard.type("cinnam");
  const found = page.getByRole("region", { name: "Found" });
  await expect(found.getByRole("button", { name: /What stood out/ })).toBeVisible();
  await expect(found.locator("mark").first()).toHaveText(/cinnamon/i);
  await expect(page.locator("#announce")).toHaveText("1 found.");
  await page.keyboard.press("ArrowDown");
  await expect(found.getByRole("button", { name: /What stood out/ })).toBeFocused();
  await page.keyboard.press("Enter");
  await expect(page.getByRole("heading", { level: 1, name: "What stood out" })).toBeFocused();
  await page.goBack();
  await expect(field(page)).toHaveValue("cinnam");
  await expect(found.getByRole("button", { name: /What stood out/ })).toBeVisible();
});

test("words in an answer, beside a picture and in a capture are found", async ({ page }) => {
  await filled(page);
  for (const [words, name] of [
    ["cinnamon", /What stood out/],
    ["heron", /The jetty/],
    ["arch", /so far away/],
    ["nausea", /put the trying down/],
  ] as const) {
    await field(page).fill(words);
    await expect(page.getByRole("region", { name: "Found" }).getByRole("button", { name })).toBeVisible();
  }
  await field(page).fill("zzyzx quux");
  await expect(page.locator(".count", { hasText: "Nothing found." })).toBeVisible();
  await expect(page.getByRole("button", { name: "Look by day" })).toBeVisible();
  await page.keyboard.press("Escape");
  await expect(page.getByRole("heading", { name: "What you have written" })).toBeVisible();
});

test("words that sound like a crisis show help first", async ({ page }) => {
  await filled(page);
  await field(page).fill("i want to die");
  const help = page.getByRole("region", { name: "Help in a crisis" });
  await expect(help).toBeVisible();
  await expect(help.getByRole("link", { name: "Who to call" })).toHaveAttribute("href", "/crisis");
  await help.getByRole("button", { name: "My safety plan" }).click();
  await expect(page.getByRole("heading", { level: 1, name: /safety plan/i })).toBeVisible();
});

test("nothing of a query or a filter is in an address, a title, the history or a store", async ({ page }) => {
  await filled(page);
  await field(page).fill("cinnamon");
  await page.getByRole("region", { name: "Found" }).getByRole("button", { name: /What stood out/ }).click();
  await page.getByRole("button", { name: "#morning" }).click();
  await atHome(page);
  const left = await page.evaluate(async () => {
    const names = (await indexedDB.databases()).map((database) => database.name).join(" ");
    const caches = "caches" in window ? (await window.caches.keys()).join(" ") : "";
    return [location.href, document.title, JSON.stringify(history.state), JSON.stringify({ ...localStorage }), JSON.stringify({ ...sessionStorage }), document.cookie, names, caches].join("\n");
  });
  expect(left).not.toMatch(/cinnamon|morning|jetty/i);
});

test("filters narrow together, show what is set, and are taken away one by one", async ({ page }) => {
  await filled(page);
  await page.getByText("Narrow", { exact: true }).click();
  await page.getByRole("checkbox", { name: "Entries" }).check();
  await page.getByLabel("Tag").selectOption({ label: "morning (2)" });
  await expect(page.getByText("2 found.")).toBeVisible();
  await page.getByLabel("Theme").selectOption({ label: "left outside (1)" });
  await expect(page.getByText("1 found.")).toBeVisible();
  await page.getByLabel("From").fill(day(0));
  await page.getByLabel("From").blur();
  await expect(page.getByText("Nothing that you wrote fits all of this.")).toBeVisible();
  const set = page.getByRole("list", { name: "Only these are shown" });
  await set.getByRole("button", { name: /From/ }).click();
  await expect(page.getByText("1 found.")).toBeVisible();
  await set.getByRole("button", { name: /Theme/ }).click();
  await expect(page.getByText("2 found.")).toBeVisible();
  await set.getByRole("button", { name: "Show everything" }).click();
  await expect(page.getByRole("checkbox", { name: "Entries" })).not.toBeChecked();
  await expect(page.getByRole("button", { name: /so far away/ })).toBeVisible();
  await expectNoSidewaysScroll(page);
});

test("what is deleted can be brought back at once, and for 30 days", async ({ page }) => {
  await filled(page);
  const jetty = page.getByRole("button", { name: /The jetty/ });
  await jetty.click();
  await page.getByRole("button", { name: "Delete" }).click();
  await expect(page.getByText("For 30 days you can bring it back.")).toBeVisible();
  await expect(jetty).toHaveCount(0);
  await page.getByRole("button", { name: "Bring it back" }).click();
  await expect(page.getByRole("heading", { level: 1, name: "The jetty" })).toBeVisible();
  await page.getByRole("button", { name: "Delete" }).click();
  await expect(page.getByText("For 30 days you can bring it back.")).toBeVisible();
  await page.getByText("More", { exact: true }).click();
  await page.getByRole("button", { name: "Deleted", exact: true }).click();
  await expect(page.getByText(/kept until/)).toBeVisible();
  await page.getByRole("button", { name: "Remove what is older than 30 days" }).click();
  await expect(page.getByText("There was nothing that may go yet.")).toBeVisible();
  await page.getByRole("button", { name: "Bring back The jetty" }).click();
  await expect(page.getByText("Nothing is deleted.")).toBeVisible();
});

test("an earlier state stands beside the present one and can become it", async ({ page }) => {
  await makeJournal(page);
  const [id] = await addRecords(page, [record("entry", day(0), { title: "First words", text: "before" })]);
  const changed = record("entry", day(0), { title: "Other words", text: "after" });
  await ask(page, { Save: { id, parent: 1, record: changed } });
  await page.getByRole("button", { name: /Other words/ }).click();
  await page.getByRole("button", { name: "Earlier states" }).click();
  await page.getByRole("button", { name: /First words/ }).click();
  await expect(page.getByRole("region", { name: "Then" })).toContainText("before");
  await expect(page.getByRole("region", { name: "Now" })).toContainText("after");
  await expectNoSidewaysScroll(page);
  await page.getByRole("button", { name: "Make this the present one" }).click();
  await expect(page.getByRole("heading", { level: 1, name: "First words" })).toBeVisible();
  await page.getByRole("button", { name: "Earlier states" }).click();
  await expect(page.getByRole("button", { name: /Other words/ })).toBeEnabled();
});

/** The words of each element. */
const each = (page: Page, selector: string) => page.locator(selector).allInnerTexts();

test("words that only one of two states has are marked in both, whatever stands around them, and what else differs is named", async ({ page }) => {
  await makeJournal(page);
  const first = {
    title: "The jetty",
    text: "It was **warm** and quiet.\n\n- herons\n- boats\n\nNobody came.",
    prompts: [{ question: "What stays?", answer: "The light on the water" }],
  };
  const second = {
    title: "The old jetty",
    text: "It was **cold** and quiet, at last.\n\n- herons\n\nNobody came.",
    prompts: [{ question: "What stays?", answer: "The sound of the water" }],
  };
  const [id] = await addRecords(page, [record("entry", day(0), first)]);
  const save = (parent: number, fields: object, at = day(0)) => ask(page, { Save: { id, parent, record: record("entry", at, fields) } });
  await save(1, { ...second, tags: ["calm"] });
  await save(2, { ...second, tags: ["calm", "water"] }, day(1));
  await save(3, { ...second, text: second.text.replace("**cold**", "*cold*"), tags: ["calm", "water"] }, day(1));
  await save(4, { ...second, tags: ["calm", "water"] }, day(1));
  await page.getByRole("button", { name: /The old jetty/ }).click();
  await page.getByRole("button", { name: "Earlier states" }).click();
  const states = page.getByRole("list", { name: "States, the newest first" }).getByRole("button");
  const said = page.locator(".history > [role=status]");
  await states.nth(4).click();
  await expect(said).toHaveText("Words that only one of the two has are marked. Different as well: day and time, tags.");
  expect(await each(page, ".side del")).toEqual(["warm", "quiet.", "boats", "light on"]);
  expect(await each(page, ".side ins")).toEqual(["old", "cold", "quiet, at last.", "sound of"]);
  await expect(page.getByRole("region", { name: "Then" }).getByRole("deletion")).toHaveCount(4);
  await expect(page.getByRole("region", { name: "Now" }).getByRole("insertion")).toHaveCount(4);
  await expect(page.locator(".side strong del")).toHaveText("warm");
  await expectNoSidewaysScroll(page);
  expect((await new AxeBuilder({ page }).analyze()).violations).toEqual([]);
  // The next state that is chosen is compared by itself: nothing stays marked.
  await states.nth(3).click();
  await expect(said).toHaveText("Only this differs: tags, day and time.");
  await expect(page.locator(".side :is(del, ins)")).toHaveCount(0);
  await expect(page.getByRole("region", { name: "Now" })).toContainText("It was cold and quiet, at last.");
  await states.nth(2).click();
  await expect(said).toHaveText("Both say the same.");
  await states.nth(1).click();
  await expect(said).toHaveText("Only this differs: the form of the text.");
  await states.nth(4).click();
  await expect(page.locator(".side ins")).toHaveCount(4);
  // Another change while both are shown is compared anew.
  await save(5, { ...first, tags: ["calm"] });
  await expect(said).toHaveText("Only this differs: tags.");
  await expect(page.locator(".side :is(del, ins)")).toHaveCount(0);
});

test("of a check-in that differs the parts are named that do", async ({ page }) => {
  await makeJournal(page);
  const [id] = await addRecords(page, [record("check-in", day(0), { day: day(0), mood: 4, note: "slow" })]);
  await ask(page, { Save: { id, parent: 1, record: record("check-in", day(0), { day: day(0), mood: 6, sleep: 7, note: "slow" }) } });
  await page.getByRole("button", { name: /Check-in/ }).first().click();
  await page.getByRole("button", { name: "Earlier states" }).click();
  await page.getByRole("list", { name: "States, the newest first" }).getByRole("button").nth(1).click();
  await expect(page.locator(".history > [role=status]")).toHaveText("Only this differs: mood, sleep.");
});

test("the calendar is walked by arrow keys and shows what a day holds", async ({ page }) => {
  await filled(page);
  await page.getByText("More", { exact: true }).click();
  await page.getByRole("button", { name: "Calendar" }).click();
  await expect(page.getByRole("heading", { level: 1, name: "Calendar" })).toBeFocused();
  const grid = page.getByRole("grid");
  const today = grid.locator('[aria-current="date"]');
  await expect(today).toHaveAttribute("aria-label", /: Entry$/);
  await today.focus();
  const label = (back: number) =>
    new Date(Date.now() - back * 86_400_000).toLocaleDateString("en-GB", { weekday: "long", day: "numeric", month: "long", year: "numeric" });
  await page.keyboard.press("ArrowLeft");
  await expect(page.locator(":focus")).toHaveAttribute("aria-label", `${label(1)}: Entry, Check-in`);
  await page.keyboard.press("Enter");
  await expect(page.getByRole("heading", { level: 2, name: "Yesterday" })).toBeVisible();
  await expect(page.getByRole("button", { name: /What stood out/ })).toBeVisible();
  await page.keyboard.press("PageUp");
  await expect(page.locator(":focus")).toHaveAttribute("aria-label", /nothing written/);
  await page.keyboard.press("PageDown");
  await page.keyboard.press("ArrowUp");
  await expect(page.locator(":focus")).toHaveAttribute("aria-label", new RegExp(label(8)));
  await page.getByRole("button", { name: "Today" }).click();
  await page.getByText("This month as a list").click();
  await expect(page.getByRole("listitem").filter({ hasText: label(0) })).toContainText("Entry");
  await expectNoSidewaysScroll(page);
});

test("a long journal is made page by page, and older ones come as they are looked for", async ({ page }) => {
  await makeJournal(page);
  for (let part = 0; part < 3; part += 1) {
    await addRecords(page, Array.from({ length: 60 }, (_, at) => record("entry", day(part * 60 + at), { title: `Number ${part * 60 + at}` })));
  }
  await expect(page.getByText("50 of 180 are shown.")).toBeVisible();
  await expect(page.locator(".thing")).toHaveCount(50);
  await page.getByRole("button", { name: "Show older ones" }).click();
  await expect.poll(() => page.locator(".thing").count()).toBeGreaterThanOrEqual(100);
});

test("what was asked too long is cut, and said so", async ({ page }) => {
  await filled(page);
  await field(page).fill("heron ".repeat(300));
  await expect(page.getByText("only its first 1,000 characters")).toBeVisible();
});

test("home, reading, the search and the calendar have no barrier that axe sees", async ({ page }) => {
  await filled(page);
  const barriers = async () => (await new AxeBuilder({ page }).analyze()).violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`);
  expect(await barriers(), "home").toEqual([]);
  await page.getByRole("button", { name: /Walked to the corner/ }).click();
  await expect(page.getByText("Mood", { exact: true })).toBeVisible();
  expect(await barriers(), "a check-in").toEqual([]);
  await page.keyboard.press("Control+k");
  await field(page).fill("cinnamon");
  await expect(page.getByText("1 found.").first()).toBeVisible();
  expect(await barriers(), "the search").toEqual([]);
  await page.getByText("More", { exact: true }).click();
  await page.getByRole("button", { name: "Calendar" }).click();
  await page.locator('[role="gridcell"][aria-current="date"]').click();
  await expect(page.getByRole("button", { name: /The jetty/ })).toBeVisible();
  expect(await barriers(), "the calendar").toEqual([]);
});

test("what came along and cannot be shown, such as a film, is named with its size and can be saved", async ({ page }, info) => {
  await makeJournal(page);
  const film = (await attach(page, [...Buffer.from("a film, as far as this journal knows")], "video/quicktime", "")) as object;
  await addRecords(page, [record("entry", day(0), { title: "At the sea", attachments: [{ ...film, name: "IMG_0007.MOV" }] })]);
  await page.getByRole("button", { name: /At the sea/ }).click();
  await expect(page.locator("#journal img, #journal audio")).toHaveCount(0);
  await expect(page.getByText("1 KB. It is kept here, and cannot be shown.")).toBeVisible();
  const [download] = await Promise.all([page.waitForEvent("download"), page.getByRole("link", { name: "Save “IMG_0007.MOV”" }).click()]);
  expect(download.suggestedFilename()).toBe("IMG_0007.MOV");
  const path = info.outputPath("film");
  await download.saveAs(path);
  expect(readFileSync(path, "utf8")).toBe("a film, as far as this journal knows");
});
