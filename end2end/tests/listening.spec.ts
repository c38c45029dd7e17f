// Listening: the device's voice reads sentence by sentence, and each is marked while it is read.

import type { Page } from "@playwright/test";

import { samplePath } from "../helpers/library.ts";
import { openAwake } from "../helpers/page.ts";
import { expect, test } from "../helpers/test.ts";

interface Spoken {
  text: string;
  rate: number;
  voice: string | null;
}

interface Stub {
  spoken: Spoken[];
  /** The sentence being spoken comes to its end. */
  end(): void;
  /** The voice breaks off. */
  fail(): void;
  speaking: boolean;
}

declare const stub: Stub;

/** A voice that speaks only as far as the test lets it. */
async function stubVoice(page: Page) {
  await page.addInitScript(() => {
    class Voice {
      constructor(readonly name: string, readonly lang: string) {}
    }
    class Utterance {
      rate = 1;
      lang = "";
      voice: Voice | null = null;
      onend: (() => void) | null = null;
      onerror: (() => void) | null = null;
      constructor(readonly text: string) {}
    }
    const voices = [new Voice("Anna", "en-GB"), new Voice("Bruno", "de-DE"), new Voice("Clara", "en-US")];
    const spoken: Spoken[] = [];
    let current: Utterance | undefined;
    const finish = (how: "onend" | "onerror") => {
      const ended = current;
      current = undefined;
      ended?.[how]?.();
    };
    const synthesis = {
      onvoiceschanged: null,
      getVoices: () => voices,
      cancel: () => finish("onend"),
      speak(utterance: Utterance) {
        current = utterance;
        spoken.push({ text: utterance.text, rate: utterance.rate, voice: utterance.voice?.name ?? null });
      },
    };
    const stub = {
      spoken,
      end: () => finish("onend"),
      fail: () => finish("onerror"),
      get speaking() {
        return current !== undefined;
      },
    };
    Object.defineProperty(window, "speechSynthesis", { value: synthesis, configurable: true });
    Object.assign(window, { stub, SpeechSynthesisUtterance: Utterance, SpeechSynthesisVoice: Voice });
  });
}

/** The words that are marked as being read. */
async function marked(page: Page): Promise<string | undefined> {
  return page.evaluate(() => {
    const ranges = [...(CSS.highlights.get("spoken") ?? [])];
    return ranges.map((range) => (range as Range).toString()).join("") || undefined;
  });
}

const spoken = (page: Page) => page.evaluate(() => stub.spoken);
const words = (text?: string) => text?.replace(/\s+/g, " ").trim();

test.beforeEach(async ({ page }) => {
  await stubVoice(page);
});

