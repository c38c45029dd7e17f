// An article, read by keyboard alone.

import type { Page } from "@playwright/test";

import { samplePath } from "../helpers/library.ts";
import { expect, test } from "../helpers/test.ts";

/** What the keyboard is on: its name, and whether that is shown. */
async function focused(page: Page) {
  return page.evaluate(() => {
    const element = document.activeElement as HTMLElement;
    const style = getComputedStyle(element);
    // A card shows the focus of its link around all of it, a search field that of its input.
    const around = element.closest(".card, .search .field");
    const outlines = [style, ...(around ? [getComputedStyle(around)] : [])];
    return {
      name: element.getAttribute("aria-label") ?? element.textContent?.trim() ?? "",
      tag: element.tagName,
      shown: outlines.some((style) => style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2),
    };
  });
}

/** Presses Tab until the keyboard is on something, and says what it passed. */
async function tabTo(page: Page, name: string, most = 80): Promise<string[]> {
  const passed: string[] = [];
  for (let presses = 0; presses < most; presses++) {
    await page.keyboard.press("Tab");
    const at = await focused(page);
    expect(at.shown, `the focus is seen on ${at.tag} ${at.name}`).toBe(true);
    passed.push(at.name);
    if (at.name === name) return passed;
  }
  throw new Error(`no ${name} within ${most} presses: ${passed.join(", ")}`);
}

test("the first press of Tab offers the way to the text, and Enter goes there", async ({ page }) => {
  await page.goto(samplePath);
  await page.keyboard.press("Tab");
  const skip = page.getByRole("link", { name: "Skip to the text" });
  await expect(skip).toBeFocused();
  await expect(skip).toBeInViewport();
  await page.keyboard.press("Enter");
  await expect(page.getByRole("main")).toBeFocused();
  // Next comes the first link of the text, not the header.
  await page.keyboard.press("Tab");
  expect((await focused(page)).name).toBe("Library");
  await expect(page.getByRole("main").getByRole("link", { name: "Library" })).toBeFocused();
});

test("Tab walks through the header, the depth switch and the contents in the order in which they are read", async ({ page, isMobile }) => {
  await page.goto(samplePath);
  const header = await tabTo(page, "Crisis help");
  // On a phone a door to the field, at a desk the field (whose name is its label) and its button.
  const search = isMobile ? ["Search"] : ["", "Search"];
  expect(header).toEqual(["Skip to the text", "Doorway", "Library", "Paths", "Glossary", "Journal", ...search, "Reading settings", "Crisis help"]);
  const article = await tabTo(page, "Full");
  expect(article.slice(-2)).toEqual(["Short", "Full"]);
  const contents = page.getByRole("navigation", { name: "Contents" });
  const first = contents.getByRole("link").first();
  if (!(await first.isVisible())) {
    await tabTo(page, "Contents", 4);
    await page.keyboard.press("Enter");
    await expect(first).toBeVisible();
  }
  await tabTo(page, (await first.textContent())!.trim(), 4);
  const anchor = (await first.getAttribute("href"))!;
  await page.keyboard.press("Enter");
  await expect(page.locator(anchor)).toBeInViewport();
  await expect(page).toHaveURL(new RegExp(`${anchor}$`));
});

test("every part of an article can be reached by Tab, and nothing holds the keyboard", async ({ page }) => {
  test.setTimeout(60_000);
  await page.goto(samplePath);
  // The order of the walk is the order of the document: nothing jumps.
  const order: number[] = [];
  for (let presses = 0; presses < 300; presses++) {
    await page.keyboard.press("Tab");
    const at = await page.evaluate(() => {
      const every = [...document.querySelectorAll("*")];
      return every.indexOf(document.activeElement!);
    });
    const at_body = await page.evaluate(() => document.activeElement === document.body);
    if (at_body || (order.length > 0 && at < order[0]!)) break;
    if (order.length > 1 && at === order[0]) break;
    order.push(at);
  }
  expect(order.length).toBeGreaterThan(30);
  expect(order).toEqual(order.toSorted((a, b) => a - b));
  const last = await page.getByRole("contentinfo").getByRole("link").last().evaluate((link) => [...document.querySelectorAll("*")].indexOf(link));
  expect(order).toContain(last);
});

test("Enter on the depth switch shows the short reading and puts the keyboard at its start", async ({ page }) => {
  await page.goto(samplePath);
  await tabTo(page, "Short");
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(/view=short$/);
  await expect(page.locator("article.reading")).toHaveAttribute("data-depth", "short");
  await page.keyboard.press("Tab");
  expect((await focused(page)).name).toMatch(/Library|Skip to the text/);
});

test("Enter opens an explained word in place, Escape closes it, and the keyboard is on the word again", async ({ page }) => {
  await page.goto(samplePath);
  // The first sign of a reader; the word waits for the client, or it would be the link that it also is.
  await page.keyboard.press("Tab");
  await expect(page.locator("html")).toHaveAttribute("data-awake");
  const word = page.locator("a.term").first();
  await word.focus();
  await page.keyboard.press("Enter");
  const note = page.locator(".definition:popover-open");
  await expect(note).toBeVisible();
  await expect(note).toBeInViewport();
  await expect(note).toContainText(/\w+ \w+ \w+/);
  await page.keyboard.press("Tab");
  await expect(note.getByRole("link", { name: "All words" })).toBeFocused();
  await page.keyboard.press("Escape");
  await expect(note).toBeHidden();
  await expect(word).toBeFocused();
  await expect(page).toHaveURL(new RegExp(`${samplePath}$`));
});

test("the settings are opened, changed and closed by keyboard", async ({ page }) => {
  await page.goto(samplePath);
  await tabTo(page, "Reading settings");
  await page.keyboard.press("Enter");
  const system = page.getByRole("radio", { name: "As the device" });
  await expect(system).toBeVisible();
  await expect(page.locator("html")).toHaveAttribute("data-awake");
  await page.keyboard.press("Tab");
  await expect(system).toBeFocused();
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("ArrowDown");
  await expect(page.getByRole("radio", { name: "Dark" })).toBeChecked();
  await expect(page.locator("html")).toHaveAttribute("data-theme", "dark");
  await expect(page.locator("body")).toHaveCSS("color", "rgb(232, 228, 220)");
  await page.keyboard.press("Escape");
  await expect(system).toBeHidden();
  await expect(page.locator(".comfort > summary")).toBeFocused();
});
