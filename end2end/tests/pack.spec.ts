// A pack: put together, handed over in a link, opened by whom it is for, and known to nobody else.

import { existsSync, readFileSync } from "node:fs";
import AxeBuilder from "@axe-core/playwright";

import { add, chosen, composer, everything, linkOf, listen, note } from "../helpers/pack.ts";
import { expectNoSidewaysScroll, keepSettings, themes } from "../helpers/page.ts";
import { expect, test } from "../helpers/test.ts";

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
