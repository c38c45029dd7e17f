// Every page, by phone and at a desk, with scripts and without.

import { addresses, articles, missing } from "../helpers/library.ts";
import { expectNoSidewaysScroll, wake } from "../helpers/page.ts";
import { expect, test } from "../helpers/test.ts";

for (const address of [...addresses, missing, "/no/such/place"]) {
  test(`${address} is a whole page`, async ({ page, javaScriptEnabled, troubles }) => {
    const isMissing = address === missing || address === "/no/such/place";
    if (isMissing) troubles.announce(new RegExp(`${address}.* 404|404 .*${address}`));

    const answer = await page.goto(address, { waitUntil: "load" });
    expect(answer?.status()).toBe(isMissing ? 404 : 200);
    await expect(page).toHaveTitle(/\S{3,}.* — .*\S/);

    const look = async () => {
      await expect(page.locator("h1")).toHaveCount(1);
      await expect(page.locator("h1")).toHaveText(/\S/);
      await expect(page.getByRole("main")).toHaveCount(1);
      await expect(page.getByRole("banner")).toHaveCount(1);
      await expect(page.getByRole("contentinfo")).toHaveCount(1);
      await expect(page.locator("img:not([alt])")).toHaveCount(0);
      // One id, one place: a link to it leads there and nowhere else.
      const ids = await page.locator("[id]").evaluateAll((elements) => elements.map((element) => element.id));
      expect(ids.filter((id, at) => ids.indexOf(id) !== at), "ids used twice").toEqual([]);
      await expectNoSidewaysScroll(page);
    };
    await look();
    await expect(page.getByRole("link", { name: "Crisis help" }).first()).toBeVisible();
    await expect(page.getByText("not medical advice").first()).toBeAttached();
    if (javaScriptEnabled) {
      await wake(page);
      await look();
    }
  });
}

test("every image on a page is there", async ({ page }) => {
  await page.goto("/articles");
  for (const image of await page.locator("img").all()) {
    await image.scrollIntoViewIfNeeded();
    await expect
      .poll(() => image.evaluate((image: HTMLImageElement) => image.complete && image.naturalWidth))
      .toBeGreaterThan(0);
  }
});

test("every link inside the site leads to a page, and to a place on it", async ({ request, isMobile, javaScriptEnabled }) => {
  test.skip(isMobile || !javaScriptEnabled, "the documents are the same for all");
  test.setTimeout(90_000);
  const anchors = new Map<string, Set<string>>();
  const wanted = new Map<string, string>();
  const queue = ["/"];
  const values = (html: string, name: string) =>
    [...html.matchAll(new RegExp(` ${name}="([^"]*)"`, "g"))].map(([, value]) => value!.replaceAll("&amp;", "&"));
  const broken: string[] = [];
  for (let address = queue.pop(); address !== undefined; address = queue.pop()) {
    if (anchors.has(address)) continue;
    const answer = await request.get(address);
    if (!answer.ok()) broken.push(`${answer.status()} ${address}, linked from ${wanted.get(address)}`);
    const isPage = answer.headers()["content-type"]?.startsWith("text/html");
    const html = isPage ? await answer.text() : "";
    anchors.set(address, new Set(values(html, "id")));
    for (const href of values(html.replace(/<link [^>]*rel="canonical"[^>]*>/, ""), "href")) {
      const url = new URL(href, `http://site.invalid${address}`);
      if (url.host !== "site.invalid" || !url.protocol.startsWith("http")) continue;
      const target = url.pathname + url.search;
      const named = `${target}${url.hash}`;
      if (!wanted.has(named)) wanted.set(named, address);
      if (!wanted.has(target)) wanted.set(target, address);
      queue.push(target);
    }
  }
  for (const [target, from] of wanted) {
    const [address = "", hash] = target.split("#");
    if (hash && hash !== "main" && !anchors.get(address)?.has(decodeURIComponent(hash))) {
      broken.push(`no such place ${target}, linked from ${from}`);
    }
  }
  expect(broken).toEqual([]);
  expect([...anchors.keys()]).toEqual(expect.arrayContaining(articles.map((article) => `/articles/${article.slug}`)));
});
