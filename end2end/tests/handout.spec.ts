// On paper, to be handed over: what Chromium prints of handouts, packs and posters, read back from the PDF.

import type { Page } from "@playwright/test";
import { extractText, getDocumentProxy } from "unpdf";

import { articles, sample, samplePath } from "../helpers/library.ts";
import { openAwake } from "../helpers/page.ts";
import { codeOnLastSheet, printed } from "../helpers/paper.ts";
import { expect, test } from "../helpers/test.ts";

test.skip(({ isMobile }) => isMobile, "paper has one width");

interface Sheet {
  text: string;
  pages: string[];
  /** Width and height of the first page, in millimetres. */
  size: [number, number];
  raw: string;
}

/** What the browser's print command makes of a page. */
async function print(page: Page, address: string, format: "A4" | "Letter" = "A4"): Promise<Sheet> {
  await page.goto(address);
  const pdf = await printed(page, format);
  const document = await getDocumentProxy(new Uint8Array(pdf));
  const { text } = await extractText(document, { mergePages: false });
  const view = (await document.getPage(1)).view as [number, number, number, number];
  const pages = text.map((page) => page.replace(/\s+/g, " "));
  const millimetres = (points: number) => Math.round((points * 25.4) / 72);
  return { text: pages.join(" "), pages, size: [millimetres(view[2]), millimetres(view[3])], raw: pdf.toString("latin1") };
}

const papers = { A4: [210, 297], Letter: [216, 279] } as const;

for (const format of ["A4", "Letter"] as const) {
  test(`a handout on ${format} has all that it must, as tagged text`, async ({ page }) => {
    const sheet = await print(page, `${samplePath}/handout`, format);
    expect(sheet.size).toEqual(papers[format]);
    expect(sheet.text).toContain(sample.title);
    expect(sheet.text).toContain("Key takeaways");
    expect(sheet.text).toContain("not medical advice");
    expect(sheet.text).toMatch(/call your emergency number, or .*988/);
    expect(sheet.text).toContain(samplePath);
    const year = String(new Date().getUTCFullYear());
    expect(sheet.pages[0], "the day").toContain(year);
    // Takeaways come before the first section.
    await page.goto(samplePath);
    const section = (await page.locator(".body h2").nth(1).innerText()).trim();
    expect(sheet.text.indexOf("Key takeaways")).toBeLessThan(sheet.text.indexOf(section));
    // Pages are numbered, each with the number of all.
    sheet.pages.forEach((text, at) => expect(text, `page ${at + 1}`).toContain(`${at + 1} / ${sheet.pages.length}`));
    // Tagged, so that a screen reader finds its way.
    expect(sheet.raw).toContain("/StructTreeRoot");
    expect(sheet.raw).toMatch(/\/MarkInfo\s*<<[^>]*\/Marked true/);
    expect(sheet.raw).toContain("/Outlines");
    // Nothing that clicks is left on paper.
    for (const gone of ["Back to the article", "Large type", "Skip to the text"]) expect(sheet.text).not.toContain(gone);
  });

  test(`the one page of every article is one page of ${format}, in usual and large type, and has room for a question where the article asks any`, async ({ page }) => {
    test.setTimeout(300_000);
    const more: string[] = [];
    const asking = new Set<string>();
    for (const { slug } of articles) {
      const whole = await page.request.get(`/articles/${slug}`);
      if ((await whole.text()).includes('data-kind="questions"')) asking.add(slug);
    }
    expect(asking.size).toBeGreaterThan(10);
    // Lines have their height on paper.
    await page.emulateMedia({ media: "print" });
    for (const { slug } of articles) {
      for (const type of ["", "&type=large"]) {
        const sheet = await print(page, `/articles/${slug}/handout?view=one-page${type}`, format);
        if (asking.has(slug)) {
          const questions = page.locator(".paper [data-kind=questions] li");
          const lines = await questions.evaluateAll((items) => items.map((item) => Number.parseFloat(getComputedStyle(item, "::after").blockSize)));
          if (lines.length === 0 || lines.some((height) => !(height > 20))) more.push(`${slug}${type}: no question with lines to write on`);
        }
        // One page needs no number, and has narrower margins than sheets that do.
        if (sheet.text.includes("1 / 1")) more.push(`${slug}${type}: it has the page of other sheets`);
        if (sheet.pages.length !== 1) more.push(`${slug}${type}: ${sheet.pages.length} pages`);
        if (!sheet.text.includes("not medical advice")) more.push(`${slug}${type}: its foot is missing`);
      }
    }
    expect(more).toEqual([]);
  });
}

