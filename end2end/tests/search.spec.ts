// Searching: by keyboard, on the device, offline; and nothing of it is ever sent.

import AxeBuilder from "@axe-core/playwright";
import type { Page, Request } from "@playwright/test";

import { samplePath } from "../helpers/library.ts";
import { expectNoSidewaysScroll, isSameDocument, markDocument, openAwake, wake } from "../helpers/page.ts";
import { expect, test } from "../helpers/test.ts";

/** A question that the library answers, and where. */
const question = "can i drive home";
const answer = /Why you may not drive/;
const crisis = "i want to kill myself";

/** The box of the page that is open, unfolded where the header has only a door to it. */
async function box(page: Page) {
  const opener = page.getByRole("banner").getByRole("link", { name: "Search" });
  if (await opener.isVisible()) await opener.click();
  return page.getByRole("combobox", { name: "Search the library" });
}

/** What can be chosen in the box that is open: a page has lists of its own. */
const options = (page: Page) => page.getByRole("listbox", { name: "Found" }).getByRole("option");

async function ask(page: Page, words: string) {
  const input = await box(page);
  await input.fill(words);
  await expect(options(page).first()).toBeVisible();
  return input;
}

/** What every request carried, in its address and its body. */
function record(page: Page): Request[] {
  const all: Request[] = [];
  page.on("request", (request) => all.push(request));
  return all;
}

