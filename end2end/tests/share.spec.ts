// Exactly this passage: every heading, block and selection can be handed on, and nothing of it is sent anywhere.

import type { Locator, Page } from "@playwright/test";
import jsqr from "jsqr";

import { samplePath } from "../helpers/library.ts";
import { expectNoSidewaysScroll, isSameDocument, markDocument, openAwake } from "../helpers/page.ts";
import { expect, test } from "../helpers/test.ts";

// The package is CommonJS with a default of its own.
const read = (jsqr as unknown as { default: typeof jsqr.default }).default;

const menu = (page: Page) => page.getByRole("dialog", { name: "Share" });

/** Opens the menu of the first section. */
async function openMenu(page: Page): Promise<{ dialog: Locator; link: Locator; anchor: string }> {
  await openAwake(page, samplePath);
  const link = page.locator(".body h2 > a.share").first();
  await link.scrollIntoViewIfNeeded();
  await link.click();
  const dialog = menu(page);
  await expect(dialog).toBeVisible();
  return { dialog, link, anchor: (await link.getAttribute("href"))! };
}

/** Takes the place of the clipboard, which headless browsers guard. */
async function clipboard(page: Page, refuses = false) {
  await page.addInitScript((refuses) => {
    const writeText = (text: string) => {
      if (refuses) return Promise.reject(new DOMException("no", "NotAllowedError"));
      Object.assign(window, { copied: text });
      return Promise.resolve();
    };
    Object.defineProperty(navigator, "clipboard", { value: { writeText } });
  }, refuses);
}

const copied = (page: Page) => page.evaluate(() => (window as unknown as { copied?: string }).copied);

/** What a camera reads of a code on the screen. */
async function scan(code: Locator): Promise<string | undefined> {
  const side = 400;
  const pixels = await code.evaluate(async (svg, side) => {
    const image = new Image();
    image.src = "data:image/svg+xml," + encodeURIComponent(new XMLSerializer().serializeToString(svg));
    await image.decode();
    const canvas = Object.assign(document.createElement("canvas"), { width: side, height: side });
    const context = canvas.getContext("2d")!;
    context.drawImage(image, 0, 0, side, side);
    return Array.from(context.getImageData(0, 0, side, side).data, (byte) => String.fromCharCode(byte)).join("");
  }, side);
  return read(Uint8ClampedArray.from(pixels, (byte) => byte.charCodeAt(0)), side, side)?.data;
}

/** Selects words of the page as a reader would have them selected. */
async function select(page: Page, words: string) {
  await page.evaluate((words) => {
    const walker = document.createTreeWalker(document.querySelector(".body")!, NodeFilter.SHOW_TEXT);
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      const at = node.textContent!.indexOf(words);
      if (at < 0) continue;
      const range = document.createRange();
      range.setStart(node, at);
      range.setEnd(node, at + words.length);
      node.parentElement!.scrollIntoView({ block: "center" });
      getSelection()!.removeAllRanges();
      getSelection()!.addRange(range);
      return;
    }
    throw new Error(`no such words: ${words}`);
  }, words);
}

/** The middle words of the first long paragraph. */
async function someWords(page: Page): Promise<string> {
  return page.evaluate(() => {
    const texts = [...document.querySelectorAll(".body > p")].flatMap((text) => [...text.childNodes]);
    const long = texts.find((node) => node.nodeType === Node.TEXT_NODE && node.textContent!.trim().split(/\s+/).length > 12)!;
    return long.textContent!.trim().split(/\s+/).slice(3, 8).join(" ");
  });
}

test("Share on a heading opens a menu, and Escape goes back to the heading", async ({ page }) => {
  const { dialog, link } = await openMenu(page);
  for (const name of ["Copy link", "QR code", "Citation", "Add to pack", "Close"]) {
    await expect(dialog.getByRole("button", { name })).toBeVisible();
  }
  for (const name of ["E-mail", "Text message", "Print a handout"]) await expect(dialog.getByRole("link", { name })).toBeVisible();
  await expectNoSidewaysScroll(page);
  await page.keyboard.press("Escape");
  await expect(dialog).toBeHidden();
  await expect(link).toBeFocused();
});

