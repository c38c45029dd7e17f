// Making, locking and unlocking a journal as a keeper does, and asking its worker directly what no screen does as fast.

import { expect, type Page } from "@playwright/test";

export const passphrase = "seven slow herons cross the water";

/** For what waits until a key is derived: on a slow machine that takes its time. */
export const patient = { timeout: 30_000 };

/** Where the passphrase is typed, at the door and where a journal is made. */
export const secretField = (page: Page) => page.getByLabel("Passphrase", { exact: true });

/** Opens the journal's page, and keeps hold of its worker for `ask`. Call it before any other. */
export async function openJournal(page: Page, fragment = "") {
  await page.addInitScript(() => {
    const Original = window.Worker;
    window.Worker = class extends Original {
      constructor(url: string | URL, options?: WorkerOptions) {
        super(url, options);
        Object.assign(window, { journalWorker: this });
      }
      // Whoever waits for an answer of a worker that is ended would wait for ever.
      override terminate() {
        super.terminate();
        this.dispatchEvent(new Event("ended"));
      }
    };
  });
  await page.goto(`/journal${fragment}`);
}

/** Makes a journal, puts the confirming of the recovery words off, and stands at home. */
export async function makeJournal(page: Page, secret = passphrase) {
  await openJournal(page);
  await page.getByRole("button", { name: "Make my journal" }).click();
  await page.getByLabel("Passphrase", { exact: true }).fill(secret);
  await page.getByRole("button", { name: "Make my journal" }).click();
  await page.getByRole("button", { name: "Later" }).click({ timeout: 30_000 });
  await page.getByRole("navigation", { name: "Journal" }).getByRole("button", { name: "Journal" }).click();
  await atHome(page);
}

/** Waits until the page has fetched all that it will: what comes a little after the journal has started, too. */
export async function everythingFetched(page: Page) {
  const exchange = () => performance.getEntriesByType("resource").filter(({ name }) => name.includes("/pkg/exchange.")).length === 2;
  await page.waitForFunction(exchange);
}

/** Waits until the keeper stands at home. */
export async function atHome(page: Page) {
  await expect(page.getByRole("heading", { level: 1, name: "Journal", exact: true })).toBeVisible({ timeout: 30_000 });
}

export async function lock(page: Page) {
  await page.getByRole("button", { name: "Lock", exact: true }).click();
  await expect(page.getByLabel("Passphrase", { exact: true })).toBeVisible({ timeout: 30_000 });
}

export async function unlock(page: Page, secret = passphrase) {
  await page.getByLabel("Passphrase", { exact: true }).fill(secret);
  await page.getByRole("button", { name: "Unlock", exact: true }).click();
  await atHome(page);
}

/** Asks the worker as the screens do: the answer and the bytes beside it. */
export async function ask(page: Page, command: object, beside: number[][] = []): Promise<{ answer: unknown; beside: number[][] }> {
  // The page starts it once its client has come.
  await page.waitForFunction(() => "journalWorker" in window);
  return page.evaluate(
    async ({ command, beside }) => {
      const { journalWorker: worker } = window as unknown as { journalWorker: Worker };
      const number = 1_000_000 + Math.floor(Math.random() * 1_000_000);
      const json = new TextEncoder().encode(JSON.stringify(command));
      const answered = new Promise<unknown[]>((come, ended) => {
        worker.addEventListener("ended", () => ended(new Error("the worker was ended")), { once: true });
        const heard = ({ data }: MessageEvent<unknown[]>) => {
          if (data[1] !== number || (data[0] !== 2 && data[0] !== 3)) return;
          worker.removeEventListener("message", heard);
          come(data);
        };
        worker.addEventListener("message", heard);
      });
      worker.postMessage([0, number, json, ...beside.map((bytes) => Uint8Array.from(bytes))]);
      const [what, , answer, ...rest] = await answered;
      const text = new TextDecoder().decode(answer as Uint8Array);
      if (what === 3) throw new Error(text);
      return {
        answer: JSON.parse(text),
        beside: rest.filter((one) => one instanceof Uint8Array).map((one) => [...(one as Uint8Array)]),
      };
    },
    { command, beside },
  );
}

/** Adds records as an import does; gives their names. */
export async function addRecords(page: Page, records: object[]): Promise<string[]> {
  const bytes = records.map((record) => [...new TextEncoder().encode(JSON.stringify(record))]);
  const { answer } = await ask(page, { AddRecords: null }, bytes);
  return answer as string[];
}