test("large type is larger and takes more paper", async ({ page }) => {
  const size = () => page.locator(".body p").first().evaluate((text) => Number.parseFloat(getComputedStyle(text).fontSize));
  const usual = await print(page, `${samplePath}/handout`);
  await page.emulateMedia({ media: "print" });
  const usualSize = await size();
  await page.emulateMedia({ media: null });
  const large = await print(page, `${samplePath}/handout?type=large`);
  await page.emulateMedia({ media: "print" });
  expect(await size()).toBeGreaterThanOrEqual(usualSize * 1.4);
  // 16 points, in CSS pixels.
  expect(await size()).toBeGreaterThanOrEqual(21.3);
  expect(large.pages.length).toBeGreaterThan(usual.pages.length);
});

for (const media of ["print", "screen"] as const) {
  test(`in large type headings, notes and boxes grow with the text, ${media === "print" ? "on paper" : "on a screen"}`, async ({ page }) => {
    for (const address of ["/articles/side-effects-common-and-rare/handout", "/packs/before-your-first-session"]) {
      await page.goto(address);
      await page.emulateMedia({ media });
      // A standing pack looks like an opened one for which large type was chosen.
      await page.locator(":is(.paper, .pack)").first().evaluate((sheet) => sheet.setAttribute("data-type", "large"));
      const { text, h2, h3, evidence, box, off } = await page.evaluate(() => {
        const points = (selector: string) => (Number.parseFloat(getComputedStyle(document.querySelector(selector)!).fontSize) * 3) / 4;
        const box = document.querySelector(".block[data-kind=checklist] input")!.getBoundingClientRect();
        const words = document.createRange();
        words.selectNodeContents(document.querySelector(".block[data-kind=checklist] label")!);
        const line = words.getClientRects()[0]!;
        return {
          text: points(".body p:not([class])"),
          h2: points(".body h2"),
          h3: points(".body h3"),
          evidence: points(".body .evidence"),
          box: (box.height * 3) / 4,
          off: Math.abs(box.top + box.height / 2 - line.top - line.height / 2),
        };
      });
      expect(h3, `${address}: headings`).toBeGreaterThan(text);
      expect(h2, `${address}: headings`).toBeGreaterThan(h3);
      expect(off, `${address}: a box stands beside its words`).toBeLessThan(4);
      if (media === "screen") continue;
      expect(text, address).toBeCloseTo(16, 1);
      expect(evidence, `${address}: notes`).toBeGreaterThan(12);
      expect(box, `${address}: boxes`).toBeGreaterThan(14);
    }
  });
}

test("no heading is left alone at the foot of a page, no foot alone on a sheet, and no page is nearly empty but the last", async ({ page }) => {
  test.setTimeout(240_000);
  const wrong: string[] = [];
  for (const { slug } of articles) {
    const sheet = await print(page, `/articles/${slug}/handout`);
    const headings = (await page.locator(".paper .body :is(h2, h3, h4)").allTextContents()).map((text) => text.replace(/\s+/g, " ").trim());
    sheet.pages.slice(0, -1).forEach((text, at) => {
      const words = text.replace(/\d+ \/ \d+/, "").trim();
      for (const heading of headings) if (words.endsWith(heading)) wrong.push(`${slug}, page ${at + 1} ends with “${heading}”`);
      if (words.length < 200) wrong.push(`${slug}, page ${at + 1} has ${words.length} characters`);
    });
    const beforeFoot = sheet.pages.at(-1)!.replace(/^\d+ \/ \d+ /, "").split("Read it on a phone")[0]!;
    if (beforeFoot.length < 80) wrong.push(`${slug}, the foot stands alone on page ${sheet.pages.length}`);
  }
  expect(wrong).toEqual([]);
});

for (const format of ["A4", "Letter"] as const) {
  test(`the foot of no short handout stands alone on a sheet of ${format}, in usual and large type`, async ({ page }) => {
    test.setTimeout(300_000);
    const alone: string[] = [];
    for (const { slug } of articles) {
      for (const type of ["", "&type=large"]) {
        const { pages } = await print(page, `/articles/${slug}/handout?view=short${type}`, format);
        const [before, foot] = pages.at(-1)!.replace(/^\d+ \/ \d+ /, "").split("Read it on a phone");
        if (before!.length < 80) alone.push(`${slug}${type}: page ${pages.length} begins with “${before}”`);
        if (!foot?.includes("not medical advice")) alone.push(`${slug}${type}: its foot is missing`);
      }
    }
    expect(alone).toEqual([]);
  });
}

test("a page of questions says where the rest is", async ({ page }) => {
  const sheet = await print(page, "/articles/integration-therapy-maximizing-benefits/handout?view=one-page&type=large", "Letter");
  expect(sheet.pages).toHaveLength(1);
  expect(sheet.text).toContain("More questions are in the article: the code leads there.");
});