test("the first press on Share waits for the client, and without it leads to the place", async ({ page, troubles }) => {
  troubles.announce(/\.wasm|ERR_FAILED|Failed to fetch/);
  let answer = () => {};
  const pressed = new Promise<void>((resolve) => (answer = resolve));
  await page.route("**/*.wasm", async (route) => {
    await pressed;
    await route.continue();
  });
  await page.goto(samplePath);
  const link = page.locator(".body h2 > a.share").first();
  // As a finger does: nothing of it came before.
  await link.evaluate((link: HTMLElement) => link.click());
  await expect(page).toHaveURL(samplePath);
  answer();
  await expect(menu(page)).toBeVisible();
  await expect(page).toHaveURL(samplePath);

  await page.unroute("**/*.wasm");
  await page.route("**/*.wasm", (route) => route.abort());
  await page.reload();
  await link.evaluate((link: HTMLElement) => link.click());
  await expect(page).toHaveURL(new RegExp(`${samplePath}#.`));
});

test("the menu is worked by keyboard alone, and Tab stays in it", async ({ page, isMobile }) => {
  test.skip(isMobile, "a phone has no Tab key");
  await openAwake(page, samplePath);
  const link = page.locator(".body h2 > a.share").first();
  await link.focus();
  await page.keyboard.press("Enter");
  const dialog = menu(page);
  await expect(dialog.getByRole("heading", { name: "Share" })).toBeFocused();
  await page.keyboard.press("Tab");
  await expect(dialog.getByRole("button", { name: "Copy link" })).toBeFocused();
  await page.keyboard.press("Tab");
  await page.keyboard.press("Enter");
  await expect(dialog.getByRole("img", { name: /^QR code for “/ })).toBeVisible();
  await page.keyboard.press("Enter");
  await expect(dialog.getByRole("img", { name: /^QR code for “/ })).toBeHidden();
  for (let at = 0; at < 12; at += 1) {
    await page.keyboard.press("Tab");
    const outside = await page.evaluate(() => document.activeElement !== document.body && !document.activeElement!.closest("#share"));
    expect(outside, "focus behind the dialog").toBe(false);
  }
  await page.keyboard.press("Escape");
  await expect(link).toBeFocused();
});

test("the menu is worked by touch, and a tap beside it closes it", async ({ page, isMobile }) => {
  test.skip(!isMobile, "a desk has no touch");
  await openAwake(page, samplePath);
  await page.locator(".body h2 > a.share").first().tap();
  const dialog = menu(page);
  await expect(dialog).toBeVisible();
  await dialog.getByRole("button", { name: "Citation" }).tap();
  await expect(dialog.locator(".citation")).toBeVisible();
  await page.touchscreen.tap(2, 2);
  await expect(dialog).toBeHidden();
});

test("every target of the menu is as large as a thumb", async ({ page }) => {
  const { dialog } = await openMenu(page);
  await dialog.getByRole("button", { name: "QR code" }).click();
  for (const target of await dialog.locator("button, a").all()) {
    const box = (await target.boundingBox())!;
    expect(box.height, (await target.textContent())!).toBeGreaterThanOrEqual(44);
    expect(box.width).toBeGreaterThanOrEqual(44);
  }
});

test("Copy link copies the address of the section", async ({ page }) => {
  await clipboard(page);
  const { dialog, anchor } = await openMenu(page);
  await dialog.getByRole("button", { name: "Copy link" }).click();
  await expect(dialog.getByRole("status")).toHaveText("The link is copied.");
  expect(await copied(page)).toBe(new URL(samplePath + anchor, page.url()).href);
});

test("where the browser refuses to copy, the link stands selected in a field", async ({ page }) => {
  await clipboard(page, true);
  const { dialog, anchor } = await openMenu(page);
  await dialog.getByRole("button", { name: "Copy link" }).click();
  const field = dialog.getByRole("textbox", { name: /did not let the page copy/ });
  await expect(field).toBeFocused();
  await expect(field).toHaveValue(new URL(samplePath + anchor, page.url()).href);
  const selected = await field.evaluate((field: HTMLInputElement) => field.value.slice(field.selectionStart!, field.selectionEnd!));
  expect(selected).toBe(await field.inputValue());
});

