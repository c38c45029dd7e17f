// Capture: words, voice and drawings are kept as they come, and stay as they were once it is finished.

import { existsSync } from "node:fs";
import type { Page } from "@playwright/test";
import { expect, test } from "../helpers/test.ts";
import { ask, atHome, lock, makeJournal, openJournal, play, unlock } from "../helpers/journal.ts";
import { expectNoSidewaysScroll } from "../helpers/page.ts";

const known = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"];

// A microphone that gives a tone, and a browser that allows it without asking.
test.use({
  launchOptions: {
    executablePath: process.env.DOORWAY_CHROMIUM ?? known.find((path) => existsSync(path)),
    args: [
      "--use-fake-device-for-media-stream",
      "--use-fake-ui-for-media-stream",
      ...(process.getuid?.() === 0 ? ["--no-sandbox"] : []),
    ],
  },
});

const capture = (page: Page) => page.getByRole("region", { name: "Capture" });

async function begin(page: Page) {
  await makeJournal(page);
  await page.getByRole("button", { name: "Capture", exact: true }).last().click();
  await expect(page.getByRole("heading", { level: 1, name: "Capture" })).toBeVisible();
}

interface Piece {
  kind: string;
  text?: string;
  attachment?: { id: string; bytes: number; milliseconds?: number; mediaType: string };
}

async function kept(page: Page): Promise<{ id: string; pieces: Piece[]; finished?: string }> {
  const drafts = (await ask(page, { Drafts: null })).answer as { summary: { id: string; kind: string } }[];
  const draft = drafts.find((one) => one.summary.kind === "capture");
  const list = (await ask(page, { List: { filter: { kinds: ["capture"] }, from: 0, count: 1 } })).answer as { things: { id: string }[] };
  const id = draft?.summary.id ?? list.things[0]!.id;
  const opened = (await ask(page, { Open: { id } })).answer as { record: object; draft?: { record: object } };
  return { id, ...((opened.draft?.record ?? opened.record) as { pieces: Piece[] }) };
}

test("the screen has three large buttons for a thumb, four things to ask oneself, and a name for each", async ({ page }) => {
  await begin(page);
  await expect(capture(page)).toMatchAriaSnapshot(`
    - heading "Capture" [level=1]
    - paragraph: /One word is enough/
    - group:
      - group "Ask yourself":
        - button "Images"
        - button "Feelings"
        - button "Thoughts"
        - button "Insights"
    - button "Write"
    - button "Speak"
    - button "Draw"
    - button "Close for now"
  `);
  for (const name of ["Write", "Speak", "Draw"]) {
    const box = (await capture(page).getByRole("button", { name, exact: true }).boundingBox())!;
    expect(box.height).toBeGreaterThanOrEqual(60);
    expect(box.y + box.height).toBeLessThanOrEqual(page.viewportSize()!.height);
  }
  await expect(page.getByText("Crisis help", { exact: true })).toBeVisible();
  await expectNoSidewaysScroll(page);
});

test("words are kept with the question that they answer, and are there after the tab is closed", async ({ page }) => {
  await begin(page);
  await capture(page).getByRole("button", { name: "Write", exact: true }).click();
  await expect(capture(page).getByRole("textbox", { name: /^Words/ })).toBeFocused();
  await page.keyboard.type("An arch over water");
  await capture(page).getByRole("button", { name: "Feelings" }).click();
  await page.keyboard.type("Calm, in the chest");
  await expect(page.locator(".status")).toHaveText("Kept as a draft");
  const next = await page.context().newPage();
  await page.close();
  await openJournal(next);
  await unlock(next);
  await next.getByRole("region", { name: "Not saved yet" }).getByRole("button").first().click();
  await expect(next.getByRole("textbox", { name: /^Words/ })).toHaveValue("An arch over water");
  await expect(next.getByRole("textbox", { name: /^Feelings/ })).toHaveValue("Calm, in the chest");
});