test("Listen reads the article's sentences in their order and marks the one being read", async ({ page }) => {
  await openAwake(page, samplePath);
  await page.getByRole("button", { name: "Listen" }).click();
  const start = words(await page.locator("article.reading .body > :first-child").textContent() ?? "")!;
  expect(start.startsWith(words((await spoken(page))[0]?.text)!)).toBe(true);
  for (let sentence = 0; sentence < 12; sentence++) {
    const latest = (await spoken(page)).at(-1)!;
    expect(words(await marked(page))).toContain(words(latest.text)!.slice(0, 12));
    await page.evaluate(() => stub.end());
  }
  const read = (await spoken(page)).map(({ text }) => words(text)!);
  expect(read).toHaveLength(13);
  // Each stands in the text after the one before.
  const text = words(await page.locator("article.reading").evaluate((article) => {
    const copy = article.cloneNode(true) as Element;
    copy.querySelectorAll("sup.cite, small.evidence, a.share, .contents, header").forEach((left) => left.remove());
    return copy.textContent;
  }) ?? "")!;
  let from = 0;
  for (const sentence of read) {
    const at = text.indexOf(sentence, from);
    expect(at, `“${sentence}” comes after the ones before`).toBeGreaterThanOrEqual(from);
    from = at + sentence.length;
  }
  // Marks of sources and evidence are for the eye.
  expect(read.filter((sentence) => /\[\d|evidence/.test(sentence))).toEqual([]);
});

test("what is read can be seen", async ({ page }) => {
  await openAwake(page, samplePath);
  await page.getByRole("button", { name: "Listen" }).click();
  for (let sentence = 0; sentence < 40; sentence++) await page.evaluate(() => stub.end());
  await expect
    .poll(() =>
      page.evaluate(() => {
        const [range] = [...CSS.highlights.get("spoken")!] as Range[];
        const place = range!.getBoundingClientRect();
        return place.bottom > 0 && place.top < innerHeight;
      }),
    )
    .toBe(true);
});

test("Pause stays at the sentence, Go on says it again, and Stop ends it", async ({ page }) => {
  await openAwake(page, samplePath);
  await page.getByRole("button", { name: "Listen" }).click();
  for (let sentence = 0; sentence < 3; sentence++) await page.evaluate(() => stub.end());
  const at = (await spoken(page)).at(-1)!.text;
  await page.getByRole("button", { name: "Pause" }).click();
  expect(await page.evaluate(() => stub.speaking)).toBe(false);
  expect((await spoken(page)).at(-1)!.text).toBe(at);
  expect(words(await marked(page)), "the place stays marked").toBe(words(at));
  await page.getByRole("button", { name: "Go on" }).click();
  const read = await spoken(page);
  expect(read.at(-1)!.text).toBe(at);
  expect(read).toHaveLength(5);
  await page.getByRole("button", { name: "Stop" }).click();
  expect(await page.evaluate(() => stub.speaking)).toBe(false);
  expect(await marked(page)).toBeUndefined();
  await expect(page.getByRole("button", { name: "Listen" })).toBeVisible();
  await expect(page.getByRole("button", { name: "Stop" })).toBeHidden();
});

test("Back and On go by sentences", async ({ page }) => {
  await openAwake(page, samplePath);
  await page.getByRole("button", { name: "Listen" }).click();
  for (let sentence = 0; sentence < 2; sentence++) await page.evaluate(() => stub.end());
  await page.getByRole("button", { name: "One sentence on" }).click();
  await page.getByRole("button", { name: "One sentence back" }).click();
  await page.getByRole("button", { name: "One sentence back" }).click();
  const read = (await spoken(page)).map(({ text }) => text);
  expect(read).toHaveLength(6);
  expect(read[4]).toBe(read[2]);
  expect(read[5]).toBe(read[1]);
});

test("the speed and the voice are the reader's, and only voices of the page's language are offered", async ({ page }) => {
  await openAwake(page, samplePath);
  await page.getByRole("button", { name: "Listen" }).click();
  await expect(page.getByLabel("Voice").getByRole("option")).toHaveText(["The device’s own", "Anna", "Clara"]);
  await page.getByLabel("Speed").selectOption("Faster");
  await page.getByLabel("Voice").selectOption("Clara");
  await page.getByRole("button", { name: "One sentence on" }).click();
  expect((await spoken(page)).at(-1)).toMatchObject({ rate: 1.5, voice: "Clara" });
  // The next sentence is read the same way.
  await page.evaluate(() => stub.end());
  expect((await spoken(page)).at(-1)).toMatchObject({ rate: 1.5, voice: "Clara" });
});

test("after the last sentence it is quiet, and Listen starts anew", async ({ page }) => {
  await openAwake(page, "/articles/the-day-of-your-session?view=short");
  await page.getByRole("button", { name: "Listen" }).click();
  const count = await page.evaluate(() => {
    while (stub.speaking && stub.spoken.length < 2000) stub.end();
    return stub.spoken.length;
  });
  expect(count).toBeGreaterThan(10);
  expect(count).toBeLessThan(2000);
  await expect(page.getByRole("button", { name: "Listen" })).toBeVisible();
  expect(await marked(page)).toBeUndefined();
  await page.getByRole("button", { name: "Listen" }).click();
  const read = await spoken(page);
  expect(read.at(-1)!.text).toBe(read[0]!.text);
});

test("a voice that fails is said, and the place is kept", async ({ page }) => {
  await openAwake(page, samplePath);
  await page.getByRole("button", { name: "Listen" }).click();
  await page.evaluate(() => stub.fail());
  await expect(page.getByText("This device could not read the text aloud")).toBeVisible();
  await page.getByRole("button", { name: "Go on" }).click();
  await expect(page.getByText("This device could not read the text aloud")).toBeHidden();
});

test("it is quiet when the reader goes to another page", async ({ page }) => {
  await openAwake(page, samplePath);
  await page.getByRole("button", { name: "Listen" }).click();
  expect(await page.evaluate(() => stub.speaking)).toBe(true);
  await page.locator("header.site a[href='/glossary']").click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Glossary");
  expect(await page.evaluate(() => stub.speaking)).toBe(false);
  expect(await marked(page)).toBeUndefined();
});