test("the QR code leads to the section, says what a tap on it does, can be enlarged and kept", async ({ page }) => {
  const { dialog, anchor } = await openMenu(page);
  await dialog.getByRole("button", { name: "QR code" }).click();
  const code = dialog.locator("svg.qr");
  expect(await scan(code)).toBe(new URL(samplePath + anchor, page.url()).href);
  const before = (await code.boundingBox())!.width;
  await dialog.getByRole("button", { name: /larger/ }).click();
  await expect.poll(async () => (await code.boundingBox())!.width).toBeGreaterThan(before * 1.3);
  await expectNoSidewaysScroll(page);
  await expect(dialog.getByRole("button", { name: /larger/ })).toHaveCount(0);
  await dialog.getByRole("button", { name: /smaller again/ }).click();
  await expect.poll(async () => (await code.boundingBox())!.width).toBeCloseTo(before, 0);
  await expect(dialog.getByRole("button", { name: /larger/ })).toBeVisible();
  for (const [name, kind] of [["Save as SVG", "svg"], ["Save as PNG", "png"]] as const) {
    const [file] = await Promise.all([page.waitForEvent("download"), dialog.getByRole("link", { name }).click()]);
    expect(file.suggestedFilename()).toBe(`qr-code.${kind}`);
  }
});

test("the citation has author, title, publisher, day and address", async ({ page }) => {
  await clipboard(page);
  const { dialog, anchor } = await openMenu(page);
  const heading = await page.locator(".body h2").first().innerText();
  const title = await page.locator("h1").innerText();
  await dialog.getByRole("button", { name: "Citation" }).click();
  const citation = await dialog.locator(".citation").innerText();
  expect(citation).toContain(`${title}: ${heading.trim()}`);
  expect(citation).toMatch(/Doorway editors\. /);
  expect(citation).toMatch(/Updated \d{1,2} [A-Z][a-z]+ \d{4}\. http/);
  expect(citation.endsWith(samplePath + anchor)).toBe(true);
  await dialog.getByRole("button", { name: "Copy citation" }).click();
  await expect.poll(() => copied(page)).toBe(citation);
});

test("e-mail and text message carry a kind line and the address, ready to be sent by the reader", async ({ page }) => {
  const { dialog, anchor } = await openMenu(page);
  const mail = (await dialog.getByRole("link", { name: "E-mail" }).getAttribute("href"))!;
  const body = new URL(mail).searchParams.get("body")!;
  expect(new URL(mail).searchParams.get("subject")).toMatch(/\w/);
  expect(body).toContain("Here is something to read");
  expect(body).toContain(samplePath + anchor);
  const text = (await dialog.getByRole("link", { name: "Text message" }).getAttribute("href"))!;
  expect(text.startsWith("sms:?&body=")).toBe(true);
  expect(decodeURIComponent(text)).toContain(samplePath + anchor);
});

test("the device's own share sheet is offered where there is one", async ({ page }) => {
  await page.addInitScript(() => {
    Object.defineProperty(navigator, "share", {
      value: (data: ShareData) => {
        Object.assign(window, { shared: data });
        return Promise.resolve();
      },
    });
  });
  const { dialog, anchor } = await openMenu(page);
  await dialog.getByRole("button", { name: "More ways" }).click();
  await expect(dialog).toBeHidden();
  const shared = await page.evaluate(() => (window as unknown as { shared: ShareData }).shared);
  expect(shared.url).toBe(new URL(samplePath + anchor, page.url()).href);
});

test("Share on a block is about the block", async ({ page }) => {
  await clipboard(page);
  await openAwake(page, samplePath);
  const block = page.locator(".block").filter({ has: page.locator("[data-act=link]") }).first();
  await block.locator("[data-act=link]").click();
  await menu(page).getByRole("button", { name: "Copy link" }).click();
  expect(await copied(page)).toBe(new URL(`${samplePath}#${await block.getAttribute("id")}`, page.url()).href);
});

