// Reading comfort: kept on the device, there before the first paint, forgotten when asked.

import type { Page } from "@playwright/test";

import { samplePath } from "../helpers/library.ts";
import { expectNoSidewaysScroll, keepSettings, openAwake } from "../helpers/page.ts";
import { expect, test } from "../helpers/test.ts";

async function choose(page: Page, name: string) {
  const panel = page.locator(".panel");
  if (!(await panel.isVisible())) await page.locator(".comfort > summary").click();
  await panel.getByRole("radio", { name, exact: true }).check();
}

/** Writes down the ground's colour in every frame from the first on. */
async function watchGround(page: Page) {
  await page.addInitScript(() => {
    const seen: string[] = [];
    Object.assign(window, { seen });
    const look = () => {
      const colour = getComputedStyle(document.documentElement).backgroundColor;
      if (seen.at(-1) !== colour) seen.push(colour);
      requestAnimationFrame(look);
    };
    requestAnimationFrame(look);
    document.addEventListener("DOMContentLoaded", () =>
      Object.assign(window, { themeAtStart: document.documentElement.dataset.theme }),
    );
  });
}

test("a theme is kept and there before the next page is painted: no flash", async ({ page }) => {
  await openAwake(page, "/");
  await choose(page, "Dark");
  await expect(page.locator("html")).toHaveAttribute("data-theme", "dark");
  const dark = await page.locator("html").evaluate((root) => getComputedStyle(root).backgroundColor);
  await watchGround(page);
  for (const address of [samplePath, "/glossary"]) {
    await page.goto(address);
    const start = await page.evaluate(() => (window as unknown as { themeAtStart: string }).themeAtStart);
    expect(start).toBe("dark");
    await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))));
    expect(await page.evaluate(() => (window as unknown as { seen: string[] }).seen)).toEqual([dark]);
  }
});

test("the system's dark theme is the page's without any setting", async ({ page }) => {
  await page.emulateMedia({ colorScheme: "dark" });
  await watchGround(page);
  await page.goto(samplePath);
  await expect(page.locator("html")).toHaveCSS("background-color", "rgb(20, 23, 26)");
  expect(await page.evaluate(() => (window as unknown as { seen: string[] }).seen)).toEqual(["rgb(20, 23, 26)"]);
});

test("a panel that is opened later shows what was chosen before", async ({ page }) => {
  await page.goto(samplePath);
  await keepSettings(page, { theme: "sepia", size: "xl", spacing: "wide", width: "narrow" });
  await openAwake(page, samplePath);
  await page.locator(".comfort > summary").click();
  for (const name of ["Sepia", "Larger", "Wide", "Short"]) {
    await expect(page.getByRole("radio", { name, exact: true })).toBeChecked();
  }
});

test("text size, line spacing and line length change the text, and back to usual is as before", async ({ page, isMobile }) => {
  await openAwake(page, samplePath);
  const text = page.locator(".body > p").first();
  const measure = () =>
    text.evaluate((text) => {
      const style = getComputedStyle(text);
      const size = parseFloat(style.fontSize);
      return { size, leading: parseFloat(style.lineHeight) / size, ems: text.getBoundingClientRect().width / size };
    });
  const usual = await measure();
  await choose(page, "Largest");
  expect((await measure()).size).toBeGreaterThanOrEqual(usual.size * 1.5);
  await expectNoSidewaysScroll(page);
  await choose(page, "Small");
  expect((await measure()).size).toBeLessThan(usual.size);
  await page.locator("#size-m").check();
  await choose(page, "Wider");
  expect((await measure()).leading).toBeGreaterThan(usual.leading + 0.3);
  await page.locator("#spacing-normal").check();
  await page.locator("#width-narrow").check();
  // A phone's line is short already.
  if (!isMobile) expect((await measure()).ems).toBeLessThan(usual.ems * 0.9);
  await page.locator("#width-normal").check();
  expect(await measure()).toEqual(usual);
  expect(await page.evaluate(() => localStorage.getItem("doorway.reading"))).toMatch(/^(\{\})?$/);
});

test("the text is set in lines of 60 to 75 characters at a desk", async ({ page, isMobile }) => {
  test.skip(isMobile, "a phone is narrower than that");
  await page.goto(samplePath);
  const line = await page.locator(".body > p").evaluateAll((paragraphs) => {
    // Of every paragraph: its characters by the lines that they fill, without the last.
    const lengths = paragraphs.flatMap((paragraph) => {
      const range = document.createRange();
      const lines = new Map<number, number>();
      const walker = document.createTreeWalker(paragraph, NodeFilter.SHOW_TEXT);
      for (let node = walker.nextNode(); node; node = walker.nextNode()) {
        if (node.parentElement?.closest("small, sup")) continue;
        for (let at = 0; at < node.textContent!.length; at++) {
          range.setStart(node, at);
          range.setEnd(node, at + 1);
          const top = Math.round(range.getBoundingClientRect().bottom / 10);
          lines.set(top, (lines.get(top) ?? 0) + 1);
        }
      }
      return [...lines.values()].slice(0, -1);
    });
    return lengths.toSorted((a, b) => a - b)[Math.floor(lengths.length / 2)];
  });
  expect(line).toBeGreaterThanOrEqual(58);
  expect(line).toBeLessThanOrEqual(75);
});

