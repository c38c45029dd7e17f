// A pack that its reader saves to their journal.

import { makeJournal, openJournal, passphrase } from "../helpers/journal.ts";
import { everything, listen, vector } from "../helpers/pack.ts";
import { expect, test } from "../helpers/test.ts";

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