test("an article is handed on as a whole from its head", async ({ page }) => {
  await clipboard(page);
  await openAwake(page, samplePath);
  const title = await page.locator("h1").innerText();
  const link = page.locator(".hand-on").getByRole("link", { name: `Share: ${title}` });
  const box = (await link.boundingBox())!;
  expect(box.height).toBeGreaterThanOrEqual(44);
  await link.click();
  const dialog = menu(page);
  await expect(dialog.locator(".what")).toHaveText(`“${title}”`);
  await expect(dialog.getByRole("link", { name: "Print a handout" })).toHaveAttribute("href", `${samplePath}/handout`);
  await dialog.getByRole("button", { name: "QR code" }).click();
  expect(await scan(dialog.locator("svg.qr"))).toBe(new URL(samplePath, page.url()).href);
  await dialog.getByRole("button", { name: "Copy link" }).click();
  expect(await copied(page)).toBe(new URL(samplePath, page.url()).href);
  await dialog.getByRole("button", { name: "Citation" }).click();
  await expect(dialog.locator(".citation")).toContainText(title);
  await dialog.getByRole("button", { name: "Add to pack" }).click();
  await expect(dialog.getByRole("status")).toContainText("in the pack");
  await page.keyboard.press("Escape");
  await expect(link).toBeFocused();
  await page.goto("/pack/new");
  await expect(page.locator("#parts-0")).toHaveText("The whole article");
});

test("Add to pack says that the passage is in the pack, and leads there", async ({ page }) => {
  const { dialog } = await openMenu(page);
  await dialog.getByRole("button", { name: "Add to pack" }).click();
  await expect(dialog.getByRole("status")).toContainText("in the pack");
  // The header with the way to it may be far up by now.
  await dialog.getByRole("link", { name: "See the pack" }).click();
  await expect(page).toHaveURL(/\/pack\/new$/);
  await expect(page.locator(".chosen > li")).toHaveCount(1);
});

test("the handout of a section is one tap away", async ({ page }) => {
  const { dialog, anchor } = await openMenu(page);
  await markDocument(page);
  await dialog.getByRole("link", { name: "Print a handout" }).click();
  await expect(page).toHaveURL(`${samplePath}/handout?part=${anchor.slice(1)}`);
  await expect(dialog).toBeHidden();
  await expect(page.locator(".paper")).toBeVisible();
  expect(await isSameDocument(page)).toBe(true);
});

test("selected words are handed on with a link that finds and marks them", async ({ page, context }) => {
  await clipboard(page);
  await openAwake(page, samplePath);
  const words = await someWords(page);
  await select(page, words);
  const button = page.getByRole("button", { name: "Share this passage" });
  await expect(button).toBeVisible();
  // It never stands on what is selected.
  const [selection, box] = [
    await page.evaluate(() => getSelection()!.getRangeAt(0).getBoundingClientRect().toJSON() as DOMRect),
    (await button.boundingBox())!,
  ];
  expect(box.y >= selection.bottom || box.y + box.height <= selection.top).toBe(true);
  expect(box.height).toBeGreaterThanOrEqual(44);
  await button.click();
  await expect(menu(page).locator("blockquote")).toHaveText(words);
  await menu(page).getByRole("button", { name: "Copy link" }).click();
  await expect.poll(() => copied(page)).toContain(":~:text=");
  const link = (await copied(page))!;

  // Chromium scrolls to the words and nowhere else: the page opens with them on the screen.
  const fresh = await context.newPage();
  await fresh.goto(link);
  const place = () =>
    fresh.evaluate((words) => {
      const walker = document.createTreeWalker(document.querySelector(".body")!, NodeFilter.SHOW_TEXT);
      for (let node = walker.nextNode(); node; node = walker.nextNode()) {
        const at = node.textContent!.indexOf(words);
        if (at < 0) continue;
        const range = document.createRange();
        range.setStart(node, at);
        range.setEnd(node, at + words.length);
        const { top, bottom } = range.getBoundingClientRect();
        return { top, bottom, height: innerHeight, scrolled: scrollY };
      }
      throw new Error("the words are gone");
    }, words);
  await expect.poll(async () => (await place()).scrolled).toBeGreaterThan(0);
  const seen = await place();
  expect(seen.top).toBeGreaterThanOrEqual(0);
  expect(seen.bottom).toBeLessThanOrEqual(seen.height);
  await fresh.close();
});

