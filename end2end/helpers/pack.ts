// Packs as they are put together and handed over, and the links that were frozen for ever.

import { readFileSync } from "node:fs";
import { join } from "node:path";

import { type BrowserContext, expect, type Page } from "@playwright/test";

/** Links that were frozen for ever, written by another program than ours. */
const vectors: { name: string; fragment: string; refused?: string }[] = JSON.parse(
  readFileSync(join(import.meta.dirname, "..", "..", "crates", "pack", "vectors", "vectors.json"), "utf8"),
);
/** The fragment of one of them. */
export const vector = (name: string) => vectors.find((vector) => vector.name === name)!.fragment;
/** Large type, a visit, a note, and five sections of four articles of the bundled library. */
export const everything = vector("all of it, deflated by zlib");

/** A note whose first word stands nowhere else. */
export const note = "Zebrafinch: start with the first one, quietly.";

/** Opens the composer, and waits until it can be used. */
export async function composer(page: Page) {
  await page.goto("/pack/new");
  await expect(page.locator("#chosen :is(.empty, .chosen)")).toBeVisible();
  await expect(page.locator("#offers summary")).toBeVisible();
}

/** Adds the best article that is found for some words. */
export async function add(page: Page, words: string) {
  await page.locator("#find").fill(words);
  const button = page.locator(".offers .of button").first();
  await expect(button).toHaveText("Add");
  await button.click();
  await expect(button).toHaveText("Added");
}

/** The titles of what is chosen, in their order. */
export const chosen = (page: Page) => page.locator(".chosen > li h3").allInnerTexts();
export const linkOf = (page: Page) => page.locator("#link").inputValue();
/** What a screen reader is told. */
export const said = (page: Page) => page.locator("#announce");

/** Everything that a browser sends, as text. */
export function listen(context: BrowserContext) {
  const sent: Promise<string>[] = [];
  context.on("request", (request) => {
    const parts = async () =>
      [request.method(), request.url(), JSON.stringify(await request.allHeaders().catch(() => request.headers())), request.postData() ?? ""].join(" ");
    sent.push(parts());
  });
  return { all: async () => (await Promise.all(sent)).join("\n"), count: () => sent.length };
}