test("keys that follow the touch at once are caught, however late the browser's timers come", async ({ page }) => {
  await page.addInitScript(() => {
    const original = window.setTimeout;
    const late = (act: TimerHandler, wait = 0, ...more: unknown[]) => original(act, Math.max(wait, 300), ...more);
    window.setTimeout = late as typeof setTimeout;
  });
  await begin(page);
  await capture(page).getByRole("button", { name: "Write", exact: true }).click();
  await page.keyboard.type("So far away");
  await expect(capture(page).getByRole("textbox", { name: /^Words/ })).toHaveValue("So far away");
  // Nor does anything take the keyboard away later.
  await page.waitForTimeout(400);
  await page.keyboard.type(", and near");
  await expect(capture(page).getByRole("textbox", { name: /^Words/ })).toHaveValue("So far away, and near");
});

test("a capture in which nothing was caught is not kept", async ({ page }) => {
  await begin(page);
  await capture(page).getByRole("button", { name: "Write", exact: true }).click();
  await expect(page.locator(".status")).toHaveText("Kept as a draft");
  await page.getByRole("button", { name: "Close for now" }).click();
  await atHome(page);
  await expect(page.getByRole("region", { name: "Not saved yet" })).toHaveCount(0);
  const { answer } = await ask(page, { List: { filter: {}, from: 0, count: 1 } });
  expect((answer as { total: number }).total).toBe(0);
});

test("a voice memo is sealed as it is spoken, can be heard, and says how long it is", async ({ page }) => {
  await begin(page);
  await capture(page).getByRole("button", { name: "Speak" }).click();
  await expect(page.getByRole("timer")).toHaveText("0:02", { timeout: 15_000 });
  await page.getByRole("button", { name: "Stop and keep" }).click();
  const sound = page.locator("audio");
  await expect(sound).toBeVisible();
  const played = await play(page);
  expect(played.error).toBeUndefined();
  const { pieces } = await kept(page);
  expect(pieces[0]!.kind).toBe("voice");
  expect(pieces[0]!.attachment!.bytes).toBeGreaterThan(1000);
  expect(pieces[0]!.attachment!.milliseconds).toBeGreaterThan(1500);
});

test("a recording that is cut off by a closed tab can be heard as far as it came", async ({ page }) => {
  await begin(page);
  await capture(page).getByRole("button", { name: "Speak" }).click();
  await expect(page.getByRole("timer")).toHaveText("0:05", { timeout: 20_000 });
  const next = await page.context().newPage();
  await page.close();
  await openJournal(next);
  await unlock(next);
  await next.getByRole("region", { name: "Not saved yet" }).getByRole("button").first().click();
  await expect(next.locator("audio")).toBeVisible();
  await expect(next.getByText("The recording was interrupted. This is all of it.")).toBeVisible();
});

test("a drawing is kept a moment after the last line, and what was wiped comes back", async ({ page, troubles }) => {
  // The browser's advice on reading a canvas often, which only this test does.
  troubles.announce(/willReadFrequently/);
  await begin(page);
  await capture(page).getByRole("button", { name: "Draw" }).click();
  const sheet = page.locator("canvas");
  const box = (await sheet.boundingBox())!;
  const light = () =>
    sheet.evaluate((canvas: HTMLCanvasElement) => {
      const { data } = canvas.getContext("2d")!.getImageData(0, 0, canvas.width, canvas.height);
      return data.reduce((sum, one, at) => sum + (at % 4 === 0 && one > 150 ? 1 : 0), 0);
    });
  const line = async (y: number) => {
    await page.mouse.move(box.x + 20, box.y + y);
    await page.mouse.down();
    await page.mouse.move(box.x + box.width - 20, box.y + y, { steps: 8 });
    await page.mouse.up();
  };
  await line(40);
  const one = await light();
  expect(one).toBeGreaterThan(0);
  await line(90);
  expect(await light()).toBeGreaterThan(one);
  await page.getByRole("button", { name: "Wipe" }).click();
  expect(await light()).toBe(0);
  await page.getByRole("button", { name: "Undo" }).click();
  await page.getByRole("button", { name: "Undo" }).click();
  expect(await light()).toBe(one);
  await page.getByRole("button", { name: "Done" }).click();
  await expect(page.locator(".pieces img")).toBeVisible();
  const { pieces } = await kept(page);
  expect(pieces).toHaveLength(1);
  expect(pieces[0]).toMatchObject({ kind: "drawing", attachment: { mediaType: "image/png" } });
});