test("a selection over two paragraphs gets a link too", async ({ page, context }) => {
  await clipboard(page);
  await openAwake(page, samplePath);
  await page.evaluate(() => {
    const paragraphs = [...document.querySelectorAll(".body p")].filter((text) => text.nextElementSibling?.matches("p"));
    const [first, second] = [paragraphs[0]!, paragraphs[0]!.nextElementSibling!];
    const range = document.createRange();
    range.setStart(first.firstChild!, 2);
    range.setEnd(second, 1);
    first.scrollIntoView({ block: "center" });
    getSelection()!.addRange(range);
  });
  await page.getByRole("button", { name: "Share this passage" }).click();
  await menu(page).getByRole("button", { name: "Copy link" }).click();
  await expect.poll(() => copied(page)).toMatch(/:~:text=[^,]+,[^,]+$/);
  const fresh = await context.newPage();
  await fresh.goto((await copied(page))!);
  await expect.poll(() => fresh.evaluate(() => scrollY)).toBeGreaterThan(0);
  await fresh.close();
});

test("a quotation that begins at a heading says it once, also where its block has the same name", async ({ page }) => {
  await openAwake(page, samplePath);
  await page.evaluate(() => {
    const heading = [...document.querySelectorAll(".body h2")].find((heading) => heading.nextElementSibling?.matches("[data-kind=takeaways]"))!;
    const range = document.createRange();
    range.setStart(heading.firstChild!, 0);
    range.setEnd(heading.nextElementSibling!.querySelector("li")!, 1);
    heading.scrollIntoView({ block: "center" });
    getSelection()!.addRange(range);
  });
  await page.getByRole("button", { name: "Share this passage" }).click();
  await expect(menu(page).locator("blockquote")).toHaveText(/^Key takeaways (?!Key takeaways)\S/);
});

test("the button beside a selection goes with Escape, and with the selection", async ({ page }) => {
  await openAwake(page, samplePath);
  const words = await someWords(page);
  const button = page.getByRole("button", { name: "Share this passage" });
  await select(page, words);
  await expect(button).toBeVisible();
  await page.keyboard.press("Escape");
  await expect(button).toBeHidden();
  await page.evaluate(() => getSelection()!.removeAllRanges());
  await select(page, words);
  await expect(button).toBeVisible();
  await page.evaluate(() => scrollTo(0, document.body.scrollHeight));
  await expect(button).toBeHidden();
  await select(page, words);
  await expect(button).toBeVisible();
  await page.evaluate(() => getSelection()!.removeAllRanges());
  await expect(button).toBeHidden();
});

test("by keyboard, selected words are offered in the menu of a section", async ({ page, isMobile }) => {
  test.skip(isMobile, "a phone has no Tab key");
  await openAwake(page, samplePath);
  const words = await someWords(page);
  await select(page, words);
  await page.locator(".body h2 > a.share").first().focus();
  await page.keyboard.press("Enter");
  await menu(page).getByRole("button", { name: "Share the selected text" }).click();
  await expect(menu(page).locator("blockquote")).toHaveText(words);
});

test("nothing of what is shared is sent anywhere", async ({ page }) => {
  await clipboard(page);
  await openAwake(page, samplePath);
  await page.waitForLoadState("networkidle");
  const sent: string[] = [];
  page.on("request", (request) => {
    if (!request.url().startsWith("data:")) sent.push(request.url());
  });
  await select(page, await someWords(page));
  await page.getByRole("button", { name: "Share this passage" }).click();
  const dialog = menu(page);
  for (const name of ["Copy link", "QR code", "Citation", "Add to pack"]) await dialog.getByRole("button", { name }).click();
  await dialog.getByRole("button", { name: "Close" }).click();
  expect(sent).toEqual([]);
});

