// What is typed is kept: within a second as a draft, for good when it is saved, and as plain text that fetches nothing.

import type { Page } from "@playwright/test";
import { expect, test } from "../helpers/test.ts";
import { addRecords, ask, atHome, everythingFetched, holdPictures, makeJournal, openJournal, passphrase, record, unlock } from "../helpers/journal.ts";
import { expectNoSidewaysScroll, wake } from "../helpers/page.ts";

const today = () => new Date().toISOString().slice(0, 10);

async function begin(page: Page, name: string) {
  await page.getByRole("list", { name: "Begin" }).getByRole("button", { name }).click();
}

async function home(page: Page) {
  await page.getByRole("navigation", { name: "Journal" }).getByRole("button", { name: "Journal" }).click();
  await atHome(page);
}

async function go(page: Page, place: string) {
  await page.getByText("More", { exact: true }).click();
  await page.getByRole("navigation", { name: "Journal" }).getByRole("button", { name: place, exact: true }).click();
  await expect(page.getByRole("heading", { level: 1, name: place })).toBeVisible();
}

const text = (page: Page) => page.getByLabel("Text", { exact: true });
const status = (page: Page, words: string) => expect(page.locator(".foot .status")).toHaveText(words);

/** The same keeper in a new tab, the old one gone without a word. */
async function comeBack(page: Page): Promise<Page> {
  const next = await page.context().newPage();
  await page.close();
  await openJournal(next);
  await unlock(next);
  return next;
}

/** Bytes of all that is stored as a thing, by its name: what somebody with the disk can see. */
async function sizes(page: Page): Promise<Record<string, number>> {
  return page.evaluate(async () => {
    const opened = await new Promise<IDBDatabase>((done, failed) => {
      const request = indexedDB.open("doorway-vault");
      request.onsuccess = () => done(request.result);
      request.onerror = () => failed(request.error);
    });
    const store = opened.transaction("heads").objectStore("heads");
    const all = <T>(request: IDBRequest<T>) => new Promise<T>((done) => (request.onsuccess = () => done(request.result)));
    const [keys, values] = [await all(store.getAllKeys()), await all(store.getAll())];
    opened.close();
    const bytes = (value: unknown): number => {
      if (value instanceof ArrayBuffer || ArrayBuffer.isView(value)) return value.byteLength;
      return value && typeof value === "object" ? Object.values(value).reduce((sum: number, one) => sum + bytes(one), 0) : 0;
    };
    const hex = (key: unknown) => [...new Uint8Array(key as ArrayBuffer)].map((one) => one.toString(16).padStart(2, "0")).join("");
    return Object.fromEntries(keys.map((key, at) => [hex(key), bytes(values[at])]));
  });
}

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

test("T18 a mood, one character and 900 characters are the same size on disk", async ({ page }) => {
  await makeJournal(page);
  const ids = await addRecords(page, [
    record("check-in", today(), { day: today(), mood: 3 }),
    record("entry", today(), { text: "x" }),
    record("entry", today(), { title: "Nine hundred", tags: ["long"], text: "x".repeat(900) }),
    record("capture", today(), { pieces: [] }),
  ]);
  const all = await sizes(page);
  const [mood, ...others] = ids.map((id) => all[id]);
  expect(mood).toBeGreaterThan(4096);
  expect(others).toEqual([mood, mood, mood]);
});

