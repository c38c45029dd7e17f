// Moving between pages once the client has taken over: the document stays, everything else is as it always was.

import { sample, samplePath } from "../helpers/library.ts";
import { isSameDocument, markDocument, openAwake, wake } from "../helpers/page.ts";
import { expect, test } from "../helpers/test.ts";

test("a link shows the next page in the same document, from its start, and says its title", async ({ page }) => {
  await openAwake(page, "/articles?phase=day");
  await markDocument(page);
  const card = page.locator(".cards h3 a").filter({ hasText: sample.title });
  await card.scrollIntoViewIfNeeded();
  await card.click();
  await expect(page).toHaveURL(samplePath);
  await expect(page).toHaveTitle(`${sample.title} — Doorway`);
  await expect(page.getByRole("heading", { level: 1 })).toHaveText(sample.title);
  await expect(page.locator("#announce")).toHaveText(`${sample.title} — Doorway`);
  await expect(page.getByRole("main")).toBeFocused();
  expect(await page.evaluate(() => scrollY)).toBe(0);
  await expect(page.locator("body")).toHaveAttribute("data-page", "article");
  await expect(page.locator("link[rel=canonical]")).toHaveAttribute("href", new RegExp(`${samplePath}$`));
  expect(await isSameDocument(page)).toBe(true);
});

test("the header says which room is open", async ({ page }) => {
  await openAwake(page, "/");
  const paths = page.getByRole("navigation", { name: "Main" }).getByRole("link", { name: "Paths" });
  await expect(paths).not.toHaveAttribute("aria-current");
  await paths.click();
  await expect(paths).toHaveAttribute("aria-current", "page");
  await page.getByRole("link", { name: "Doorway" }).first().click();
  await expect(page).toHaveURL("/");
  await expect(paths).not.toHaveAttribute("aria-current");
});

test("going back finds the place where the reader was, and going on the page that was left", async ({ page }) => {
  await openAwake(page, samplePath);
  await markDocument(page);
  const heading = page.locator(".body h2").nth(3);
  await heading.evaluate((heading) => heading.scrollIntoView());
  const place = await page.evaluate(() => scrollY);
  const height = await heading.evaluate((heading) => heading.getBoundingClientRect().top);
  expect(place).toBeGreaterThan(300);
  // A click that does not scroll: the header's link, from where the reader is.
  await page.locator("header.site a[href='/glossary']").dispatchEvent("click", { bubbles: true, cancelable: true, button: 0 });
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Glossary");
  expect(await page.evaluate(() => scrollY)).toBe(0);
  await page.goBack();
  await expect(page).toHaveURL(samplePath);
  await expect(page.getByRole("heading", { level: 1 })).toHaveText(sample.title);
  await expect.poll(() => page.evaluate(() => scrollY)).toBeCloseTo(place, -1);
  // The same words are at the same height: nothing has come in above them.
  expect(await heading.evaluate((heading) => heading.getBoundingClientRect().top)).toBeCloseTo(height, -1);
  await page.goForward();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Glossary");
  expect(await isSameDocument(page)).toBe(true);
});

test("a link within the page is the browser's own, and going back from it stays on the page", async ({ page }) => {
  await openAwake(page, samplePath);
  await markDocument(page);
  const link = page.locator(".contents a").nth(1);
  const anchor = (await link.getAttribute("href"))!;
  await link.dispatchEvent("click", { bubbles: true, cancelable: true, button: 0 });
  await expect(page).toHaveURL(`${samplePath}${anchor}`);
  await expect(page.locator(anchor)).toBeInViewport();
  await page.goBack();
  await expect(page).toHaveURL(samplePath);
  await expect(page.getByRole("heading", { level: 1 })).toHaveText(sample.title);
  expect(await isSameDocument(page)).toBe(true);
});