test("the codes on packs, handouts and posters lead to their pages", async ({ page }) => {
  for (const [address, target] of [
    ["/packs/going-home-today", "/packs/going-home-today"],
    [`${samplePath}/handout`, samplePath],
    ["/poster", "/"],
    ["/poster/side-effects", "/topics/side-effects"],
  ] as const) {
    await page.goto(address);
    const canonical = await page.locator("link[rel=canonical]").getAttribute("href");
    const read = await scan(page.locator("svg.qr").first());
    expect(read, address).toBe(new URL(target, canonical!).href);
  }
});

test("a passage of a pack is handed on from its own article", async ({ page }) => {
  await clipboard(page);
  await openAwake(page, "/packs/going-home-today");
  await page.locator(".passage h3 > a.share").first().click();
  await menu(page).getByRole("button", { name: "Copy link" }).click();
  await expect.poll(() => copied(page)).toMatch(/\/articles\/after-the-session#hour-by-hour$/);
});

test("words at the head of a pack's passage are handed on from the article as a whole", async ({ page }) => {
  await clipboard(page);
  // All of one article, as it was frozen.
  await openAwake(page, "/pack#v1.c4yUcQcAASDrhyVV");
  await expect(page.locator(".passage h2")).toHaveText(/Grounding/);
  const words = await page.locator(".passage > div > p").first().evaluate((text) => {
    const node = [...text.childNodes].find((node) => node.nodeType === Node.TEXT_NODE && node.textContent!.trim().split(/\s+/).length > 6)!;
    return node.textContent!.trim().split(/\s+/).slice(0, 5).join(" ");
  });
  await select(page, words);
  await page.getByRole("button", { name: "Share this passage" }).click();
  const dialog = menu(page);
  await expect(dialog.getByRole("link", { name: "Print a handout" })).toHaveAttribute("href", "/articles/grounding/handout");
  await dialog.getByRole("button", { name: "Copy link" }).click();
  await expect.poll(() => copied(page)).toMatch(/\/articles\/grounding#:~:text=/);
  await dialog.getByRole("button", { name: "Add to pack" }).click();
  await expect(dialog.getByRole("status")).toContainText("in the pack");
  await dialog.getByRole("button", { name: "Close" }).click();
  await page.goto("/pack/new");
  await expect(page.locator("#parts-0")).toHaveText("The whole article");
});

test("what is handed on has the address of the site, by whatever name it was opened", async ({ page }) => {
  await clipboard(page);
  const known = "https://library.example";
  // As a server answers that has a name of its own and is asked by another.
  await page.route(/^http:\/\/[^/]+\/(articles|pack)\b(?!.*\.txt)/, async (route) => {
    const answer = await route.fetch();
    const html = (await answer.text()).replace(/(<link rel="canonical" href=")[^"]*?:\/\/[^/"]*/, `$1${known}`);
    await route.fulfill({ response: answer, body: html });
  });
  const { dialog, anchor } = await openMenu(page);
  await dialog.getByRole("button", { name: "Copy link" }).click();
  expect(await copied(page)).toBe(`${known}${samplePath}${anchor}`);
  await dialog.getByRole("button", { name: "QR code" }).click();
  expect(await scan(dialog.locator("svg.qr"))).toBe(`${known}${samplePath}${anchor}`);
  await dialog.getByRole("button", { name: "Add to pack" }).click();
  await expect(dialog.getByRole("status")).toContainText("in the pack");
  await page.goto("/pack/new");
  await expect(page.locator("#link")).toHaveValue(/^https:\/\/library\.example\/pack#v1\./);
  expect(await scan(page.locator("#hand svg.qr"))).toBe(await page.locator("#link").inputValue());
  // And it is looked at here.
  const here = (await page.locator("#preview").getAttribute("href"))!;
  await page.goto(here);
  await page.getByRole("button", { name: "Copy the link" }).click();
  await expect.poll(() => copied(page)).toBe(`${known}${here}`);
  expect(await scan(page.locator(".hand-over svg.qr"))).toBe(`${known}${here}`);
});
