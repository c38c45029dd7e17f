// A pack: put together, handed over in a link, opened by whom it is for, and known to nobody else.

import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import AxeBuilder from "@axe-core/playwright";
import type { BrowserContext, Page } from "@playwright/test";

import { makeJournal, openJournal, passphrase } from "../helpers/journal.ts";
import { expectNoSidewaysScroll, themes, keepSettings, openAwake } from "../helpers/page.ts";
import { expect, test } from "../helpers/test.ts";

/** Links that were frozen for ever, written by another program than ours. */
const vectors: { name: string; fragment: string; refused?: string }[] = JSON.parse(
  readFileSync(join(import.meta.dirname, "..", "..", "crates", "pack", "vectors", "vectors.json"), "utf8"),
);
const vector = (name: string) => vectors.find((vector) => vector.name === name)!.fragment;
/** Large type, a visit, a note, and five sections of four articles of the bundled library. */
const everything = vector("all of it, deflated by zlib");

const note = "Zebrafinch: start with the first one, quietly.";

async function composer(page: Page) {
  await page.goto("/pack/new");
  await expect(page.locator("#chosen :is(.empty, .chosen)")).toBeVisible();
  await expect(page.locator("#offers summary")).toBeVisible();
}

/** Adds the best article that is found for some words. */
async function add(page: Page, words: string) {
  await page.locator("#find").fill(words);
  const button = page.locator(".offers .of button").first();
  await expect(button).toHaveText("Add");
  await button.click();
  await expect(button).toHaveText("Added");
}

const chosen = (page: Page) => page.locator(".chosen > li h3").allInnerTexts();
const linkOf = (page: Page) => page.locator("#link").inputValue();
const said = (page: Page) => page.locator("#announce");

/** Everything that a browser sends, as text. */
function listen(context: BrowserContext) {
  const sent: Promise<string>[] = [];
  context.on("request", (request) => {
    const parts = async () =>
      [request.method(), request.url(), JSON.stringify(await request.allHeaders().catch(() => request.headers())), request.postData() ?? ""].join(" ");
    sent.push(parts());
  });
  return { all: async () => (await Promise.all(sent)).join("\n"), count: () => sent.length };
}