test("questions have lines to write on, checklists have boxes", async ({ page }) => {
  await page.goto("/articles/questions-to-ask-a-clinic/handout");
  await page.emulateMedia({ media: "print" });
  const question = page.locator("[data-kind=questions] li").first();
  const line = await question.evaluate((item) => {
    const after = getComputedStyle(item, "::after");
    return { height: Number.parseFloat(after.blockSize), drawn: after.backgroundImage };
  });
  expect(line.height).toBeGreaterThan(40);
  expect(line.drawn).toContain("linear-gradient");
  await page.goto(`${samplePath}/handout`);
  const box = page.locator("[data-kind=checklist] input").first();
  expect(await box.evaluate((box) => getComputedStyle(box).borderTopStyle)).toBe("solid");
});

test("a handout of one section has that section and the way back to it", async ({ page }) => {
  await page.goto(samplePath);
  const anchor = (await page.locator(".body h2").nth(1).getAttribute("id"))!;
  const sheet = await print(page, `${samplePath}/handout?part=${anchor}`);
  expect(sheet.text).toContain(`${samplePath}#${anchor}`);
  expect(sheet.text).not.toContain("Key takeaways");
});

for (const [what, address, leads] of [
  ["in large type", "/articles/after-the-session/handout?type=large", "/articles/after-the-session"],
  ["of one block", "/articles/after-the-session/handout?part=hour-by-hour-five-questions-for-the-morning", "/articles/after-the-session#hour-by-hour-five-questions-for-the-morning"],
  ["of one block in large type", "/articles/after-the-session/handout?part=hour-by-hour-five-questions-for-the-morning&type=large", "/articles/after-the-session#hour-by-hour-five-questions-for-the-morning"],
] as const) {
  test(`the code on a handout ${what} is large enough for a phone, whatever stands beside it`, async ({ page, baseURL }) => {
    await page.goto(address);
    // As with a clinic whose lines are long.
    await page.locator(".paper-foot .address").evaluate((line) => line.before("patient-library.department-of-psychiatry.university-hospital.example.org "));
    const code = await codeOnLastSheet(page, await printed(page));
    expect(code?.text).toBe(new URL(leads, baseURL).href);
    expect(code!.width).toBeGreaterThan(20);
  });
}

test("a standing pack prints as a handout", async ({ page }) => {
  const sheet = await print(page, "/packs/going-home-today");
  expect(sheet.text).toContain("Going home today");
  expect(sheet.text).toContain("/packs/going-home-today");
  expect(sheet.text).toContain("not medical advice");
  expect(sheet.text).toMatch(/1 \/ \d/);
  expect(sheet.raw).toContain("/StructTreeRoot");
  expect(sheet.text).not.toContain("The whole library");
});

for (const [address, size] of [["/poster", [210, 297]], ["/poster?size=a3", [297, 420]], ["/poster/side-effects", [210, 297]], [`/poster/${sample.slug}?size=a3`, [297, 420]]] as const) {
  test(`the poster ${address} is one sheet of its size`, async ({ page }) => {
    const sheet = await print(page, address);
    expect(sheet.pages.length).toBe(1);
    expect(sheet.size).toEqual(size);
    expect(sheet.text).toContain("Point your phone’s camera here");
    expect(sheet.text).toContain("Nobody is told what you read.");
  });
}

test("a camera finds the code of a poster, however long the address under it and the name of who hangs it up", async ({ page, baseURL }) => {
  const { slug } = articles.toSorted((a, b) => b.slug.length - a.slug.length)[0]!;
  for (const [address, leads] of [["/poster", "/"], ["/poster/side-effects", "/topics/side-effects"], [`/poster/${slug}`, `/articles/${slug}`]]) {
    await page.goto(address!);
    await page.locator(".poster .how b").evaluate((line) => line.prepend("patient-library.department-of-psychiatry.university-hospital.example.org/"));
    await page.locator(".poster .from b").evaluate((name) => (name.textContent = "Department of Psychiatry and Psychotherapy, University Hospital of Springfield ".repeat(2)));
    const code = await codeOnLastSheet(page, await printed(page));
    expect(code?.text, address).toBe(new URL(leads!, baseURL).href);
    expect(code!.width, address).toBeGreaterThan(30);
  }
});

test("Print on a handout prints the page", async ({ page }) => {
  await page.addInitScript(() => {
    window.print = () => Object.assign(window, { printed: true });
  });
  await openAwake(page, `${samplePath}/handout`);
  await page.getByRole("button", { name: "Print" }).click();
  await expect.poll(() => page.evaluate(() => "printed" in window)).toBe(true);
});