test("everything is forgotten when asked, and the page says so", async ({ page }) => {
  await openAwake(page, samplePath);
  await choose(page, "Sepia");
  await choose(page, "Large");
  await expect.poll(() => page.evaluate(() => Object.keys(localStorage).sort())).toEqual([
    expect.stringMatching(/^doorway\.read\./),
    "doorway.reading",
  ]);
  await page.getByRole("button", { name: /Forget/ }).click();
  await expect(page.getByText("Forgotten.")).toBeVisible();
  expect(await page.evaluate(() => localStorage.length)).toBe(0);
  await expect(page.locator("html")).not.toHaveAttribute("data-theme");
  await expect(page.getByRole("radio", { name: "As the device" })).toBeChecked();
  // Nor is it remembered behind the reader's back while the page is left.
  await page.goto("/");
  expect(await page.evaluate(() => localStorage.length)).toBe(0);
});

test("a browser that keeps nothing still reads, and still changes its colours", async ({ page }) => {
  await page.addInitScript(() => {
    Object.defineProperty(window, "localStorage", {
      get() {
        throw new DOMException("refused", "SecurityError");
      },
    });
  });
  await openAwake(page, samplePath);
  await choose(page, "Dark");
  await expect(page.locator("html")).toHaveCSS("background-color", "rgb(20, 23, 26)");
});

test("settings that make no sense are as if they were not there", async ({ page }) => {
  await page.goto(samplePath);
  for (const kept of ["not json", "[]", "null", "7", '{"theme":"no-such-theme","size":7,"onload":"x"}']) {
    await page.evaluate((kept) => localStorage.setItem("doorway.reading", kept), kept);
    await openAwake(page, samplePath);
    await expect(page.locator("html")).toHaveCSS("background-color", "rgb(251, 247, 240)");
  }
});

test("at 400 % zoom every page still fits its width", async ({ page }) => {
  // WCAG 1.4.10: 1280 pixels at 400 % are 320.
  await page.setViewportSize({ width: 320, height: 256 });
  for (const address of ["/", "/articles", samplePath, `${samplePath}?view=short`, "/paths", "/glossary", "/crisis", "/privacy"]) {
    await page.goto(address);
    await expectNoSidewaysScroll(page);
  }
  await page.goto(samplePath);
  await page.locator(".comfort > summary").click();
  await expect(page.getByRole("radio", { name: "As the device" })).toBeVisible();
  await expectNoSidewaysScroll(page);
  // The last of the settings can be scrolled to.
  const last = page.getByRole("radio", { name: "Long", exact: true });
  await last.scrollIntoViewIfNeeded();
  await expect(last).toBeInViewport();
});

test("text spaced as a reader needs it loses nothing", async ({ page }) => {
  // WCAG 1.4.12.
  await page.goto(samplePath);
  await page.evaluate(() => {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(
      "* { line-height: 1.5 !important; letter-spacing: .12em !important; word-spacing: .16em !important } p { margin-block-end: 2em !important }",
    );
    document.adoptedStyleSheets = [sheet];
  });
  await expectNoSidewaysScroll(page);
  const cut = await page.locator("main :is(h1, h2, h3, p, li, a, .button)").evaluateAll((elements) =>
    elements
      .filter((element) => getComputedStyle(element).overflow !== "visible" && element.scrollHeight > element.clientHeight + 1)
      .map((element) => element.textContent),
  );
  expect(cut).toEqual([]);
});

test("nothing moves for a reader who asked for less motion", async ({ page }) => {
  await page.emulateMedia({ reducedMotion: "reduce" });
  await page.addInitScript(() => {
    const transitions: string[] = [];
    Object.assign(window, { transitions });
    document.startViewTransition = ((act: () => void) => {
      transitions.push("view");
      act();
      return {};
    }) as typeof document.startViewTransition;
  });
  await openAwake(page, "/articles");
  await page.locator("header.site a[href='/paths']").click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Paths");
  expect(await page.evaluate(() => (window as unknown as { transitions: string[] }).transitions)).toEqual([]);
  const moving = await page.locator("*").evaluateAll((elements) =>
    elements.filter((element) => {
      const style = getComputedStyle(element);
      return style.transitionDuration.split(", ").some((time) => parseFloat(time) > 0) && style.transitionProperty !== "none" && style.transition !== "none";
    }).map((element) => element.outerHTML.slice(0, 80)),
  );
  expect(moving).toEqual([]);
});

test("colours that the system forces leave everything in its place", async ({ page }) => {
  await page.emulateMedia({ forcedColors: "active" });
  await page.goto("/articles");
  const button = page.getByRole("button", { name: "Show" });
  await expect(button).toBeVisible();
  expect(parseFloat(await button.evaluate((button) => getComputedStyle(button).borderTopWidth))).toBeGreaterThan(0);
});
