// What a reader can do without JavaScript: everything but listening and being remembered.

import { articles, sample, samplePath } from "../helpers/library.ts";
import { expect, test } from "../helpers/test.ts";

test("short and full are two links", async ({ page }) => {
  await page.goto(samplePath);
  const article = page.locator("article.reading");
  const full = (await article.innerText()).length;
  await page.getByRole("link", { name: "Short", exact: true }).click();
  await expect(page).toHaveURL(`${samplePath}?view=short`);
  await expect(page.getByRole("link", { name: "Short", exact: true })).toHaveAttribute("aria-current", "true");
  expect((await article.innerText()).length).toBeLessThan(full * 0.8);
  await page.getByRole("link", { name: "Full", exact: true }).click();
  await expect(page).toHaveURL(samplePath);
  expect((await article.innerText()).length).toBe(full);
});

test("every place of the full reading is in the short one too", async ({ page }) => {
  // Two pages of every article.
  test.setTimeout(90_000);
  for (const { slug } of articles) {
    const anchors = async (address: string) => {
      await page.goto(address);
      return page.locator(".body [id]:not([id$='-l'], [id^='fn'])").evaluateAll((elements) => elements.map((element) => element.id));
    };
    const full = await anchors(`/articles/${slug}`);
    expect(full.length).toBeGreaterThan(3);
    expect(await anchors(`/articles/${slug}?view=short`), slug).toEqual(expect.arrayContaining(full));
  }
});

test("the library is filtered by a plain form", async ({ page }) => {
  await page.goto("/articles");
  const all = await page.locator(".cards > li").count();
  await page.getByLabel("When").selectOption("day");
  await page.getByLabel("Order").selectOption("title");
  await page.getByRole("button", { name: "Show" }).click();
  await expect(page).toHaveURL(/phase=day/);
  await expect(page).toHaveURL(/sort=title/);
  const titles = await page.locator(".cards h3").allInnerTexts();
  expect(titles).toContain(sample.title);
  expect(titles.length).toBeLessThan(all);
  expect(titles).toEqual(titles.toSorted((a, b) => a.localeCompare(b)));
  // The form still says what was chosen.
  await expect(page.getByLabel("When")).toHaveValue("day");
});

test("a filter that fits nothing says so and leads back", async ({ page }) => {
  await page.goto("/articles?phase=day&length=long&tag=no-such-tag");
  await expect(page.getByText("No article fits all of this")).toBeVisible();
  await page.getByRole("link", { name: "See every article" }).click();
  await expect(page.locator(".cards > li").first()).toBeVisible();
});

test("the colours, the size and the spacing change with the settings by the style sheet alone", async ({ page }) => {
  await page.goto(samplePath);
  const ground = page.locator("html");
  const text = page.locator(".body > p").first();
  await page.locator(".comfort > summary").click();
  const colours = new Set<string>();
  for (const name of ["Light", "Dark", "Sepia", "High contrast"]) {
    await page.getByRole("radio", { name, exact: true }).check();
    colours.add(await ground.evaluate((root) => getComputedStyle(root).backgroundColor));
  }
  expect([...colours]).toHaveLength(4);
  const measure = () =>
    text.evaluate((text) => {
      const style = getComputedStyle(text);
      return { size: parseFloat(style.fontSize), leading: parseFloat(style.lineHeight) / parseFloat(style.fontSize) };
    });
  const before = await measure();
  await page.getByRole("radio", { name: "Largest" }).check();
  await page.getByRole("radio", { name: "Wider" }).check();
  const after = await measure();
  expect(after.size).toBeGreaterThan(before.size * 1.5);
  expect(after.leading).toBeGreaterThan(before.leading + 0.3);
  // What cannot work is not offered.
  await expect(page.getByRole("button", { name: /Forget/ })).toBeHidden();
});

test("an explained word leads to its place in the glossary", async ({ page }) => {
  await page.goto(samplePath);
  const word = page.locator("a.term").first();
  const target = await word.getAttribute("href");
  expect(target).toMatch(/^\/glossary#./);
  await word.click();
  await expect(page).toHaveURL(target!);
  await expect(page.locator(":target")).toBeInViewport();
});

test("a heading and a block each have a link to themselves", async ({ page }) => {
  await page.goto(samplePath);
  const headings = page.locator(".body :is(h2, h3)[id]");
  for (const heading of await headings.all()) {
    await expect(heading.locator("a.share")).toHaveAttribute("href", `#${await heading.getAttribute("id")}`);
  }
  const block = page.locator(".block").first();
  await block.getByRole("link", { name: "Share" }).click();
  const anchor = await block.getAttribute("id");
  await expect(page).toHaveURL(new RegExp(`#${anchor}$`));
  await block.getByRole("link", { name: "Print" }).click();
  await expect(page).toHaveURL(`${samplePath}/handout?part=${anchor}`);
  await expect(page.locator(".paper .block")).toHaveCount(1);
});

test("the contents lead to every section", async ({ page }) => {
  await page.goto(samplePath);
  const contents = page.getByRole("navigation", { name: "Contents" });
  const last = contents.getByRole("link", { includeHidden: true }).last();
  if (!(await last.isVisible())) await contents.locator("summary").click();
  await last.click();
  await expect(page.locator(":target")).toBeInViewport();
});

test("all words of an article can be read, and nothing waits for a script that will not come", async ({ page }) => {
  await page.goto(samplePath);
  const text = await page.locator("article.reading").innerText();
  expect(text.split(/\s+/).length).toBeGreaterThan(sample.words * 0.9);
  await expect(page.locator(".listen, .notice").filter({ visible: true })).toHaveCount(0);
  await expect(page.getByText(/enable JavaScript|Loading/i)).toHaveCount(0);
});

test("the library is searched by a plain form from every page", async ({ page, isMobile }) => {
  await page.goto(samplePath);
  if (isMobile) await page.getByRole("link", { name: "Search" }).click();
  const field = page.getByRole("searchbox", { name: "Search the library" });
  await field.fill("can i drive home");
  await page.getByRole("button", { name: "Search" }).click();
  await expect(page).toHaveURL(/\/search\?q=can\+i\+drive\+home/);
  await expect(page).toHaveTitle("Search — Doorway");
  await expect(page.getByRole("searchbox")).toHaveValue("can i drive home");
  await expect(page.locator(".hit mark").first()).toBeVisible();
  await page.getByRole("link", { name: "Why you may not drive" }).first().click();
  await expect(page).toHaveURL(/^[^?]*#why-you-may-not-drive$/);
  await expect(page.locator(":target")).toBeInViewport();
});

test("the results are narrowed by a plain form, and help stands first where words sound like a crisis", async ({ page }) => {
  await page.goto("/search?q=i+want+to+kill+myself");
  const help = page.getByRole("region", { name: "Help in a crisis" });
  await expect(help.getByRole("link", { name: "988", exact: true })).toHaveAttribute("href", "tel:988");
  await page.getByText("Narrow it down").click();
  await page.locator("main select[name=category]").selectOption({ label: "For clinicians" });
  await page.getByRole("searchbox").fill("sleep");
  await page.getByRole("button", { name: "Search" }).click();
  await expect(help).toHaveCount(0);
  await expect(page.locator(".hit > .facts").first()).toHaveText("For clinicians");
  await expect(page.locator("main select[name=category]")).toHaveValue(/./);
});
