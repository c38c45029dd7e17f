// On paper: the text, its sources, and nothing that clicks.

import { inflateSync } from "node:zlib";

import { sample, samplePath } from "../helpers/library.ts";
import { openAwake } from "../helpers/page.ts";
import { expect, test } from "../helpers/test.ts";

test("an article prints as text over a few pages, with its headings as an outline", async ({ page, isMobile }) => {
  test.skip(isMobile, "paper has one width");
  await page.goto(samplePath);
  const headings = (await page.locator(".body h2").allInnerTexts()).map((text) => text.trim());
  const pdf = await page.pdf({ format: "A4", preferCSSPageSize: true, tagged: true, outline: true });
  const raw = pdf.toString("latin1");
  const pages = [...raw.matchAll(/\/Type\s*\/Page\b/g)].length;
  expect(pages).toBeGreaterThanOrEqual(3);
  expect(pages).toBeLessThanOrEqual(Math.ceil(sample.words / 250) + 4);
  // Glyphs are set as text, not drawn as an image.
  const streams = [...raw.matchAll(/stream\r?\n([\s\S]*?)\r?\nendstream/g)].flatMap(([, body]) => {
    try {
      return [inflateSync(Buffer.from(body!, "latin1")).toString("latin1")];
    } catch {
      return [];
    }
  });
  const shown = streams.reduce((sum, stream) => sum + [...stream.matchAll(/\bT[jJ]\b/g)].length, 0);
  expect(shown).toBeGreaterThan(50);
  expect(raw).toContain("/ToUnicode");
  for (const heading of headings.filter((heading) => /^[\w ,]+$/.test(heading)).slice(0, 3)) {
    expect(raw, "the outline has the heading").toContain(heading);
  }
});

test("paper shows no chrome", async ({ page }) => {
  await openAwake(page, samplePath);
  await page.emulateMedia({ media: "print" });
  for (const gone of ["Main", "Contents", "How much to read", "Where you are", "Path", "About this site"]) {
    await expect(page.getByRole("navigation", { name: gone, includeHidden: true }), gone).toBeHidden();
  }
  for (const gone of [".skip", ".comfort", "header .help", ".listen", ".acts >> nth=0", ".share >> nth=0", ".related"]) {
    await expect(page.locator(gone), gone).toBeHidden();
  }
  await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
  await expect(page.locator("[data-kind=takeaways]")).toBeVisible();
  await expect(page.getByRole("region", { name: "References" })).toBeVisible();
  await expect(page.getByText("not medical advice").first()).toBeVisible();
});

test("paper says where its outside links lead", async ({ page }) => {
  await page.goto("/articles/finding-an-integration-therapist");
  await page.emulateMedia({ media: "print" });
  const links = page.locator(".body a[href^=http]");
  expect(await links.count(), "this article has outside links").toBeGreaterThan(0);
  for (const link of await links.all()) {
    // The computed value keeps what the style sheet says: an address in brackets.
    const shown = await link.evaluate((link) => getComputedStyle(link, "::after").content);
    expect(shown).toContain((await link.getAttribute("href"))!);
  }
});

test("paper is white and the text black, whatever the theme", async ({ page }) => {
  await page.goto(samplePath);
  for (const theme of ["dark", "sepia", "contrast"]) {
    await page.evaluate((theme) => localStorage.setItem("doorway.reading", JSON.stringify({ theme })), theme);
    await page.reload();
    await page.emulateMedia({ media: "print", colorScheme: "dark" });
    const colours = await page.locator(".body > p").first().evaluate((text) => ({
      text: getComputedStyle(text).color,
      ground: getComputedStyle(document.body).backgroundColor,
      page: getComputedStyle(document.documentElement).backgroundColor,
    }));
    expect(colours, theme).toEqual({ text: "rgb(0, 0, 0)", ground: "rgba(0, 0, 0, 0)", page: "rgba(0, 0, 0, 0)" });
    await page.emulateMedia({ media: "screen" });
  }
});

test("page breaks keep blocks, takeaways and headings whole", async ({ page }) => {
  await page.goto(samplePath);
  await page.emulateMedia({ media: "print" });
  const inside = (selector: string) =>
    page.locator(selector).evaluateAll((elements) => [...new Set(elements.map((element) => getComputedStyle(element).breakInside))]);
  expect(await inside(".block")).toEqual(["avoid"]);
  expect(await inside("[data-kind=takeaways]")).toEqual(["avoid"]);
  const after = await page.locator(".body h2, .body h3").evaluateAll((elements) => [
    ...new Set(elements.map((element) => getComputedStyle(element).breakAfter)),
  ]);
  expect(after).toEqual(["avoid"]);
});

test("Print on a block leads to a sheet with that block alone, its day, its code and the crisis number", async ({ page }) => {
  await page.addInitScript(() => {
    Object.assign(window, { printed: 0 });
    window.print = () => {
      (window as unknown as { printed: number }).printed += 1;
    };
  });
  await openAwake(page, samplePath);
  const block = page.locator(".block[data-kind=checklist]").first();
  const [anchor, label] = [await block.getAttribute("id"), await block.locator("> .label").innerText()];
  await block.locator("[data-act=print]").click();
  await expect(page).toHaveURL(`${samplePath}/handout?part=${anchor}`);
  await page.getByRole("button", { name: "Print" }).click();
  expect(await page.evaluate(() => (window as unknown as { printed: number }).printed)).toBe(1);
  await page.emulateMedia({ media: "print" });
  await expect(page.locator(".block")).toHaveCount(1);
  await expect(page.locator(".block > .label")).toHaveText(label);
  await expect(page.getByRole("heading", { level: 1 })).toHaveText(sample.title);
  await expect(page.locator(".body > p")).toHaveCount(0);
  await expect(page.locator(".paper-head")).toContainText(/\d{1,2} [A-Z][a-z]+ \d{4}/);
  await expect(page.locator(".paper-foot svg.qr")).toBeVisible();
  await expect(page.locator(".paper-foot")).toContainText("988");
  await page.emulateMedia({ media: "screen" });
  await page.goBack();
  await expect(page.getByRole("region", { name: "References" })).toBeVisible();
});