test("finished, it stays as it was, and what comes later is written beside it", async ({ page }) => {
  await begin(page);
  await capture(page).getByRole("button", { name: "Write", exact: true }).click();
  await page.keyboard.type("So far away");
  await page.getByRole("button", { name: "Finish…" }).click();
  await page.getByRole("button", { name: "Finish it" }).click();
  await expect(page.getByText("So far away")).toBeVisible();
  await expect(page.getByRole("textbox")).toHaveCount(0);
  await expect(page.getByRole("button", { name: "Edit" })).toHaveCount(0);
  const { id, pieces, finished } = await kept(page);
  expect(finished).toBeTruthy();
  const now = new Date().toISOString().replace("Z", "+00:00");
  const other = { v: 1, kind: "capture", written: now, changed: now, finished, pieces: [{ ...pieces[0], text: "Otherwise" }] };
  for (const command of [{ Save: { id, parent: 1, record: other } }, { SaveDraft: { id, parent: 1, record: other } }]) {
    await expect(ask(page, command)).rejects.toThrow(/Finished/);
  }
  await page.getByRole("button", { name: "Write beside it" }).click();
  await page.getByLabel("Text", { exact: true }).fill("It was a bridge");
  await page.getByRole("button", { name: "Done" }).click();
  await expect(page.getByText("It was a bridge")).toBeVisible();
});

test("where the microphone is not allowed it is said kindly, and words still work", async ({ page }) => {
  await page.addInitScript(() => {
    navigator.mediaDevices.getUserMedia = () => Promise.reject(new DOMException("no", "NotAllowedError"));
  });
  await begin(page);
  await capture(page).getByRole("button", { name: "Speak" }).click();
  await expect(page.getByRole("alert")).toContainText("The microphone is not allowed for this page");
  await page.getByRole("button", { name: "Back" }).click();
  await capture(page).getByRole("button", { name: "Write", exact: true }).click();
  await page.keyboard.type("Then in words");
  await expect(page.locator(".status")).toHaveText("Kept as a draft");
});

/** Draws a line across the sheet, so far from its top. */
async function drawLine(page: Page, y: number) {
  const box = (await page.locator("canvas").boundingBox())!;
  await page.mouse.move(box.x + 20, box.y + y);
  await page.mouse.down();
  await page.mouse.move(box.x + box.width - 20, box.y + y, { steps: 5 });
  await page.mouse.up();
}

test("a drawing is kept if one leaves right after the last line", async ({ page }) => {
  await begin(page);
  await capture(page).getByRole("button", { name: "Draw" }).click();
  await drawLine(page, 40);
  await page.getByRole("navigation", { name: "Journal" }).getByRole("button", { name: "Journal" }).click();
  await atHome(page);
  await page.getByRole("region", { name: "What you have written" }).getByRole("button", { name: /Capture/ }).click();
  await expect(page.locator("#journal img")).toBeVisible();
  const { pieces } = await kept(page);
  expect(pieces).toMatchObject([{ kind: "drawing", attachment: { mediaType: "image/png" } }]);
});

test("a drawing is kept while one draws without a pause", async ({ page }) => {
  await begin(page);
  await capture(page).getByRole("button", { name: "Draw" }).click();
  const since = Date.now();
  for (let line = 0; Date.now() - since < 6_000; line += 1) await drawLine(page, 20 + 5 * (line % 40));
  const next = await page.context().newPage();
  await page.close();
  await openJournal(next);
  await unlock(next);
  await next.getByRole("region", { name: "Not saved yet" }).getByRole("button").first().click();
  await expect(next.locator(".pieces img")).toBeVisible();
});

test("Done closes a drawing in whatever moment it is pressed", async ({ page }) => {
  await begin(page);
  // It is sealed from 900 ms after the last line on: before, while and after.
  for (const [place, pause] of [0, 880, 900, 920, 960, 1020, 1100].entries()) {
    await capture(page).getByRole("button", { name: "Draw" }).click();
    await drawLine(page, 40);
    await page.waitForTimeout(pause);
    await page.getByRole("button", { name: "Done" }).click();
    await expect(page.locator(".pieces img"), `pressed after ${pause} ms`).toHaveCount(place + 1);
  }
  const { pieces } = await kept(page);
  expect(pieces).toHaveLength(7);
});