function expectSilence(requests: Request[], words: string[]) {
  for (const request of requests) {
    const carried = `${decodeURIComponent(request.url())} ${request.postData() ?? ""} ${JSON.stringify(request.headers())}`.toLowerCase();
    // What stands behind `#` is in the browser's own record of a request and not in what is sent.
    const sent = carried.replace(/#q=[^" ]*( [^" {]*)*/g, "");
    for (const word of words) expect(sent, request.url()).not.toContain(word);
  }
}

const kept = (page: Page) => page.evaluate(() => localStorage.getItem("doorway.searches"));

test("two keys after the words the reader is at the section, by keyboard alone", async ({ page }) => {
  await openAwake(page, "/articles");
  await markDocument(page);
  await ask(page, question);
  await page.keyboard.press("ArrowDown");
  const input = page.getByRole("combobox", { name: "Search the library" });
  const chosen = page.locator(`#${await input.getAttribute("aria-activedescendant")}`);
  await expect(chosen).toHaveAttribute("aria-selected", "true");
  const href = (await chosen.getAttribute("href"))!;
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(href);
  expect(href).not.toContain("drive%20home");
  expect(await isSameDocument(page)).toBe(true);
  const place = href.split("#")[1];
  if (place) await expect(page.locator(`[id="${place}"]`)).toBeFocused();
});

test("the arrow keys go round the options, Home and End to the ends, Escape closes and then clears", async ({ page }) => {
  await openAwake(page, "/articles");
  const input = await ask(page, question);
  const last = (await options(page).count()) - 1;
  const active = () => options(page).evaluateAll((all) => all.findIndex((one) => one.getAttribute("aria-selected") === "true"));
  await expect(input).toHaveAttribute("aria-expanded", "true");
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("ArrowDown");
  expect(await active()).toBe(1);
  await page.keyboard.press("End");
  expect(await active()).toBe(last);
  await page.keyboard.press("ArrowDown");
  expect(await active()).toBe(0);
  await page.keyboard.press("ArrowUp");
  expect(await active()).toBe(last);
  await page.keyboard.press("Home");
  expect(await active()).toBe(0);
  // Whoever types on has chosen nothing yet.
  await page.keyboard.type("s");
  await expect(input).not.toHaveAttribute("aria-activedescendant", /./);
  await page.keyboard.press("Escape");
  await expect(options(page).first()).toBeHidden();
  await expect(input).toHaveAttribute("aria-expanded", "false");
  await expect(input).toHaveValue(`${question}s`);
  await page.keyboard.press("Escape");
  await expect(input).toHaveValue("");
  await expect(input).toBeFocused();
});

test("Ctrl-K goes to the field from anywhere, also before the client is there, and no single letter does", async ({ page }) => {
  for (const address of ["/", samplePath, "/search"]) {
    await page.goto(address);
    const phone = (page.viewportSize()?.width ?? 0) < 700;
    if (phone && address === samplePath) await wake(page);
    await page.keyboard.press("/");
    await page.keyboard.press("k");
    expect(await page.evaluate(() => document.activeElement?.tagName), address).not.toBe("INPUT");
    await page.keyboard.press("ControlOrMeta+k");
    await expect(page.locator("input[name=q]").filter({ visible: true })).toBeFocused();
  }
});

test("the box says what it is, and how many were found, once the keys rest", async ({ page }) => {
  await openAwake(page, "/articles");
  const input = await ask(page, question);
  await expect(input).toHaveAttribute("aria-autocomplete", "list");
  const list = page.getByRole("listbox", { name: "Found" });
  expect(await input.getAttribute("aria-controls")).toBe(await list.getAttribute("id"));
  await expect(list.getByRole("group").first()).toHaveAccessibleName(/\w+/);
  await expect(options(page).filter({ hasText: answer })).toBeVisible();
  await expect(list.locator("mark").first()).toBeVisible();
  await expect(page.locator("header .box [role=status]")).toHaveText(/\d+ articles/);
  expect((await new AxeBuilder({ page }).withTags(["wcag2a", "wcag2aa", "wcag21aa", "wcag22aa", "best-practice"]).analyze()).violations.map(({ id, nodes }) => [id, nodes[0]?.html])).toEqual([]);
  await expectNoSidewaysScroll(page);
});

test("Enter shows the results on the device: the words stand behind # and in no request", async ({ page }) => {
  const requests = record(page);
  await openAwake(page, "/articles");
  await ask(page, question);
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL("/search#q=can%20i%20drive%20home");
  await expect(page.locator(".hit .heading").filter({ hasText: answer }).first()).toBeVisible();
  await expect(page.locator("#results .count")).toBeFocused();
  await expect(page).toHaveTitle("Search — Doorway");
  await expect(page.locator("#announce")).toHaveText(/\d+ articles/);
  // Asked again, corrected, narrowed, come back to, loaded again: still nothing is sent.
  await page.locator("#search-page").fill("headake");
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(/#q=headake$/);
  await expect(page.locator(".hit").first()).toBeVisible();
  await page.goBack();
  await expect(page.locator("#search-page")).toHaveValue(question);
  await expect(page.locator(".hit .heading").filter({ hasText: answer }).first()).toBeVisible();
  await page.reload();
  // No sign of a reader is needed: the question is in the address.
  await expect(page.locator(".hit .heading").filter({ hasText: answer }).first()).toBeVisible();
  await expect(page.locator("#search-page")).toHaveValue(question);
  await page.locator(".hit a").first().click();
  await expect(page.locator("article.reading")).toBeVisible();
  await page.goBack();
  await expect(page.locator(".hit").first()).toBeVisible();
  expect(requests.length).toBeGreaterThan(5);
  expectSilence(requests, ["drive", "headake"]);
});

test("both sides find the same in the same order", async ({ page, request }) => {
  await openAwake(page, "/search");
  for (const words of [question, "KAP red flags", "what shuld i bring", "sleep -music"]) {
    const html = await (await request.get(`/search?q=${encodeURIComponent(words)}`)).text();
    const served = [...html.matchAll(/<article class="hit" data-slug="([^"]+)"/g)].map(([, slug]) => slug);
    await page.locator("#search-page").fill(words);
    await page.keyboard.press("Enter");
    await expect(page.locator(".hit .snippet").first()).toBeVisible();
    expect(await page.locator(".hit").evaluateAll((hits) => hits.map((hit) => (hit as HTMLElement).dataset.slug)), words).toEqual(served);
  }
});

test("an address with a question becomes one that a reload does not send", async ({ page }) => {
  await page.goto(`/search?q=${encodeURIComponent(question)}`);
  await expect(page.locator(".hit").first()).toBeVisible();
  await wake(page);
  await expect(page).toHaveURL("/search#q=can%20i%20drive%20home");
  await expect(page.locator(".hit").first()).toBeVisible();
  const requests = record(page);
  await page.reload();
  await expect(page.locator(".hit").first()).toBeVisible();
  expectSilence(requests, ["drive"]);
});

test("the words that were looked for are marked on arrival, and not on the next page", async ({ page }) => {
  await openAwake(page, "/articles");
  await ask(page, question);
  await options(page).filter({ hasText: answer }).first().click();
  await expect(page).toHaveURL(/#why-you-may-not-drive$/);
  const marked = () =>
    page.evaluate(() => [...((CSS as unknown as { highlights: Map<string, Iterable<Range>> }).highlights.get("found") ?? [])].map((range) => range.toString().toLowerCase()));
  await expect.poll(marked).toContain("drive");
  expect(page.url()).not.toContain("home");
  await page.getByRole("banner").getByRole("link", { name: "Glossary" }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Glossary");
  expect(await marked()).toEqual([]);
});

test("once loaded it finds without a connection, and says so where it was not", async ({ page, context, troubles }) => {
  troubles.announce(/ERR_INTERNET_DISCONNECTED/);
  await openAwake(page, "/articles");
  await context.setOffline(true);
  const input = await box(page);
  await input.fill("sleep");
  await expect(page.locator(".says", { hasText: "You seem to be offline" })).toBeVisible();
  await context.setOffline(false);
  await input.fill("");
  await input.fill("slee");
  await expect(options(page).first()).toBeVisible();
  await expect(options(page).locator(".snippet").first()).not.toBeEmpty();
  await context.setOffline(true);
  await input.fill(question);
  await expect(options(page).filter({ hasText: answer })).toBeVisible();
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL("/search#q=can%20i%20drive%20home");
  await expect(page.locator(".hit .snippet").first()).toBeVisible();
  // A page that was read before is still in the browser; one that was not is said to be out of reach.
  await page.goBack();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("The library");
});

test("an index that cannot be loaded or read is said to be so, and the plain form still works", async ({ page, troubles }) => {
  troubles.announce(/index/);
  await page.route("**/search/index.*.bin", (route) => route.fulfill({ body: "not an index" }));
  await openAwake(page, "/articles");
  const input = await box(page);
  await input.fill(question);
  await expect(page.locator(".says", { hasText: "The search could not be loaded here" })).toBeVisible();
  await page.keyboard.press("Enter");
  const byServer = page.getByRole("link", { name: "Let the server search" });
  await expect(byServer).toBeVisible();
  await byServer.click();
  await expect(page.locator(".hit .heading").filter({ hasText: answer }).first()).toBeVisible();
});

test("a library that has changed meanwhile is found by its new address", async ({ page, troubles }) => {
  troubles.announce(/404/);
  await openAwake(page, "/articles");
  await page.locator("header form[data-search]").evaluate((form) => form.setAttribute("data-index", "/search/index.0000000000000000.bin"));
  await ask(page, question);
  await expect(options(page).filter({ hasText: answer })).toBeVisible();
});

test("a library too large for the device is searched by the server, by POST, and looks the same", async ({ page }) => {
  const requests = record(page);
  await openAwake(page, "/articles");
  // As it is where the form names no index.
  const noIndex = () => page.locator("form[data-search]").evaluateAll((forms) => forms.forEach((form) => form.removeAttribute("data-index")));
  await page.route("**/search", async (route) => {
    const answer = await route.fetch();
    await route.fulfill({ response: answer, body: (await answer.text()).replace(/ data-index="[^"]*"/g, "") });
  });
  await noIndex();
  const input = await ask(page, question);
  await expect(options(page).filter({ hasText: answer })).toBeVisible();
  await expect(options(page).locator("mark").first()).toBeVisible();
  await input.press("Enter");
  await expect(page).toHaveURL("/search#q=can%20i%20drive%20home");
  await expect(page.locator(".hit .heading").filter({ hasText: answer }).first()).toBeVisible();
  await expect(page.locator("#results .count")).toBeFocused();
  expect(requests.filter((request) => /\/search\/|drive/.test(request.url().split("#")[0]!)).map((request) => request.url())).toEqual([]);
  expect(requests.filter((request) => request.method() === "POST").length).toBeGreaterThan(0);
});

test("words that sound like a crisis put help first, and are not remembered", async ({ page }) => {
  const requests = record(page);
  await openAwake(page, "/articles");
  await ask(page, crisis);
  const unfolded = page.locator("header .unfolded");
  await expect(unfolded.getByRole("link", { name: "988" }).first()).toHaveAttribute("href", "tel:988");
  await expect(page.locator("header .box [role=status]")).toHaveText(/Help in a crisis is shown first/);
  await page.keyboard.press("Enter");
  const card = page.locator("#results").getByRole("region", { name: "Help in a crisis" });
  await expect(card.locator(".number").first()).toBeVisible();
  // Whoever does not see the card hears it first, and nobody is taken past it.
  await expect(card).toBeFocused();
  await expect(card.locator(".number").first()).toBeInViewport();
  const top = (await card.boundingBox())!.y;
  expect(top).toBeLessThan((await page.locator(".hit").first().boundingBox())!.y);
  // Nor are they in an address, which a browser writes down; going back finds them all the same.
  await expect(page).toHaveURL("/search");
  await page.locator(".hit a").first().click();
  await expect(page.locator("article.reading")).toBeVisible();
  expect(await kept(page)).toBeNull();
  await page.goBack();
  await expect(card).toBeVisible();
  await expect(page).toHaveURL("/search");
  expectSilence(requests, ["kill"]);
  await page.getByRole("banner").getByRole("link", { name: "Library" }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("The library");
  for (const words of ["killing time", "suicide prevention training for clinicians"]) {
    await ask(page, words);
    await expect(unfolded.locator(".crisis-card")).toBeHidden();
  }
});

test("what was asked is offered again on this device, and can be forgotten one by one, all at once and with the settings", async ({ page }) => {
  await openAwake(page, "/articles");
  for (const words of ["sleep", "music", question]) {
    await ask(page, words);
    await page.keyboard.press("Enter");
    await expect(page.locator("#results .count")).toBeFocused();
    await page.getByRole("banner").getByRole("link", { name: "Library" }).click();
    await expect(page.getByRole("heading", { level: 1 })).toHaveText("The library");
  }
  const input = await box(page);
  await input.focus();
  await expect(options(page)).toHaveText([question, "music", "sleep"]);
  expect((await new AxeBuilder({ page }).include(".unfolded").analyze()).violations.map(({ id }) => id)).toEqual([]);
  await page.getByRole("button", { name: "Forget “music”" }).click();
  await expect(options(page)).toHaveText([question, "sleep"]);
  await expect(input).toBeFocused();
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("Delete");
  await expect(options(page)).toHaveText(["sleep"]);
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL("/search#q=sleep");
  await page.locator("#search-page").fill("");
  await page.getByRole("button", { name: "Forget recent searches" }).click();
  await expect(options(page)).toHaveCount(0);
  expect(await kept(page)).toBeNull();
  await page.locator("#search-page").fill("rest");
  await page.keyboard.press("Enter");
  await expect(page.locator("#results .count")).toBeFocused();
  expect(await kept(page)).toContain("rest");
  await page.locator(".comfort > summary").click();
  await page.getByRole("button", { name: "Forget settings and what I read" }).click();
  expect(await kept(page)).toBeNull();
});

test("no more than eight questions are remembered", async ({ page }) => {
  await openAwake(page, "/search");
  for (const words of ["sleep", "music", "food", "dose", "fear", "tears", "dreams", "nausea", "family", "work"]) {
    await page.locator("#search-page").fill(words);
    await page.keyboard.press("Enter");
    await expect(page).toHaveURL(`/search#q=${words}`);
    await expect(page.locator("#results .count")).toBeFocused();
  }
  const questions = Object.values(JSON.parse((await kept(page))!));
  expect(questions).toHaveLength(8);
  expect(questions[0]).toBe("work");
});

test("the results are narrowed on the device, and a filter that leaves nothing can be dropped", async ({ page }) => {
  await openAwake(page, "/search");
  await page.locator("#search-page").fill("sleep");
  await page.keyboard.press("Enter");
  await expect(page.locator(".hit").first()).toBeVisible();
  const all = await page.locator(".hit").count();
  await page.getByText("Narrow it down").click();
  await page.locator("main select[name=category]").selectOption({ label: "For clinicians" });
  await expect(page).toHaveURL(/category=/);
  await expect.poll(() => page.locator(".hit").count()).toBeLessThan(all);
  await expect(page.locator(".hit > .facts").first()).toHaveText("For clinicians");
  await page.reload();
  await expect(page.locator("main select[name=category]")).not.toHaveValue("");
  await page.goto("/search#q=sleep&category=clinicians&tag=nothing-has-this-tag");
  await page.getByRole("link", { name: "Search everything" }).click();
  await expect(page.locator(".hit").first()).toBeVisible();
  await expect(page.locator("main select[name=category]")).toHaveValue("");
});

test("a mistyped word is corrected and the correction offered", async ({ page }) => {
  await openAwake(page, "/search");
  await page.locator("#search-page").fill("ketamin infusoin");
  await page.keyboard.press("Enter");
  await page.locator("#results .meant a").click();
  await expect(page).toHaveURL(/#q=\S*infusion/);
  await expect(page.locator(".hit").first()).toBeVisible();
});

test("examples and links with a question are answered on the device too", async ({ page }) => {
  const requests = record(page);
  await openAwake(page, "/search");
  await page.locator(".examples a").first().click();
  await expect(page).toHaveURL(/\/search#q=/);
  await expect(page.locator(".hit").first()).toBeVisible();
  await expect(page.locator("#starters")).toBeHidden();
  await page.goBack();
  await expect(page.locator("#starters")).toBeVisible();
  expect(requests.filter((request) => request.url().includes("?q="))).toEqual([]);
});

test("on a phone the header has a door to the field, and Escape goes back through it", async ({ page, isMobile }) => {
  test.skip(!isMobile, "at a desk the field is always there");
  await openAwake(page, samplePath);
  const opener = page.getByRole("banner").getByRole("link", { name: "Search" });
  const size = (await opener.boundingBox())!;
  expect(Math.min(size.width, size.height)).toBeGreaterThanOrEqual(44);
  const input = await ask(page, "set and setting");
  await expectNoSidewaysScroll(page);
  await page.keyboard.press("Escape");
  await page.keyboard.press("Escape");
  await expect(input).toHaveValue("");
  await page.keyboard.press("Escape");
  await expect(input).toBeHidden();
  await expect(opener).toBeFocused();
});

test("long words and titles break instead of pushing the page sideways", async ({ page }) => {
  await openAwake(page, "/search");
  await page.setViewportSize({ width: 320, height: 600 });
  await page.locator("#search-page").fill(`sleep ${"pneumonoultramicroscopic".repeat(8)}`);
  await page.keyboard.press("Enter");
  await expect(page.locator(".hit").first()).toBeVisible();
  await expectNoSidewaysScroll(page);
});