/** A record of a kind, written on a day at noon. */
export function record(kind: string, day: string, fields: object = {}): object {
  const written = `${day}T12:00:00.000+00:00`;
  return { v: 1, kind, written, changed: written, ...fields };
}

/** Seals bytes as an attachment; gives what a record says of it. */
export async function attach(page: Page, bytes: number[], mediaType: string, alt: string): Promise<object> {
  const { answer: id } = await ask(page, { BeginAttachment: null });
  await ask(page, { PushAttachment: { id } }, [bytes]);
  await ask(page, { EndAttachment: { id } });
  return { id, mediaType, alt, bytes: bytes.length };
}

/** The smallest picture that there is: one pixel, as PNG. */
export const pixel = [...Buffer.from("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==", "base64")];

/** Holds every picture that is to be made smaller until the test calls `release`, as a large one does on a slow device. */
export async function holdPictures(page: Page) {
  await page.evaluate(() => {
    const make = window.createImageBitmap.bind(window) as (picture: ImageBitmapSource) => Promise<ImageBitmap>;
    const held = new Promise<void>((release) => Object.assign(window, { release }));
    window.createImageBitmap = async (picture: ImageBitmapSource) => {
      await held;
      return make(picture);
    };
  });
}

/** Plays the recording on the screen; gives what was wrong with it, if anything was. */
export async function play(page: Page): Promise<{ time: number; error: string | undefined }> {
  return page.locator("audio").evaluate(async (audio: HTMLAudioElement) => {
    audio.muted = true;
    await audio.play();
    await new Promise((done) => audio.addEventListener("timeupdate", done, { once: true }));
    return { time: audio.currentTime, error: audio.error?.message };
  });
}

/** A line of the journal, kept by the worker. */
export async function writeLine(page: Page, text: string) {
  await page.getByRole("button", { name: /^Write/ }).first().click();
  await page.locator("#journal textarea").first().fill(text);
  await page.waitForTimeout(1_200);
}

/** Makes a journal and confirms its recovery words; gives them. */
export async function makeConfirmed(page: Page): Promise<string[]> {
  await openJournal(page);
  await page.getByRole("button", { name: "Make my journal" }).click();
  await secretField(page).fill(passphrase);
  await page.getByRole("button", { name: "Make my journal" }).click();
  await expect(page.getByRole("heading", { name: "Your recovery words" })).toBeVisible(patient);
  const words = await page.locator(".phrase-words li").allInnerTexts();
  expect(words).toHaveLength(24);
  await page.getByRole("button", { name: "I have them: check three" }).click();
  for (const label of await page.locator(".three label").allInnerTexts()) {
    await page.getByLabel(label, { exact: true }).fill(words[Number(label.split(" ")[1]) - 1]!);
  }
  await page.getByRole("button", { name: "Check", exact: true }).click();
  await expect(page.getByRole("heading", { name: "Your recovery words are confirmed" })).toBeVisible();
  await page.getByRole("button", { name: "Write", exact: true }).click();
  await atHome(page);
  return words;
}

/** Begins something of the list at home. */
export async function begin(page: Page, name: string) {
  await page.getByRole("list", { name: "Begin" }).getByRole("button", { name }).click();
}

/** Goes home by the journal's own menu. */
export async function home(page: Page) {
  await page.getByRole("navigation", { name: "Journal" }).getByRole("button", { name: "Journal" }).click();
  await atHome(page);
}

/** Goes to one of the places that *More* holds. */
export async function go(page: Page, place: string) {
  await page.getByText("More", { exact: true }).click();
  await page.getByRole("navigation", { name: "Journal" }).getByRole("button", { name: place, exact: true }).click();
  await expect(page.getByRole("heading", { level: 1, name: place })).toBeVisible();
}

/** This day, as records name it. */
export const today = () => new Date().toISOString().slice(0, 10);

/** The field for the text of what is written. */
export const text = (page: Page) => page.getByLabel("Text", { exact: true });
/** Waits until the foot says of what is written how it is kept. */
export const status = (page: Page, words: string) => expect(page.locator(".foot .status")).toHaveText(words);

/** The same keeper in a new tab, the old one gone without a word. */
export async function comeBack(page: Page): Promise<Page> {
  const next = await page.context().newPage();
  await page.close();
  await openJournal(next);
  await unlock(next);
  return next;
}
