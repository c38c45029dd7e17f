// A pack as whom it is for opens it: whole, in part, damaged, without a network, and back and forth.

import { everything, said, vector } from "../helpers/pack.ts";
import { expectNoSidewaysScroll, openAwake } from "../helpers/page.ts";
import { expect, test } from "../helpers/test.ts";

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