test("going back within a page finds the place, also on a page that was come to by a link", async ({ page }) => {
  await openAwake(page, "/articles?phase=day");
  await page.locator(".cards h3 a").filter({ hasText: sample.title }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText(sample.title);
  const share = page.locator(".block [data-act=link]").first();
  await share.scrollIntoViewIfNeeded();
  const place = await page.evaluate(() => scrollY);
  const last = page.locator(".body h2[id]").last();
  const anchor = `#${await last.getAttribute("id")}`;
  await page.locator(`.contents a[href="${anchor}"]`).dispatchEvent("click", { bubbles: true, cancelable: true, button: 0 });
  await expect(last).toBeInViewport();
  await page.goBack();
  await expect.poll(() => page.evaluate(() => scrollY)).toBeCloseTo(place, -1);
});

test("a link to a place on another page leads to that place, and the keyboard goes there", async ({ page }) => {
  await openAwake(page, samplePath);
  await markDocument(page);
  await page.locator("a.term").first().click();
  const all = page.locator(".definition:popover-open").getByRole("link", { name: "All words" });
  const target = (await all.getAttribute("href"))!;
  await all.click();
  await expect(page).toHaveURL(target);
  const place = page.locator(target.slice(target.indexOf("#")));
  await expect(place).toBeFocused();
  await expect(place).toBeInViewport();
  expect(await isSameDocument(page)).toBe(true);
});

test("a link to a place on another page marks it as a load of that page would", async ({ page }) => {
  await openAwake(page, samplePath);
  await page.locator("a.term").first().click();
  await page.locator(".definition:popover-open").getByRole("link", { name: "All words" }).click();
  await expect(page).toHaveURL(/\/glossary#/);
  await expect(page.locator(".glossary :target")).toHaveCount(1);
});

test("the filter shows its list in the same document, with a short address", async ({ page }) => {
  await openAwake(page, "/articles");
  await markDocument(page);
  await page.getByLabel("When").selectOption("day");
  await page.getByRole("button", { name: "Show" }).click();
  await expect(page).toHaveURL(/\/articles\?phase=day(&sort=newest)?$/);
  await expect(page.locator(".cards h3").filter({ hasText: sample.title })).toBeVisible();
  await expect(page.getByLabel("When")).toHaveValue("day");
  expect(await isSameDocument(page)).toBe(true);
  await page.goBack();
  await expect(page).toHaveURL("/articles");
  await expect(page.getByLabel("When")).toHaveValue("");
});

test("the islands of the next page are awake", async ({ page }) => {
  await openAwake(page, "/");
  await markDocument(page);
  await page.goto("/articles?phase=day");
  await wake(page);
  await page.locator(".cards h3 a").filter({ hasText: sample.title }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText(sample.title);
  await expect(page.getByRole("button", { name: "Listen" })).toBeVisible();
  // What belongs to the whole document is awake still.
  await page.locator(".comfort > summary").click();
  await page.getByRole("radio", { name: "Dark" }).check();
  await expect(page.locator("html")).toHaveAttribute("data-theme", "dark");
});

test("an open panel closes when the page changes", async ({ page }) => {
  await openAwake(page, "/");
  await page.locator(".comfort > summary").click();
  await page.locator("header.site a[href='/crisis']").click();
  await expect(page).toHaveURL("/crisis");
  await expect(page.locator(".panel")).toBeHidden();
});

test("the contents mark the section being read", async ({ page }) => {
  await openAwake(page, samplePath);
  const heading = page.locator(".body h2").nth(2);
  await heading.evaluate((heading) => heading.scrollIntoView());
  const link = page.locator(`.contents a[href="#${await heading.getAttribute("id")}"]`);
  await expect(link).toHaveAttribute("aria-current", "true");
  await expect(page.locator(".contents a[aria-current]")).toHaveCount(1);
});

test("a page that is not there says so in the same document", async ({ page, troubles }) => {
  troubles.announce(/404/);
  await openAwake(page, "/");
  await markDocument(page);
  await page.evaluate(() => {
    const link = Object.assign(document.createElement("a"), { href: "/articles/nothing-here", textContent: "Nowhere" });
    document.querySelector("main")!.prepend(link);
  });
  await page.getByRole("link", { name: "Nowhere" }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("This page is not here");
  await expect(page).toHaveURL("/articles/nothing-here");
  expect(await isSameDocument(page)).toBe(true);
});

test("without a connection the page stays, says so, and tries again when asked", async ({ page, context, troubles }) => {
  troubles.announce(/ERR_INTERNET_DISCONNECTED/);
  await openAwake(page, samplePath);
  await markDocument(page);
  await context.setOffline(true);
  const link = page.locator("header.site a[href='/paths']");
  await link.click();
  const notice = page.locator("#announce");
  await expect(notice).toContainText("could not be loaded");
  await expect(notice.getByRole("link", { name: "Try again" })).toBeInViewport();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText(sample.title);
  await expect(page).toHaveURL(samplePath);
  await context.setOffline(false);
  await notice.getByRole("link", { name: "Try again" }).click();
  await expect(page).toHaveURL("/paths");
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Paths");
  await expect(notice).toHaveText("Paths — Doorway");
  await expect(notice).toHaveClass("unseen");
  expect(await isSameDocument(page)).toBe(true);
});

test("the last of several clicks decides where the reader arrives", async ({ page }) => {
  await openAwake(page, "/");
  await markDocument(page);
  let release = () => {};
  const held = new Promise<void>((resolve) => (release = resolve));
  await page.route("**/glossary", async (route) => {
    await held;
    await route.continue();
  });
  await page.locator("header.site a[href='/glossary']").click();
  await page.locator("header.site a[href='/paths']").click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Paths");
  const late = page.waitForResponse("**/glossary");
  release();
  await (await late).finished();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Paths");
  await expect(page).toHaveURL("/paths");
  expect(await isSameDocument(page)).toBe(true);
});

test("a click with a key held, a feed and a file are left to the browser", async ({ page, isMobile, context }) => {
  test.skip(isMobile, "a phone has no such key");
  await openAwake(page, "/");
  await markDocument(page);
  const [other] = await Promise.all([
    context.waitForEvent("page"),
    page.locator("header.site a[href='/paths']").click({ modifiers: ["ControlOrMeta"] }),
  ]);
  await expect(other).toHaveURL("/paths");
  await expect(page).toHaveURL("/");
  expect(await isSameDocument(page)).toBe(true);
});
