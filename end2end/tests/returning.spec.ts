// Coming back to an article: go on where you stopped, and see what has changed since.

import type { Page } from "@playwright/test";

import { samplePath, sample } from "../helpers/library.ts";
import { openAwake } from "../helpers/page.ts";
import { expect, test } from "../helpers/test.ts";

const key = `doorway.read.${sample.slug}`;

async function kept(page: Page): Promise<Record<string, string>> {
  return page.evaluate((key) => JSON.parse(localStorage.getItem(key) ?? "{}"), key);
}

/** Reads an article as far as its nth heading, and waits until that is what the device remembers of it. */
async function readTo(page: Page, nth: number): Promise<{ id: string; title: string }> {
  await openAwake(page, samplePath);
  await expect.poll(async () => Object.keys(await kept(page)).length).toBeGreaterThan(2);
  const heading = page.locator(".body [data-hash][id]").nth(nth);
  await heading.evaluate((heading) => heading.scrollIntoView());
  return { id: (await heading.getAttribute("id"))!, title: (await heading.innerText()).trim() };
}

function notice(page: Page) {
  return page.locator("[data-island=returning] .notice");
}

test("who comes back is offered to go on where they stopped", async ({ page }) => {
  await openAwake(page, samplePath);
  await expect(notice(page), "nothing to say at the first visit").toBeHidden();
  const { id, title } = await readTo(page, 4);
  await page.goto("/");
  await openAwake(page, samplePath);
  await expect(notice(page)).toContainText(`You stopped at ${title}`);
  await notice(page).getByRole("link", { name: title }).click();
  await expect(page).toHaveURL(`${samplePath}#${id}`);
  await expect(page.locator(`[id="${id}"]`)).toBeInViewport();
});

test("it is the same for who left by a link of the page", async ({ page }) => {
  const { title } = await readTo(page, 4);
  await page.locator("header.site a[href='/glossary']").dispatchEvent("click", { bubbles: true, cancelable: true, button: 0 });
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Glossary");
  await page.locator("header.site a[href='/paths']").click();
  await page.locator(".steps a").filter({ hasText: sample.title }).first().click();
  await expect(notice(page)).toContainText(`You stopped at ${title}`);
});

test("the notice is gone when it is closed", async ({ page }) => {
  await readTo(page, 4);
  await page.goto("/");
  await openAwake(page, samplePath);
  await notice(page).getByRole("button", { name: "Close" }).click();
  await expect(notice(page)).toBeHidden();
});

test("who reads to the end is not asked to go on", async ({ page }) => {
  await readTo(page, 4);
  await page.locator(".about-article").evaluate((end) => end.scrollIntoView());
  await page.goto("/");
  await openAwake(page, samplePath);
  await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))));
  await expect(notice(page)).toBeHidden();
});

test("who follows a link to a passage gets that passage and no notice", async ({ page }) => {
  await readTo(page, 4);
  await page.goto("/");
  const other = await page.request.get(samplePath).then(async (answer) => /<h2 id="?([^" >]+)/.exec(await answer.text())![1]);
  await openAwake(page, `${samplePath}#${other}`);
  await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))));
  await expect(notice(page)).toBeHidden();
  await expect(page.locator(`[id="${other}"]`)).toBeInViewport();
});

test("sections that have changed since are named and marked, and only once", async ({ page }) => {
  await readTo(page, 0);
  await page.goto("/");
  const hashes = await kept(page);
  const anchors = Object.keys(hashes).filter((anchor) => !anchor.startsWith(":"));
  const changed = anchors[2]!;
  await page.evaluate(
    ([key, kept]) => localStorage.setItem(key!, kept!),
    [key, JSON.stringify({ ...hashes, [changed]: "0000000000000000" })],
  );
  await openAwake(page, samplePath);
  const heading = page.locator(`[id="${changed}"]`);
  await expect(heading).toHaveClass(/changed/);
  await expect(page.locator(".body .changed")).toHaveCount(1);
  await expect(notice(page)).toContainText("Changed since you last read this");
  await notice(page).getByRole("link", { name: (await heading.innerText()).trim() }).click();
  await expect(heading).toBeInViewport();
  // Now it has been read as it is.
  await page.goto("/");
  await openAwake(page, samplePath);
  await expect(page.locator(".body .changed")).toHaveCount(0);
});

test("the short reading does not forget what was read in full", async ({ page }) => {
  await readTo(page, 0);
  const before = await kept(page);
  await openAwake(page, `${samplePath}?view=short`);
  await page.goto("/");
  expect(await kept(page)).toMatchObject(before);
});

test("nothing of it leaves the device", async ({ page }) => {
  const sent: string[] = [];
  page.on("request", (request) => {
    if (request.method() !== "GET" || request.url().includes("stopped")) sent.push(`${request.method()} ${request.url()}`);
  });
  await readTo(page, 4);
  await page.goto("/");
  await openAwake(page, samplePath);
  await expect(notice(page)).toBeVisible();
  expect(sent).toEqual([]);
  expect(await page.context().cookies()).toEqual([]);
});