/** Lets a test take the microphone away. */
const hold = () => {
  const original = navigator.mediaDevices.getUserMedia.bind(navigator.mediaDevices);
  navigator.mediaDevices.getUserMedia = async (wanted) => Object.assign(window, { held: await original(wanted) }).held;
};

test("a recording whose microphone is taken away ends, and says that it is kept", async ({ page }) => {
  await page.addInitScript(hold);
  await begin(page);
  await capture(page).getByRole("button", { name: "Speak" }).click();
  await expect(page.getByRole("timer")).toHaveText("0:02", { timeout: 15_000 });
  await page.evaluate(() => (window as unknown as { held: MediaStream }).held.getTracks().forEach((track) => track.stop()));
  await expect(page.getByRole("alert")).toHaveText("The microphone was taken away. What was recorded is kept.");
  await expect(page.getByRole("timer")).toHaveCount(0);
  await capture(page).getByRole("button", { name: "Back" }).click();
  await expect(page.locator("audio")).toBeVisible();
  await expect(page.getByText("The recording was interrupted")).toHaveCount(0);
  await expect(page.locator(".status")).toHaveText("Kept as a draft");
  const { pieces } = await kept(page);
  expect(pieces[0]!.attachment!.milliseconds).toBeGreaterThan(1500);
});

test("a recording is kept if one leaves while it goes on", async ({ page }) => {
  await page.addInitScript(hold);
  await begin(page);
  await capture(page).getByRole("button", { name: "Speak" }).click();
  await expect(page.getByRole("timer")).toHaveText("0:02", { timeout: 15_000 });
  await page.getByRole("navigation", { name: "Journal" }).getByRole("button", { name: "Journal" }).click();
  await atHome(page);
  await expect.poll(async () => (await kept(page)).pieces[0]!.attachment!.milliseconds ?? 0).toBeGreaterThan(1500);
  const on = () => (window as unknown as { held: MediaStream }).held.getTracks().some((track) => track.readyState === "live");
  expect(await page.evaluate(on)).toBe(false);
  await page.getByRole("region", { name: "What you have written" }).getByRole("button", { name: /Capture/ }).click();
  await expect(page.locator("audio")).toBeVisible();
  await expect(page.getByText("The recording was interrupted")).toHaveCount(0);
});

test("what is taken out of a capture can be brought back to its place until one leaves", async ({ page }) => {
  await begin(page);
  const words = async (said: string) => {
    await capture(page).getByRole("button", { name: "Write", exact: true }).click();
    await page.keyboard.type(said);
  };
  await words("Before");
  await capture(page).getByRole("button", { name: "Draw" }).click();
  await drawLine(page, 40);
  await page.getByRole("button", { name: "Done" }).click();
  await page.getByLabel("What it shows, in a few words").fill("A bridge");
  await words("After");
  const said = async () => (await kept(page)).pieces.map((piece) => piece.text);
  const back = page.getByRole("button", { name: "Bring it back" });
  await page.getByRole("button", { name: "Take it out" }).click();
  await expect(page.locator(".pieces > li").nth(1)).toContainText("Taken out.");
  await expect(page.locator(".pieces img")).toHaveCount(0);
  await expect(back).toBeFocused();
  await expect.poll(said).toEqual(["Before", "After"]);
  // Drawing another does not take it away.
  await capture(page).getByRole("button", { name: "Draw" }).click();
  await page.getByRole("button", { name: "Done" }).click();
  await back.focus();
  await page.keyboard.press("Enter");
  await expect(page.getByRole("img", { name: "A bridge" })).toBeVisible();
  await expect(page.getByRole("button", { name: "Take it out" })).toBeFocused();
  await expect.poll(said).toEqual(["Before", "A bridge", "After"]);
  await page.keyboard.press("Enter");
  await expect(back).toBeFocused();
  await page.getByRole("button", { name: "Close for now" }).click();
  await atHome(page);
  expect(await said()).toEqual(["Before", "After"]);
});

/** Which attachments are stored, as whoever holds the device can count them. */
const stored = (page: Page) =>
  page.evaluate(async () => {
    const database = await new Promise<IDBDatabase>((come) => {
      const request = indexedDB.open("doorway-vault");
      request.onsuccess = () => come(request.result);
    });
    const keys = await new Promise<IDBValidKey[]>((come) => {
      const request = database.transaction("parts").objectStore("parts").getAllKeys();
      request.onsuccess = () => come(request.result);
    });
    database.close();
    const id = (key: IDBValidKey) => [...new Uint8Array(key as ArrayBuffer)].slice(0, 16).map((byte) => byte.toString(16).padStart(2, "0"));
    return [...new Set(keys.map((key) => id(key).join("")))];
  });

