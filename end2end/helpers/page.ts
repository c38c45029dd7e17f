// What many specs do with a page.

import { expect, type Page } from "@playwright/test";

/** The settings as the browser keeps them. */
export type Settings = Partial<Record<"theme" | "size" | "spacing" | "width", string>>;

export const themes = ["light", "dark", "sepia", "contrast"] as const;

/** Opens a page and gives the first sign of a reader: then the client loads and takes over. */
export async function openAwake(page: Page, address: string) {
  await page.goto(address);
  await wake(page);
}

/** Waits until the client has taken over, after a first sign of a reader. */
export async function wake(page: Page) {
  await page.mouse.move(3, 3);
  await page.mouse.move(5, 5);
  await expect(page.locator("html")).toHaveAttribute("data-awake");
}

/** Marks the document, so that a later look tells whether it is still the same. */
export async function markDocument(page: Page) {
  await page.evaluate(() => Object.assign(window, { sameDocument: true }));
}

export async function isSameDocument(page: Page): Promise<boolean> {
  return page.evaluate(() => "sameDocument" in window);
}

/** Reading settings that were chosen on an earlier visit. */
export async function keepSettings(page: Page, settings: Settings) {
  await page.evaluate((settings) => localStorage.setItem("doorway.reading", JSON.stringify(settings)), settings);
}

/** How far the page can be pushed sideways, in pixels, and by what. */
export async function sidewaysScroll(page: Page): Promise<{ by: number; because: string[] }> {
  return page.evaluate(() => {
    const root = document.documentElement;
    const by = Math.max(0, root.scrollWidth - root.clientWidth);
    const wide = by > 0 ? [...document.querySelectorAll("body *")] : [];
    const because = wide
      .filter((element) => element.getBoundingClientRect().right > root.clientWidth + 0.5)
      .map((element) => `${element.tagName.toLowerCase()}.${element.className} ${element.textContent?.trim().slice(0, 40)}`);
    return { by, because: because.slice(-5) };
  });
}

export async function expectNoSidewaysScroll(page: Page) {
  expect(await sidewaysScroll(page), "sideways scroll").toEqual({ by: 0, because: [] });
}

/** Taps where nothing is, whatever is unfolded: the lower left corner, in the page's margin. */
export const tapBeside = async (page: Page) => page.mouse.click(2, page.viewportSize()!.height - 2);