test("a pack is put together, opened and printed, and nothing that is sent or logged holds any of it", async ({ page, browser, baseURL, troubles }) => {
  test.setTimeout(60_000);
  const made = listen(page.context());
  await page.addInitScript(() => (window.print = () => document.documentElement.setAttribute("data-printed", "")));
  await composer(page);
  await add(page, "driving");
  await page.locator("#parts-0").click();
  await page.locator(".choices input[type=checkbox]").nth(2).check();
  await add(page, "breathing");
  await page.locator("#note").fill(note);
  await page.locator("#large").check();
  await page.locator("#visit").fill("2099-12-03");
  await page.waitForTimeout(300);
  const link = await linkOf(page);
  const titles = await chosen(page);
  expect(titles).toHaveLength(2);
  expect(link).toMatch(/^http:.*\/pack#v1\.[\w-]+$/);
  // And printed from here, in one press.
  await page.getByRole("button", { name: "Print it" }).click();
  await expect(page.locator("html")).toHaveAttribute("data-printed");

  // Somebody else, with another browser.
  const context = await browser.newContext({ baseURL });
  const opened = listen(context);
  const reader = await context.newPage();
  troubles.watch(reader, new URL(baseURL!).origin);
  await reader.goto(link);
  await expect(reader.locator(".passage")).toHaveCount(2);
  // Out of the address at once.
  expect(new URL(reader.url()).hash).toBe("");
  await expect(reader.getByText(note)).toBeVisible();
  await expect(reader.getByText("For your visit on 3 December 2099.")).toBeVisible();
  await expect(reader.locator(".pack")).toHaveAttribute("data-type", "large");
  expect(await reader.locator(".passage h2").allInnerTexts()).toEqual(titles);
  expect((await reader.pdf()).byteLength).toBeGreaterThan(10_000);
  // A reload and a look elsewhere keep it in this tab.
  await reader.reload();
  await expect(reader.getByText(note)).toBeVisible();
  await reader.locator(".passage h2 a").first().click();
  await expect(reader).toHaveURL(/\/articles\//);
  await reader.goBack();
  await expect(reader.getByText(note)).toBeVisible();

  const payload = link.split("#v1.")[1]!;
  // Nothing short enough to stand by chance in a time or an id.
  const secrets = [note, encodeURIComponent(note), "Zebrafinch", "2099-12-03", "#v1"];
  for (let at = 0; at + 8 <= payload.length; at += 4) secrets.push(payload.slice(at, at + 8));
  expect(made.count()).toBeGreaterThan(5);
  expect(opened.count()).toBeGreaterThan(5);
  const sent = (await made.all()) + (await opened.all());
  expect(secrets.filter((secret) => sent.includes(secret)), "sent").toEqual([]);
  // Neither is what was chosen of an article: articles are asked for whole.
  expect(sent).toContain("/pack/articles.txt");
  expect(sent).not.toMatch(/\/articles\/[^ "?]*\?/);
  const log = process.env.DOORWAY_LOG;
  if (log && existsSync(log)) {
    const written = readFileSync(log, "utf8");
    expect(written).toContain("answered");
    expect(secrets.filter((secret) => written.includes(secret)), "logged").toEqual([]);
  }
  await context.close();
});

test("the composer works by keyboard alone, says what it does, and undoes all of it", async ({ page }) => {
  await composer(page);
  await page.locator("#find").focus();
  await page.keyboard.type("breathing");
  await expect(page.locator(".offers .of button").first()).toBeVisible();
  for (let at = 0; at < 2; at++) {
    await page.locator(".offers .of button:not([aria-disabled])").first().focus();
    await page.keyboard.press("Enter");
    await expect(said(page)).toContainText("is added");
  }
  const [first, second] = await chosen(page);
  await page.getByRole("button", { name: `Move “${first}” later` }).focus();
  await page.keyboard.press("Enter");
  expect(await chosen(page)).toEqual([second, first]);
  await expect(said(page)).toHaveText(`“${first}” is now 2 of 2.`);
  // The keyboard stays on the button that moved with its item.
  await expect(page.locator("#down-1")).toBeFocused();
  await page.keyboard.press("Enter");
  expect(await chosen(page)).toEqual([second, first]);

  await page.locator("#full-0").focus();
  await page.keyboard.press("ArrowDown");
  await expect(page.locator("#short-0")).toBeChecked();
  await expect(page.locator("#short-0")).toBeFocused();
  await page.locator("#parts-1").focus();
  await page.keyboard.press("Enter");
  await expect(page.locator(".choices input").nth(1)).toBeVisible();
  await expect(page.locator("#parts-1")).toBeFocused();
  await page.keyboard.press("Tab");
  await page.keyboard.press("Tab");
  await page.keyboard.press("Space");
  await expect(page.locator("#parts-1")).toHaveText(/^Only: \S/);
  await expect(page.locator(".choices input").nth(1)).toBeFocused();

  await page.getByRole("button", { name: `Remove “${second}”` }).focus();
  await page.keyboard.press("Enter");
  expect(await chosen(page)).toEqual([first]);
  await expect(page.locator("#undo")).toBeFocused();
  await expect(page.locator("#undo")).toHaveText(`Undo removing “${second}”`);
  await page.keyboard.press("Enter");
  expect(await chosen(page)).toEqual([second, first]);
  await expect(page.locator("#short-0")).toBeChecked();
  for (let steps = 0; steps < 10 && (await page.locator("#undo").count()); steps++) await page.keyboard.press("Control+z");
  expect(await chosen(page)).toEqual([]);
  // The button is gone with the last of them: the keyboard is at the head of what it was about.
  await page.getByRole("button", { name: "Add", exact: false }).first().focus();
  await page.keyboard.press("Enter");
  await page.locator("#undo").focus();
  await page.keyboard.press("Enter");
  await expect(page.locator("#undo")).toHaveCount(0);
  await expect(page.locator("#chosen-title")).toBeFocused();
});

test("an item is dragged by its handle to where it should be", async ({ page, isMobile }) => {
  test.skip(isMobile, "the same pointer events; Playwright drags with a mouse");
  await composer(page);
  await add(page, "breathing");
  await add(page, "driving");
  await add(page, "sleep");
  const before = await chosen(page);
  await page.locator("#chosen-title").scrollIntoViewIfNeeded();
  await page.evaluate(() => scrollTo(0, 0));
  const handle = (await page.locator(".handle").first().boundingBox())!;
  const last = (await page.locator(".chosen > li").last().boundingBox())!;
  await page.mouse.move(handle.x + 10, handle.y + 10);
  await page.mouse.down();
  await page.mouse.move(handle.x + 10, last.y + last.height - 4, { steps: 12 });
  await page.mouse.up();
  expect(await chosen(page)).toEqual([before[1], before[2], before[0]]);
  await expect(said(page)).toHaveText(`“${before[0]}” is now 3 of 3.`);
  await page.locator("#undo").click();
  expect(await chosen(page)).toEqual(before);
});

test("what is chosen survives a reload and is the same in all tabs; the note stays with its tab", async ({ page, context }) => {
  await composer(page);
  await expect(page.locator("header .basket")).toBeHidden();
  await add(page, "breathing");
  await page.locator("#note").fill(note);
  await page.reload();
  await expect(page.locator("header .basket")).toHaveText("Pack · 1");
  await expect(page.locator("#note")).toHaveValue(note);
  const other = await context.newPage();
  await composer(other);
  await expect(other.locator("#note")).toHaveValue("");
  await add(other, "driving");
  await expect(page.locator(".chosen > li")).toHaveCount(2);
  await other.locator("#large").check();
  await expect(page.locator("#large")).toBeChecked();
  await other.locator("#large").uncheck();
  await expect(page.locator("#large")).not.toBeChecked();
  await expect(page.locator("header .basket")).toHaveText("Pack · 2");
  await expect(page.locator("#note")).toHaveValue(note);
  await page.getByRole("button", { name: "Empty the pack" }).click();
  await expect(page.locator("header .basket")).toBeHidden();
  await expect(page.locator("#note")).toHaveValue("");
  await page.locator("#undo").click();
  await expect(page.locator(".chosen > li")).toHaveCount(2);
  await expect(page.locator("#note")).toHaveValue(note);
});

test("a note that says who it is for is pointed out and not forbidden, and one that is too long is not lost", async ({ page }) => {
  await composer(page);
  await add(page, "breathing");
  await page.locator("#note").fill("Dear Mrs Miller, born 12/03/1980: call 555 123 4567.");
  for (const words of ["Mrs Miller", "12/03/1980", "555 123 4567"]) {
    await expect(page.locator("#note-hints")).toContainText(words);
  }
  await page.locator("#note").fill("Hi John, read this first. (555) 123-4567");
  await expect(page.locator("#note-hints li")).toHaveText([/^“John” looks like a name/, /^“\(555\) 123-4567” looks like/]);
  expect(await linkOf(page)).toContain("/pack#v1.");
  await page.locator("#note").fill("x".repeat(512));
  await expect(page.locator("#note-count")).toHaveText("512 of 500 characters");
  await expect(page.locator("#hand")).toContainText("12 characters too long");
  await page.locator("#note").fill("Read it twice.");
  await expect(page.locator("#note-hints")).toBeEmpty();
  await expect(page.locator("#link-length")).toContainText("characters");
});

/** The parts of a pack's link that nothing that is sent may hold, none of them short enough to stand somewhere by chance. */
function parts(fragment: string): string[] {
  const letters = fragment.slice(3);
  return Array.from({ length: Math.floor((letters.length - 8) / 4) + 1 }, (_, at) => letters.slice(4 * at, 4 * at + 8));
}

test("an opened pack becomes an entry of the journal that leads back to it, and nothing of it reaches the server", async ({ page, troubles, baseURL }) => {
  test.setTimeout(90_000);
  await makeJournal(page);
  const sent = listen(page.context());
  await page.goto(`/pack#${everything}`);
  await expect(page.locator(".passage")).toHaveCount(4);
  const given = await page.locator(".from-giver .words").innerText();
  const visit = (await page.locator("header.title .facts").innerText()).match(/\d+ \w+ \d{4}/)![0];
  const titles = await page.locator(".passage h2").allInnerTexts();
  await page.getByRole("link", { name: "Save to my journal" }).click();
  await expect(page).toHaveURL(/\/journal$/);
  await expect(page.getByText("What you came with waits here")).toBeVisible();
  await page.getByLabel("Passphrase", { exact: true }).fill(passphrase);
  await page.getByRole("button", { name: "Unlock", exact: true }).click();
  const title = `Pack for ${visit}`;
  await expect(page.getByLabel("Title")).toHaveValue(title);
  await expect(page.getByRole("blockquote")).toHaveText(given);
  const ticks = page.getByRole("group", { name: "To tick" }).getByRole("checkbox");
  await expect(ticks).toHaveCount(4);
  const items = await page.locator(".ticks .items label").allInnerTexts();
  items.forEach((item, at) => expect(item.startsWith(titles[at]!), item).toBe(true));
  // Sections are named with their article.
  expect(items.some((item) => /\S — \S/.test(item)), items.join()).toBe(true);
  await ticks.first().check();
  await page.getByRole("button", { name: "Done" }).click();
  await expect(page.getByRole("heading", { level: 1, name: title })).toBeVisible();
  await expect(page.getByRole("blockquote")).toHaveText(given);
  await expect(page.locator("ul.ticks li")).toHaveText([`☑ ${items[0]}`, ...items.slice(1).map((item) => `☐ ${item}`)]);
  expect(await page.evaluate(() => JSON.stringify([location.href, history.state, document.title, { ...localStorage }]))).not.toMatch(/write=|v1\./);

  // And back, in a tab beside the journal.
  const [again] = await Promise.all([page.waitForEvent("popup"), page.getByRole("link", { name: /^Open the pack again/ }).click()]);
  troubles.watch(again, new URL(baseURL!).origin);
  await expect(again.locator(".passage")).toHaveCount(4);
  await expect(again.getByText(given)).toBeVisible();
  expect(new URL(again.url()).hash).toBe("");
  const secrets = [...parts(everything), given, encodeURIComponent(given), given.slice(0, 20), "write=", "#v1", titles[0]!, visit];
  expect(sent.count()).toBeGreaterThan(5);
  const all = await sent.all();
  expect(secrets.filter((secret) => all.includes(secret)), "sent").toEqual([]);
  // The way back through the history leads to the pack, and not to words in an address.
  await again.close();
  for (let steps = 0; steps < 5 && !page.url().endsWith("/pack"); steps++) {
    await page.goBack();
    expect(page.url()).not.toContain("#");
  }
  await expect(page.locator(".passage")).toHaveCount(4);
});

test("without a journal a pack waits at its door until there is one", async ({ page }) => {
  test.setTimeout(60_000);
  await page.goto(`/pack#${vector("one whole article")}`);
  const title = await page.locator(".passage h2").innerText();
  await page.getByRole("link", { name: "Save to my journal" }).click();
  await expect(page.getByText("What you came with waits here")).toBeVisible();
  await page.getByRole("button", { name: "Write without saving" }).click();
  await page.locator("form button[type=submit]").click();
  await expect(page.getByLabel("Title")).toHaveValue("A pack of reading", { timeout: 30_000 });
  await expect(page.locator(".ticks .items label")).toHaveText([title]);
  await expect(page.getByRole("blockquote")).toHaveCount(0);
  await expect(page.getByRole("link", { name: "Open the pack again" })).toHaveAttribute("href", `/pack#${vector("one whole article")}`);
});

test("a pack that is too long for the journal says so, and a link that is none is refused by it", async ({ page }) => {
  test.setTimeout(60_000);
  await page.route("**/pack/articles.txt", async (route) => {
    const list = await (await route.fetch()).text();
    const long = list.replace(/^([^\t]+)\t[^\t]+/gm, `$1\t${"Words ".repeat(200)}`);
    await route.fulfill({ body: long, contentType: "text/plain" });
  });
  await page.goto(`/pack#${vector("one whole article")}`);
  await expect(page.getByText("too long to be saved to a journal")).toBeVisible();
  await expect(page.getByRole("link", { name: "Save to my journal" })).toHaveCount(0);

  const pack = 'v1.AAAA"><script>document.title="x"</script>';
  const payload = Buffer.from(JSON.stringify({ v: 1, pack, title: "A pack of reading", items: ["One"], text: "" })).toString("base64url");
  await openJournal(page, `#write=${payload}`);
  await page.getByRole("button", { name: "Write without saving" }).click();
  await page.locator("form button[type=submit]").click();
  const refused = page.getByRole("region", { name: "From the library" });
  await expect(refused).toContainText("neither a passage of an article nor a pack", { timeout: 30_000 });
  await expect(refused.getByRole("button")).toHaveText(["Not now"]);
});

test("a link that is not whole, not ours or newer is explained, with the library and crisis help", async ({ page }) => {
  const cases: [string, string][] = [
    [everything.slice(0, -7), "The end of your link is missing"],
    [`${everything.slice(0, 20)}${everything[20] === "A" ? "B" : "A"}${everything.slice(21)}`, "Your link was changed on the way"],
    ["v2.AAAA", "This pack is newer than this page"],
    ["something=else", "This link is not a pack"],
    ["", "There is no pack in this address"],
  ];
  for (const [fragment, heading] of cases) {
    await page.evaluate(() => sessionStorage.clear()).catch(() => {});
    await page.goto("about:blank");
    await page.goto(fragment ? `/pack#${fragment}` : "/pack");
    await expect(page.getByRole("heading", { level: 1 })).toHaveText(heading);
    await expect(page.locator(".instead a[href^='/articles/']").first()).toBeVisible();
    await expect(page.locator(".instead a[href='/crisis']")).toBeVisible();
    expect(new URL(page.url()).hash).toBe("");
  }
  // What the text around a link left at its end is none of it.
  for (const end of [".", ")", "%20", "%3E"]) {
    await page.goto("about:blank");
    await page.goto(`/pack#${everything}${end}`);
    await expect(page.locator(".passage"), end).toHaveCount(4);
  }
  // Another link, put into the address of the page that is open.
  await page.evaluate((fragment) => (location.hash = fragment), everything);
  await expect(page.locator(".passage")).toHaveCount(4);
  for (const fragment of ["v3.AAAA", "nothing=of-ours"]) {
    await page.evaluate((fragment) => (location.hash = fragment), fragment);
    await expect(page.getByRole("heading", { level: 1 })).toHaveText(fragment === "v3.AAAA" ? /newer/ : /not a pack/);
    await expect(page.locator("main .notice:visible")).toHaveCount(1);
  }
});

test("going back between packs in one tab shows each again, and copies its own link", async ({ page }) => {
  await page.addInitScript(() => {
    const writeText = (text: string) => Promise.resolve(void document.documentElement.setAttribute("data-copied", text));
    Object.defineProperty(navigator, "clipboard", { value: { writeText } });
  });
  const one = vector("one whole article");
  await page.goto(`/pack#${one}`);
  const title = page.locator(".passage h2").first();
  await expect(title).toHaveText(/Grounding/);
  const shows = async (fragment: string, passages: number) => {
    await expect(page.locator(".passage")).toHaveCount(passages);
    await page.getByRole("button", { name: "Copy the link" }).click();
    await expect(page.locator("html")).toHaveAttribute("data-copied", new RegExp(`/pack#${fragment}$`));
  };
  await page.evaluate((fragment) => (location.hash = fragment), everything);
  await shows(everything, 4);
  // A place in it is of the same pack.
  await page.locator(".steps a").nth(2).click();
  await expect(page).toHaveURL(/\/pack#pack-3$/);
  await page.evaluate((fragment) => (location.hash = fragment), everything.slice(0, -7));
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("The end of your link is missing");
  await page.goBack();
  await expect(page).toHaveURL(/\/pack#pack-3$/);
  await shows(everything, 4);
  await page.goBack();
  await page.goBack();
  await shows(one, 1);
  await page.goForward();
  await shows(everything, 4);
});

test("a browser that keeps nothing says so before anything is lost", async ({ page }) => {
  await page.addInitScript(() => {
    Storage.prototype.setItem = () => {
      throw new DOMException("no room", "QuotaExceededError");
    };
  });
  await composer(page);
  await add(page, "breathing");
  await expect(page.locator("#changes")).toContainText("Copy the link before you leave");
  expect(await linkOf(page)).toContain("/pack#v1.");
});

test("what was written for one reader is not left for the next when all passages are removed", async ({ page }) => {
  await composer(page);
  await add(page, "breathing");
  await page.locator("#note").fill(note);
  await page.locator("#large").check();
  await page.getByRole("button", { name: /^Remove/ }).click();
  await expect(page.locator("#changes")).toContainText("What you set for the reader is still here");
  await page.getByRole("button", { name: "Start a new pack" }).click();
  await expect(page.locator("#note")).toHaveValue("");
  await expect(page.locator("#large")).not.toBeChecked();
  await expect(page.getByRole("button", { name: /Start a new pack|Empty the pack/ })).toHaveCount(0);
  await page.locator("#undo").click();
  await expect(page.locator("#note")).toHaveValue(note);
  await expect(page.locator("#large")).toBeChecked();
});

test("a day that has passed, or that no link can hold, is pointed out beside its field", async ({ page }) => {
  await composer(page);
  await add(page, "breathing");
  const [field, says] = [page.getByLabel("For the visit on"), page.locator("#visit-says")];
  await field.fill("2021-05-05");
  await expect(says).toHaveText("This day has passed. Your reader will be told so.");
  await field.fill("2019-05-05");
  await expect(says).toHaveText("A link has room for days from 2020 to 2147: this one is not in it.");
  await field.fill("2099-05-05");
  await expect(says).toBeEmpty();
});

test("what has no room any more is said beside what was pressed", async ({ page }) => {
  const keep = (fragment: string) => page.evaluate((chosen) => localStorage.setItem("doorway.pack", JSON.stringify({ chosen })), fragment);
  await page.goto("/pack/new");
  await keep(vector("the most items"));
  await page.reload();
  await expect(page.locator(".chosen > li")).toHaveCount(24);
  await page.locator("#find").fill("breathing");
  await page.locator(".offers .of button").first().click();
  await expect(page.locator(".offers > li").first().locator(".notice")).toHaveText("The pack is full. Take something out first.");
  await page.getByRole("button", { name: /^Remove/ }).first().click();
  await expect(page.locator(".offers .notice")).toHaveCount(0);
  await page.locator(".offers .of button").first().click();
  await expect(page.locator(".offers .of button").first()).toHaveText("Added");

  await keep(vector("the most sections of one item"));
  await page.reload();
  await page.locator("#parts-0").click();
  const part = page.locator(".choices li").nth(1);
  await part.locator("input").click();
  await expect(part.locator(".notice")).toHaveText("An item can hold 31 parts. Take the whole article instead.");
  await expect(part.locator("input")).not.toBeChecked();
});

for (const keeps of [true, false]) {
  test(`printing and looking elsewhere leave the pack, its note and what can be undone, where the browser keeps ${keeps ? "it" : "nothing"}`, async ({ page }) => {
    await page.addInitScript((keeps) => {
      window.print = () => document.documentElement.setAttribute("data-printed", "");
      if (keeps) return;
      Storage.prototype.setItem = () => {
        throw new DOMException("no room", "QuotaExceededError");
      };
    }, keeps);
    await composer(page);
    await add(page, "breathing");
    await add(page, "driving");
    await page.locator("#note").fill(note);
    await page.getByRole("button", { name: /^Remove/ }).first().click();
    const stands = async () => {
      await expect(page.locator(".chosen > li")).toHaveCount(1);
      await expect(page.locator("#note")).toHaveValue(note);
      await expect(page.locator("#undo")).toHaveText(/^Undo removing/);
    };
    await stands();
    await page.getByRole("button", { name: "Print it" }).click();
    await expect(page.locator("html")).toHaveAttribute("data-printed");
    await expect(page.getByText(note)).toBeVisible();
    await page.goBack();
    await stands();
    await page.locator("header .brand").click();
    await expect(page.locator("#composer")).toHaveCount(0);
    await page.goBack();
    await stands();
    await page.locator("#undo").click();
    await expect(page.locator(".chosen > li")).toHaveCount(2);
  });
}

test("what was chosen while reading is in the pack that waits, and can be undone there", async ({ page }) => {
  await composer(page);
  await add(page, "breathing");
  await page.locator("header .brand").click();
  await expect(page.locator("#composer")).toHaveCount(0);
  await page.evaluate(() => {
    const link = Object.assign(document.createElement("a"), { href: "/articles/grounding" });
    document.querySelector("main")!.append(link);
    link.click();
  });
  await page.locator(".body a.share").first().click();
  await page.getByRole("dialog", { name: "Share" }).getByRole("button", { name: "Add to pack" }).click();
  await page.getByRole("button", { name: "Close" }).click();
  await page.locator("header .basket a").click();
  await expect(page.locator(".chosen > li")).toHaveCount(2);
  await page.locator("#undo").click();
  await expect(page.locator(".chosen > li")).toHaveCount(1);
});

test("a browser that has no room for more says that, and what it keeps", async ({ page }) => {
  await composer(page);
  await add(page, "breathing");
  await page.evaluate(() => {
    Storage.prototype.setItem = () => {
      throw new DOMException("no room", "QuotaExceededError");
    };
  });
  await add(page, "driving");
  await expect(page.locator("#changes")).toContainText("no room for more, and keeps the pack as it was before");
  await expect(page.locator(".chosen > li")).toHaveCount(2);
});

test("what the library does not have any more is named as missing, and the rest is there", async ({ page }) => {
  await page.goto(`/pack#${vector("the most items")}`);
  await expect(page.locator(".passage")).toHaveCount(24);
  await expect(page.locator(".passage").first()).toContainText("This library has no such article any more");
  await page.goto("about:blank");
  await page.goto(`/pack#${vector("an article twice")}`);
  await expect(page.locator(".passage")).toHaveCount(2);
  await expect(page.locator(".passage").first()).toContainText("One part that was chosen is not in this article any more");
});

test("passages can be read one at a time, and all of them are printed", async ({ page }) => {
  await page.goto(`/pack#${everything}`);
  await page.getByRole("button", { name: "Read one at a time" }).click();
  const shown = page.locator(".passage:visible");
  await expect(shown).toHaveCount(1);
  await expect(page.locator("#pack-1")).toBeFocused();
  await expect(page.getByRole("button", { name: "Back", exact: true })).toBeHidden();
  await page.getByRole("button", { name: "Next", exact: true }).click();
  await expect(page.locator("#pack-2")).toBeFocused();
  await expect(said(page)).toHaveText("2 of 4");
  await page.emulateMedia({ media: "print" });
  await expect(shown).toHaveCount(4);
  await page.emulateMedia({ media: "screen" });
  await page.getByRole("button", { name: "Show everything" }).click();
  await expect(shown).toHaveCount(4);
});

test("who reads one passage at a time is there again after a reload, a look elsewhere and a way back", async ({ page }) => {
  await page.goto(`/pack#${everything}`);
  await page.getByRole("button", { name: "Read one at a time" }).click();
  for (let steps = 0; steps < 2; steps++) await page.getByRole("button", { name: "Next", exact: true }).click();
  const shows = async (number: number) => {
    await expect(page.locator(".passage:visible")).toHaveCount(1);
    await expect(page.locator(`#pack-${number}`)).toBeVisible();
  };
  await shows(3);
  await page.reload();
  await shows(3);
  await page.locator(".passage:visible h2 a").click();
  await expect(page).toHaveURL(/\/articles\//);
  await page.goBack();
  await shows(3);
  // The device's own way back turns one page back, and at last leads to all of it.
  await page.goBack();
  await shows(2);
  await expect(page.locator("#pack-2")).toBeFocused();
  await page.goForward();
  await shows(3);
  for (let steps = 0; steps < 3; steps++) await page.goBack();
  await expect(page.locator(".passage:visible")).toHaveCount(4);
  await expect(page).toHaveURL(/\/pack$/);
});

for (const address of [`/pack#${everything}`, "/packs/going-home-today"]) {
  test(`one block of ${address.slice(0, 6)} is printed alone, with its article's title`, async ({ page }) => {
    await page.addInitScript(() => (window.print = () => {}));
    await openAwake(page, address);
    const passage = page.locator(".passage").filter({ has: page.locator(".block a[data-act=print]") }).first();
    const title = await passage.locator("h2").innerText();
    const label = await passage.locator(".block .label, .block .kind").first().innerText();
    await passage.locator(".block a[data-act=print]").first().click();
    await expect(page).toHaveURL(/\/articles\/[\w-]+\/handout\?part=[\w-]+$/);
    await page.emulateMedia({ media: "print" });
    await expect(page.locator(".block:visible")).toHaveCount(1);
    await expect(page.locator(".block")).toContainText(label);
    await expect(page.getByRole("heading", { level: 1 })).toHaveText(title);
    await expect(page.locator("p:visible", { hasText: "The whole article" })).toHaveCount(0);
  });
}

test("an opened pack stands as a page: every id once, every place in it there, nothing sideways", async ({ page }) => {
  await page.goto(`/pack#${everything}`);
  await expect(page.locator(".passage")).toHaveCount(4);
  const ids = await page.locator("[id]").evaluateAll((elements) => elements.map((element) => element.id));
  expect(ids.filter((id, at) => ids.indexOf(id) !== at), "ids used twice").toEqual([]);
  const places = await page.locator("main a[href^='#']").evaluateAll((links) => links.map((link) => link.getAttribute("href")!.slice(1)));
  expect(places.filter((place) => !ids.includes(place))).toEqual([]);
  expect(await page.locator(".passage sup.cite").count()).toBe(0);
  await expectNoSidewaysScroll(page);
});

test("a pack opens without a network where its articles were read before, and says so where not", async ({ page, context, troubles }) => {
  troubles.announce(/ERR_INTERNET_DISCONNECTED/);
  await page.goto(`/pack#${vector("one whole article")}`);
  await expect(page.locator(".passage h2")).toHaveText(/Grounding/);
  await openAwake(page, "/pack");
  await context.setOffline(true);
  await page.evaluate((fragment) => (location.hash = fragment), vector("a short note"));
  await expect(page.getByText("Call us.")).toBeVisible();
  await expect(page.locator(".passage .block").first()).toBeVisible();
  await page.evaluate((fragment) => (location.hash = fragment), vector("five sections of four articles"));
  await expect(page.locator(".passage").first()).toContainText("could not be loaded");
  await context.setOffline(false);
  await page.getByRole("button", { name: "Try again" }).first().click();
  await expect(page.locator(".passage .notice")).toHaveCount(0);
  await expect(page.locator(".passage")).toHaveCount(4);
});

test("where the client does not come the page says so, and the link stays whole", async ({ page, troubles }) => {
  troubles.announce(/\.wasm|ERR_FAILED|Failed to fetch/);
  await page.route("**/*.wasm", (route) => route.abort());
  await page.goto(`/pack#${everything}`);
  await expect(page.getByRole("alert")).toContainText("Your pack could not be opened yet");
  await expect(page.getByText("One moment")).toBeHidden();
  expect(page.url()).toContain(everything);
  await page.goto("/pack/new");
  await expect(page.getByText("The composer could not be loaded")).toBeVisible();
  await page.unroute("**/*.wasm");
  await page.reload();
  await expect(page.getByText("Nothing is chosen yet")).toBeVisible();
});

for (const room of ["/pack/new", `/pack#${everything}`, "/pack#v1.AA"]) {
  test(`axe finds nothing wrong with ${room.slice(0, 14)} in any theme`, async ({ page }) => {
    test.setTimeout(90_000);
    const wait = () => expect(page.locator("#offers summary, .passage, [data-page='opened'] .instead").first()).toBeVisible();
    await page.goto(room);
    await wait();
    if (room === "/pack/new") {
      await add(page, "breathing");
      await add(page, "driving");
      await page.locator("#parts-0").click();
      await expect(page.locator(".choices")).toBeVisible();
      await page.locator("#note").fill("Mrs Miller");
    }
    await expectNoSidewaysScroll(page);
    const violations = async (rules?: string[]) => {
      const axe = new AxeBuilder({ page });
      if (rules) axe.withRules(rules);
      else axe.withTags(["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]);
      const found = await axe.analyze();
      return found.violations.map(({ id, nodes }) => `${id}: ${nodes.slice(0, 3).map((node) => node.target.join(" "))}`);
    };
    expect.soft(await violations()).toEqual([]);
    for (const theme of themes) {
      await keepSettings(page, { theme });
      await page.reload();
      await wait();
      expect.soft(await violations(["color-contrast", "link-in-text-block"]), theme).toEqual([]);
    }
  });
}