test("of a drawing that is kept again and again only the last is stored", async ({ page }) => {
  await begin(page);
  await capture(page).getByRole("button", { name: "Draw" }).click();
  let last: string | undefined;
  for (const y of [40, 60, 80, 100]) {
    await drawLine(page, y);
    const drawn = async () => (await kept(page)).pieces[0]?.attachment?.id;
    await expect.poll(async () => (await drawn().catch(() => last)) ?? last).not.toBe(last);
    last = await drawn();
    await expect.poll(() => stored(page)).toEqual([last]);
  }
  // Nor is anything left of what was wiped.
  await page.getByRole("button", { name: "Wipe" }).click();
  await expect.poll(() => stored(page)).toEqual([]);
  await page.getByRole("button", { name: "Undo" }).click();
  await page.getByRole("button", { name: "Done" }).click();
  await expect(page.locator(".pieces img")).toBeVisible();
  const { pieces } = await kept(page);
  expect(await stored(page)).toEqual([pieces[0]!.attachment!.id]);
});

test("a drawing of which the browser makes no picture stays on the screen, and that is said", async ({ page }) => {
  await page.addInitScript(() => {
    const { toBlob } = HTMLCanvasElement.prototype;
    HTMLCanvasElement.prototype.toBlob = (done) => done(null);
    Object.assign(window, { again: () => Object.assign(HTMLCanvasElement.prototype, { toBlob }) });
  });
  await begin(page);
  await capture(page).getByRole("button", { name: "Draw" }).click();
  await drawLine(page, 40);
  await page.getByRole("button", { name: "Done" }).click();
  await expect(page.getByRole("alert")).toContainText("This browser made no picture of the drawing, so it is not kept yet.");
  await expect(page.locator("canvas")).toBeVisible();
  await page.evaluate(() => void (window as unknown as { again: () => void }).again());
  await page.getByRole("button", { name: "Done" }).click();
  await expect(page.locator(".pieces img")).toBeVisible();
});

test("a recording that the device has no more room for ends there, says so, and can be heard as far as it came", async ({ page }) => {
  const started = page.waitForEvent("worker");
  await begin(page);
  const worker = await started;
  await capture(page).getByRole("button", { name: "Speak" }).click();
  await expect(page.getByRole("timer")).toHaveText("0:02", { timeout: 15_000 });
  // A draft of so few words is smaller: this is what was recorded.
  await worker.evaluate(() => {
    const { put } = IDBObjectStore.prototype;
    IDBObjectStore.prototype.put = function (...given: Parameters<typeof put>) {
      if (this.name === "drafts" && (given[0] as Uint8Array).length > 4293) {
        IDBObjectStore.prototype.put = put;
        throw new DOMException("no room", "QuotaExceededError");
      }
      return put.apply(this, given);
    };
  });
  await expect(page.getByRole("alert")).toContainText("This device has no room left.");
  await expect(page.getByText("What was recorded until then is kept.")).toBeVisible();
  await capture(page).getByRole("button", { name: "Back" }).click();
  const sound = page.locator("audio");
  await expect(sound).toBeVisible();
  const played = await play(page);
  expect(played.error).toBeUndefined();
  await expect.poll(async () => (await kept(page)).pieces[0]!.attachment!.bytes).toBeGreaterThan(1000);
});

test("a drawing that is cut off because the journal locks is told where the journal opens", async ({ page }) => {
  await begin(page);
  await page.evaluate(() => {
    HTMLCanvasElement.prototype.toBlob = () => {};
  });
  await capture(page).getByRole("button", { name: "Draw" }).click();
  await drawLine(page, 40);
  await lock(page);
  await unlock(page);
  const unsaved = page.getByRole("region", { name: "Not saved yet" });
  await expect(unsaved).toContainText("cut off before it was kept");
  await unsaved.getByRole("button").first().click();
  await expect(capture(page).locator(".pieces .notice")).toContainText("cut off before it was kept");
});
