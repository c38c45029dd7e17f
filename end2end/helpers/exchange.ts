// What leaves a journal as a file: how it is saved, and things of many kinds to look for in it.

import type { Page, Worker as OfPage } from "@playwright/test";
import { addRecords, attach, pixel, record } from "./journal.ts";

/** Presses a button and gives the path of the file that comes of it, under its own name. */
export async function saved(page: Page, button: string, folder: string): Promise<string> {
  const [download] = await Promise.all([page.waitForEvent("download"), page.getByRole("button", { name: button }).click()]);
  const path = `${folder}/${download.suggestedFilename()}`;
  await download.saveAs(path);
  return path;
}

/** An entry, written on a day at noon. */
export const entry = (text: string, day = "2026-11-20") => record("entry", day, { text });

/** A check-in with all that can be said of a day, an entry with a photo, and a capture with a voice memo between two lines. */
export async function addOneOfMany(page: Page) {
  const photo = await attach(page, pixel, "image/png", "");
  const memo = await attach(page, [1, 2, 3, 4], "audio/webm", "");
  const at = (minute: number) => `2026-11-21T11:${minute}:00.000+00:00`;
  await addRecords(page, [
    record("check-in", "2026-11-19", { day: "2026-11-19", mood: 6, practices: ["nature", "singing"], lifestyle: { sleepMinutes: 450, people: 8 } }),
    record("entry", "2026-11-20", { text: "herons over the **water**", tags: ["river"], themes: ["letting go"], attachments: [photo] }),
    record("capture", "2026-11-21", {
      pieces: [
        { at: at(10), kind: "voice", attachment: memo },
        { at: at(11), kind: "text", text: "so far away" },
      ],
      finished: at(12),
    }),
  ]);
}

/** What whoever reads those things must find. */
export const said = ["What you did: Time outside, singing", "Time asleep: 7 h 30 min", "People: 8", "Tags: river", "Themes: letting go"];

/** Lets so many more things be written, and then no more until the test calls `heal`. */
export async function roomFor(worker: OfPage, things: number) {
  await worker.evaluate((things) => {
    const { put } = IDBObjectStore.prototype;
    let room = things;
    IDBObjectStore.prototype.put = function (this: IDBObjectStore, ...given: Parameters<typeof put>) {
      if (this.name === "heads" && room-- <= 0) throw new DOMException("full", "QuotaExceededError");
      return put.apply(this, given);
    };
    Object.assign(self, { heal: () => (IDBObjectStore.prototype.put = put) });
  }, things);
}

/** Gives room again. */
export const heal = (worker: OfPage) => worker.evaluate(() => void (self as unknown as { heal: () => void }).heal());