test("T19 markup in an entry fetches nothing, runs nothing, and leads out only when it is followed", async ({ page }) => {
  await makeJournal(page);
  await everythingFetched(page);
  const fetched: string[] = [];
  page.on("request", (request) => fetched.push(request.url()));
  await begin(page, "Write");
  await text(page).fill(
    [
      "# A heading with *emphasis* and **weight**",
      "- [x] bread\n- [ ] milk",
      "> said",
      "![a picture](https://evil.example/a.png) <img src=https://evil.example/b.png onerror=alert(1)>",
      "<script>alert(1)</script> <style>@import 'https://evil.example/c.css'</style>",
      "[a page](https://evil.example/page) [no](javascript:alert(1)) <https://evil.example/auto>",
      "[![x](https://evil.example/d.png)](https://evil.example/e)",
    ].join("\n\n"),
  );
  await page.getByRole("button", { name: "Preview" }).click();
  const look = async () => {
    const written = page.locator(".written").first();
    await expect(written.getByRole("heading", { name: "A heading with emphasis and weight" })).toBeVisible();
    await expect(written.locator("img, script, style, iframe, object")).toHaveCount(0);
    await expect(written).toContainText("<script>alert(1)</script>");
    await expect(written).toContainText("a picture (https://evil.example/a.png)");
    const links = await written.locator("a").evaluateAll((all) => all.map((link) => [link.getAttribute("href"), link.getAttribute("rel")]));
    expect(links.length).toBe(3);
    for (const [href, rel] of links) {
      expect(href).toMatch(/^https:\/\/evil\.example\//);
      expect(rel).toContain("noreferrer");
    }
  };
  await look();
  await page.getByRole("button", { name: "Done" }).click();
  await look();
  expect(fetched.filter((url) => !url.startsWith("blob:"))).toEqual([]);
});

test("a photo is made smaller, loses what the camera wrote beside it, and is described", async ({ page }) => {
  await makeJournal(page);
  await begin(page, "Write");
  // A JPEG with an EXIF segment that names a place.
  const jpeg = await page.evaluate(async () => {
    const canvas = new OffscreenCanvas(3000, 1500);
    canvas.getContext("2d")!.fillRect(0, 0, 1500, 1500);
    const bytes = new Uint8Array(await (await canvas.convertToBlob({ type: "image/jpeg" })).arrayBuffer());
    const place = new TextEncoder().encode("Exif\0\0SECRET-PLACE");
    const segment = [0xff, 0xe1, 0, place.length + 2, ...place];
    return [...bytes.slice(0, 2), ...segment, ...bytes.slice(2)];
  });
  await page.getByLabel("Add a photo").setInputFiles({ name: "IMG_0001.jpg", mimeType: "image/jpeg", buffer: Buffer.from(jpeg) });
  await expect(page.locator(".photos img")).toBeVisible();
  await page.getByLabel("What does it show?").fill("The jetty in the morning");
  await page.getByRole("button", { name: "Done" }).click();
  await expect(page.getByRole("img", { name: "The jetty in the morning" })).toBeVisible();
  const { answer } = await ask(page, { List: { filter: {}, from: 0, count: 1 } });
  const [{ id }] = (answer as { things: { id: string }[] }).things as [{ id: string }];
  const { answer: opened } = await ask(page, { Open: { id } });
  const photo = (opened as { record: { attachments: Record<string, unknown>[] } }).record.attachments[0]!;
  expect(photo).toMatchObject({ width: 2048, height: 1024, alt: "The jetty in the morning" });
  expect(JSON.stringify(photo)).not.toContain("IMG_0001");
  const { beside } = await ask(page, { ReadAttachment: { id: photo.id, part: 0 } });
  const stored = Buffer.from(beside.flat());
  expect(stored.length).toBe(photo.bytes);
  expect(stored.includes("SECRET-PLACE") || stored.includes("Exif")).toBe(false);
});

test("a block of an article becomes an entry, and nothing of it reaches the server", async ({ page }) => {
  await makeJournal(page);
  const sent: string[] = [];
  page.on("request", (request) => sent.push(`${request.url()} ${request.postData() ?? ""} ${JSON.stringify(request.headers())}`));
  await page.goto("/articles/the-first-three-days");
  await wake(page);
  const block = page.locator('.block[data-kind="questions"]').first();
  const questions = await block.locator("li").allTextContents();
  const label = (await block.locator(".label").textContent())!.trim();
  await block.getByRole("link", { name: "Write about this" }).click();
  await expect(page).toHaveURL(/\/journal$/);
  await page.getByLabel("Passphrase", { exact: true }).fill(passphrase);
  await page.getByRole("button", { name: "Unlock", exact: true }).click();
  await expect(page.getByLabel(questions[0]!.trim())).toBeVisible();
  await expect(page.getByText("What the article says")).toBeVisible();
  await page.getByLabel(questions[0]!.trim()).fill("The smell of cinnamon");
  await page.getByRole("button", { name: "Done" }).click();
  await expect(page.getByText("The smell of cinnamon")).toBeVisible();
  await expect(page.locator('a[href^="/articles/the-first-three-days#"]').first()).toBeVisible();
  const words = [encodeURIComponent(label), label, questions[0]!.trim(), "write=", "cinnamon"];
  expect(sent.filter((request) => words.some((word) => request.includes(word)))).toEqual([]);
  expect(await page.evaluate(() => JSON.stringify([location.href, history.state, document.title, { ...localStorage }]))).not.toContain(label);
});

test("questions are answered one at a time or all at once, and any can be left out", async ({ page }) => {
  await makeJournal(page);
  await begin(page, "Write");
  await page.getByText("Begin from a set of questions").click();
  await page.getByRole("button", { name: "The days after" }).click();
  await expect(page.getByText("1 of 5")).toBeVisible();
  await page.getByRole("button", { name: "Leave this one out" }).click();
  await page.getByRole("button", { name: "Next" }).click();
  await expect(page.getByText("2 of 5")).toBeVisible();
  await expect(page.locator(".question textarea")).toBeFocused();
  await page.keyboard.type("My sister, a little");
  await page.getByRole("button", { name: "Show all questions" }).click();
  await expect(page.getByText("Left out. Answer it after all")).toBeVisible();
  await expect(page.locator(".question textarea").first()).toHaveValue("My sister, a little");
  await page.getByRole("button", { name: "Done" }).click();
  await expect(page.getByText("My sister, a little")).toBeVisible();
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

/** Photos as a camera gives them: large ones, and one that is none. */
async function photos(page: Page, ...names: string[]) {
  const jpeg = await page.evaluate(async () => {
    const canvas = new OffscreenCanvas(3600, 2400);
    const context = canvas.getContext("2d")!;
    for (let at = 0; at < 60; at += 1) {
      context.fillStyle = `hsl(${at * 6} 60% 50%)`;
      context.fillRect((at * 970) % 3600, (at * 610) % 2400, 300, 300);
    }
    return [...new Uint8Array(await (await canvas.convertToBlob({ type: "image/jpeg", quality: 0.5 })).arrayBuffer())];
  });
  const bytes = (name: string) => Buffer.from(name.startsWith("broken") ? [0xff, 0xd8, 1, 2, 3] : jpeg);
  return names.map((name) => ({ name, mimeType: "image/jpeg", buffer: bytes(name) }));
}

test("photos that are chosen while another is made smaller are all taken in, and Done waits for them", async ({ page }) => {
  await makeJournal(page);
  await begin(page, "Write");
  const [one, two, three] = await photos(page, "one.jpg", "two.jpg", "three.jpg");
  const input = page.getByLabel("Add a photo");
  await input.setInputFiles(one!);
  await input.setInputFiles([two!, three!]);
  await page.getByRole("button", { name: "Done" }).click();
  await expect(page.getByRole("button", { name: "Edit" })).toBeVisible({ timeout: 15_000 });
  await expect(page.locator("#journal img")).toHaveCount(3);
});

test("a photo that is still made smaller is kept if one leaves or locks", async ({ page }) => {
  await makeJournal(page);
  await begin(page, "Write");
  await text(page).fill("By the water");
  const [one, two] = await photos(page, "one.jpg", "two.jpg");
  await page.getByLabel("Add a photo").setInputFiles(one!);
  await home(page);
  const lines = page.getByRole("region", { name: "What you have written" });
  await lines.getByRole("button", { name: /By the water/ }).click();
  await expect(page.locator("#journal img")).toHaveCount(1);
  await page.getByRole("button", { name: "Edit" }).click();
  await page.getByLabel("Add a photo").setInputFiles(two!);
  await page.getByRole("button", { name: "Lock", exact: true }).click();
  await unlock(page);
  await page.getByRole("region", { name: "Not saved yet" }).getByRole("button").first().click();
  await expect(page.locator(".photos img")).toHaveCount(2);
});

test("a picture that cannot be read is named and nothing else is said, and the others are taken in", async ({ page }) => {
  await makeJournal(page);
  await begin(page, "Write");
  // What was on its way and did not come is seen, even where one was about to go on: while the last is still being made.
  const done = await page.getByRole("button", { name: "Done" }).elementHandle();
  await done!.evaluate((button) => {
    const last = new MutationObserver(() => {
      if (!document.querySelector("[role=alert]")) return;
      last.disconnect();
      (button as HTMLElement).click();
    });
    last.observe(document.getElementById("journal")!, { childList: true, subtree: true });
  });
  await page.getByLabel("Add a photo").setInputFiles(await photos(page, "one.jpg", "broken.jpg", "two.jpg"));
  await expect(page.locator(".photos img")).toHaveCount(2, { timeout: 15_000 });
  const said = page.getByRole("alert");
  await expect(said).toHaveText("“broken.jpg” was not added. This browser cannot read it. Try it as JPEG or PNG.");
  await status(page, "Saved");
  await page.getByLabel("Add a photo").setInputFiles(await photos(page, "three.jpg"));
  await expect(page.locator(".photos img")).toHaveCount(3);
  await expect(said).toHaveCount(0);
  await page.getByRole("button", { name: "Done" }).click();
  await expect(page.getByRole("button", { name: "Edit" })).toBeVisible();
  await expect(page.locator("#journal img")).toHaveCount(3);
});

test("a photo that is taken out can be brought back with what was written beside it", async ({ page }) => {
  await makeJournal(page);
  await begin(page, "Write");
  await page.getByLabel("Add a photo").setInputFiles(await photos(page, "one.jpg", "two.jpg"));
  await expect(page.locator(".photos img")).toHaveCount(2);
  await page.getByLabel("What does it show?").first().fill("The jetty");
  await page.getByRole("button", { name: "Take it out" }).first().click();
  await expect(page.locator(".photos img")).toHaveCount(1);
  await expect(page.getByText("Taken out.")).toBeVisible();
  const back = page.getByRole("button", { name: "Bring it back" });
  await expect(back).toBeFocused();
  expect((await back.boundingBox())!.height).toBeGreaterThanOrEqual(44);
  await page.keyboard.press("Enter");
  await expect(page.getByRole("img", { name: "The jetty" })).toBeVisible();
  await expect(page.getByLabel("What does it show?").first()).toHaveValue("The jetty");
  await expect(page.getByRole("button", { name: "Take it out" }).first()).toBeFocused();
  await page.getByRole("button", { name: "Done" }).click();
  await expect(page.locator("#journal img")).toHaveCount(2);
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

test("a photo that is still made smaller when its entry is left is there although the journal is locked at once", async ({ page }) => {
  await makeJournal(page);
  await begin(page, "Write");
  await text(page).fill("By the water");
  await holdPictures(page);
  const pixel = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==";
  await page.getByLabel("Add a photo").setInputFiles({ name: "one.png", mimeType: "image/png", buffer: Buffer.from(pixel, "base64") });
  await home(page);
  // In one breath: locking waits for the photo no longer than for a while.
  await page.getByRole("button", { name: "Lock", exact: true }).evaluate((lock: HTMLElement) => {
    lock.click();
    (window as unknown as { release: () => void }).release();
  });
  await unlock(page);
  await page.getByRole("region", { name: "What you have written" }).getByRole("button", { name: /By the water/ }).click();
  await expect(page.locator("#journal img")).toHaveCount(1);
});
