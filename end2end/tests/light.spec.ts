// The first view is light: a budget in bytes, the same on every machine.

import type { CDPSession, Page } from "@playwright/test";

import { articles, nearest } from "../helpers/library.ts";
import { wake } from "../helpers/page.ts";
import { expect, test } from "../helpers/test.ts";

/** What may cross the wire before a reader does anything, in bytes. */
const FIRST_VIEW = 45_000;
/** What the client may weigh, glue included, in bytes. */
const CLIENT = 220_000;

interface Sent {
  url: string;
  kind: string;
  bytes: number;
  encoding: string;
}

/** Writes down what crosses the wire, headers included, as the browser counts it. */
async function count(page: Page): Promise<Sent[]> {
  const session: CDPSession = await page.context().newCDPSession(page);
  const sent: Sent[] = [];
  const open = new Map<string, Sent>();
  await session.send("Network.enable");
  await session.send("Network.setCacheDisabled", { cacheDisabled: false });
  session.on("Network.responseReceived", ({ requestId, type, response }) => {
    open.set(requestId, { url: response.url, kind: type, bytes: 0, encoding: response.headers["content-encoding"] ?? "none" });
  });
  session.on("Network.loadingFinished", ({ requestId, encodedDataLength }) => {
    const one = open.get(requestId);
    if (one) sent.push({ ...one, bytes: encodedDataLength });
  });
  return sent;
}

function total(sent: Sent[]): number {
  return sent.reduce((sum, { bytes }) => sum + bytes, 0);
}

/** Headless browsers leave out the icon and the manifest that other browsers ask for. */
async function withIcons(page: Page, sent: Sent[]): Promise<Sent[]> {
  const more: Sent[] = [];
  for (const link of await page.locator("link[rel=icon], link[rel=manifest]").all()) {
    const url = new URL((await link.getAttribute("href"))!, page.url()).href;
    if (sent.some((one) => one.url === url)) continue;
    const answer = await page.request.get(url, { headers: { "accept-encoding": "br" } });
    expect(answer.status(), url).toBe(200);
    const headers = answer.headersArray().reduce((sum, { name, value }) => sum + name.length + value.length + 4, 0);
    const length = Number(answer.headers()["content-length"] ?? (await answer.body()).length);
    more.push({ url, kind: "Icon", bytes: length + headers, encoding: answer.headers()["content-encoding"] ?? "none" });
  }
  return [...sent, ...more];
}

function report(title: string, sent: Sent[]) {
  const kinds = [...new Set(sent.map(({ kind }) => kind))];
  const parts = kinds.map((kind) => `${kind} ${total(sent.filter((one) => one.kind === kind))}`).join(", ");
  console.log(`${title}: ${total(sent)} bytes (${parts})`);
}

test("the first view of an article of a thousand words weighs at most 45 KB and asks nobody else", async ({ page, baseURL }, info) => {
  const article = nearest(1000);
  const sent = await count(page);
  await page.goto(`/articles/${article.slug}`, { waitUntil: "networkidle" });
  const all = await withIcons(page, sent);
  report(`first view on a ${info.project.name}, ${article.slug}, ${article.words} words`, all);
  expect(total(all)).toBeLessThanOrEqual(FIRST_VIEW);
  expect(total(all)).toBeGreaterThan(5_000);
  expect(all.filter(({ url }) => !url.startsWith(baseURL!)).map(({ url }) => url)).toEqual([]);
  expect(all.filter(({ url }) => /\.(wasm|js)(\?|$)/.test(url)).map(({ url }) => url), "scripts wait for a reader").toEqual([]);
});

test("no article is far above that, however long", async ({ page }) => {
  test.setTimeout(240_000);
  const weights: Record<string, number> = {};
  for (const { slug } of articles) {
    const fresh = await page.context().browser()!.newContext();
    const own = await fresh.newPage();
    const sent = await count(own);
    await own.goto(new URL(`/articles/${slug}`, test.info().project.use.baseURL).href, { waitUntil: "networkidle" });
    weights[slug] = total(sent);
    await fresh.close();
  }
  console.log(weights);
  expect(Math.max(...Object.values(weights))).toBeLessThanOrEqual(FIRST_VIEW * 1.5);
});

test("only the page's own style sheet holds up the first paint", async ({ page }) => {
  await page.goto(`/articles/${nearest(1000).slug}`, { waitUntil: "load" });
  const blocking = await page.evaluate(() =>
    (performance.getEntriesByType("resource") as (PerformanceResourceTiming & { renderBlockingStatus: string })[])
      .filter((entry) => entry.renderBlockingStatus === "blocking")
      .map((entry) => new URL(entry.name).pathname),
  );
  expect(blocking).toEqual([expect.stringMatching(/\.css$/)]);
});

test("nothing on the page moves while it loads", async ({ page }) => {
  await page.addInitScript(() => {
    const shifts: { value: number; what: string }[] = [];
    Object.assign(window, { shifts });
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries() as (PerformanceEntry & { value: number; sources: { node?: Element }[] })[]) {
        shifts.push({ value: entry.value, what: entry.sources.map(({ node }) => node?.nodeName + "." + node?.className).join() });
      }
    }).observe({ type: "layout-shift", buffered: true });
  });
  for (const address of ["/", "/articles", `/articles/${nearest(1000).slug}`]) {
    await page.goto(address, { waitUntil: "networkidle" });
    await page.evaluate(() => document.fonts.ready);
    const look = () =>
      page.evaluate(async () => {
        // Two frames: the font's swap has been laid out, and the observer has been told.
        await new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)));
        return (window as unknown as { shifts: { value: number; what: string }[] }).shifts;
      });
    const shifts = await look();
    expect(shifts.reduce((sum, { value }) => sum + value, 0), `${address} ${JSON.stringify(shifts)}`).toBeLessThan(0.01);
    // Nor when the client takes over.
    await wake(page);
    const after = await look();
    expect(after.reduce((sum, { value }) => sum + value, 0), `${address} awake ${JSON.stringify(after)}`).toBeLessThan(0.01);
  }
});

test("the client comes with the first sign of a reader and weighs at most 220 KB", async ({ page }) => {
  const sent = await count(page);
  await page.goto(`/articles/${nearest(1000).slug}`, { waitUntil: "networkidle" });
  const before = sent.length;
  await wake(page);
  await page.waitForLoadState("networkidle");
  const client = sent.slice(before).filter(({ url }) => /\.(wasm|js)(\?|$)/.test(url));
  report("the client", client);
  expect(client.map(({ encoding }) => encoding)).toEqual(client.map(() => "br"));
  expect(client.length).toBeGreaterThanOrEqual(2);
  expect(total(client)).toBeLessThanOrEqual(CLIENT);
});

test("what was loaded once is not loaded again", async ({ page }) => {
  await page.goto(`/articles/${nearest(1000).slug}`);
  await wake(page);
  const sent = await count(page);
  await page.reload();
  await wake(page);
  const again = sent.filter(({ url, bytes }) => /\/pkg\/|\/fonts\//.test(url) && bytes > 0);
  expect(again).toEqual([]);
});
