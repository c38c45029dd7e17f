// What holds for readers with a screen reader, a keyboard, a shaking hand or weak eyes.

import AxeBuilder from "@axe-core/playwright";
import type { Page } from "@playwright/test";

import { missing, sample, samplePath } from "../helpers/library.ts";
import { expectNoSidewaysScroll, keepSettings, openAwake, themes } from "../helpers/page.ts";
import { expect, test } from "../helpers/test.ts";

const pages: Record<string, string> = {
  "the first page": "/",
  "the library": "/articles",
  "an article": samplePath,
  "a short article": `${samplePath}?view=short`,
  "the glossary": "/glossary",
  "crisis help": "/crisis",
  "the search": "/search",
  "results": "/search?q=i+want+to+die",
  "a missing page": missing,
};

/** The rules that colours can break. All others hold in every theme or in none. */
const ofColour = ["color-contrast", "link-in-text-block"];

async function violations(page: Page, rules?: string[]) {
  const axe = new AxeBuilder({ page });
  if (rules) axe.withRules(rules);
  else axe.withTags(["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]);
  const found = await axe.analyze();
  return found.violations.map(({ id, nodes }) => ({
    id,
    // Enough to find it: where it is and what axe measured there.
    nodes: nodes.slice(0, 3).map((node) => `${node.target.join(" ")}: ${node.any[0]?.message ?? node.all[0]?.message ?? ""}`),
  }));
}

for (const [name, address] of Object.entries(pages)) {
  test(`axe finds nothing wrong with ${name} in any theme`, async ({ page, troubles }) => {
    test.setTimeout(90_000);
    if (address === missing) troubles.announce(/404/);
    await page.goto(address);
    expect.soft(await violations(page), name).toEqual([]);
    for (const theme of themes) {
      await keepSettings(page, { theme });
      await page.reload();
      await expect(page.locator("html")).toHaveAttribute("data-theme", theme);
      expect.soft(await violations(page, ofColour), `${name} in ${theme}`).toEqual([]);
    }
    await page.evaluate(() => localStorage.clear());
    await page.emulateMedia({ colorScheme: "dark" });
    await page.reload();
    expect.soft(await violations(page, ofColour), `${name} on a dark device`).toEqual([]);
  });
}

test("axe finds nothing wrong with an open settings panel and an explained word", async ({ page }) => {
  await openAwake(page, samplePath);
  await page.locator(".comfort > summary").click();
  expect(await violations(page)).toEqual([]);
  await page.locator(".comfort > summary").click();
  await page.locator("a.term").first().click();
  await expect(page.locator(".definition:popover-open")).toBeVisible();
  expect(await violations(page)).toEqual([]);
});

test("an article's text has the contrast of the strictest level in every theme", async ({ page }) => {
  await page.goto(samplePath);
  for (const theme of themes) {
    await keepSettings(page, { theme });
    await page.reload();
    const found = await new AxeBuilder({ page })
      .include(".body")
      .options({ runOnly: ["color-contrast-enhanced"], rules: { "color-contrast-enhanced": { enabled: true } } })
      .analyze();
    const low = found.violations.flatMap(({ nodes }) => nodes.map((node) => `${node.target.join(" ")}: ${node.any[0]?.message}`));
    expect.soft(low.slice(0, 5), theme).toEqual([]);
    expect(found.passes.length, "something was measured").toBeGreaterThan(0);
  }
});

test("the first page says what it is to a screen reader", async ({ page }) => {
  await page.goto("/");
  await expect(page.locator("body")).toMatchAriaSnapshot(`
    - link "Skip to the text"
    - banner:
      - link "Doorway"
      - navigation "Main":
        - list:
          - listitem:
            - link "Library"
          - listitem:
            - link "Paths"
          - listitem:
            - link "Glossary"
          - listitem:
            - link "Journal"
      - link "Crisis help"
    - main:
      - heading /./ [level=1]
      - paragraph
      - paragraph:
        - link "Start with a path"
        - link /See all \\d+ articles/
      - region "Where are you now?":
        - heading "Where are you now?" [level=2]
        - list:
          - listitem:
            - heading "Before" [level=3]
          - listitem:
            - heading "The day" [level=3]
          - listitem:
            - heading "The first days" [level=3]
          - listitem:
            - heading "The weeks after" [level=3]
      - region /New here\\?/:
        - list
      - region "New in the library":
        - list:
          - listitem:
            - article:
              - heading /./ [level=3]:
                - link /./
    - contentinfo:
      - paragraph:
        - text: /not medical advice/
        - link "get help now"
      - navigation "About this site"
    - status
  `);
});

test("every link of an article is known by its name, without what stands around it", async ({ page }) => {
  await page.goto("/articles/after-the-session");
  const acts = page.locator(".acts a");
  const names = await acts.evaluateAll((links) => links.map((link) => link.getAttribute("aria-label")!));
  expect(names.length).toBeGreaterThan(10);
  expect(names.filter((name, at) => names.indexOf(name) !== at), "said of two").toEqual([]);
  // What is seen comes first, so that it can be named by voice.
  const seen = await acts.allInnerTexts();
  seen.forEach((text, at) => expect(names[at]!.startsWith(`${text}: `), names[at]).toBe(true));
});

test("an article says what it is to a screen reader", async ({ page }) => {
  await page.goto(samplePath);
  await expect(page.getByRole("main")).toMatchAriaSnapshot(`
    - article:
      - navigation "Where you are":
        - list:
          - listitem:
            - link "Library"
      - heading "${sample.title}" [level=1]
      - paragraph
      - navigation "How much to read":
        - link "Short"
        - link "Full"
      - navigation "Contents"
      - heading /Key takeaways/ [level=2]
      - region "Key takeaways":
        - list
      - heading /Before you leave home/ [level=2]
      - region "Ready to go":
        - paragraph: Checklist
        - list:
          - listitem:
            - checkbox
        - paragraph:
          - 'link "Share: Checklist, Ready to go"'
          - 'link "Print: Checklist, Ready to go"'
      - region "About this article":
        - term: Written by
        - definition:
          - link /./
      - region "References":
        - list
      - navigation "Path"
      - region "Close to this"
  `);
});

/** Every visible control that does not stand in running text, smaller than `least` pixels either way. */
async function tooSmall(page: Page, least: number): Promise<string[]> {
  return page.evaluate((least) => {
    const inText = [
      ":is(.body, .takeaways, .prose, .references, .disclaimer, .definition) :is(p, li, dd, td, h2, h3, h4):not(.acts) a",
      "main > :not(form) p:not([class]) a",
      ".notice a, dd a, footer p a, .skip:not(:focus)",
      // A card's link covers the whole card.
      ".card a",
    ].join();
    const controls = [...document.querySelectorAll<HTMLElement>("a[href], button, summary, select, input:not([type=hidden])")];
    return controls
      .filter((control) => control.checkVisibility({ visibilityProperty: true, opacityProperty: true }) && !control.matches(inText))
      // What is clicked for an input is its label.
      .map((control) => (control.matches("input, select") && control.closest("label")) || control)
      .map((control) => ({ control, box: control.getBoundingClientRect() }))
      // Short words under a block stand side by side and are hit as buttons are.
      .map(({ control, box }) => ({ control, box, wide: control.matches(".acts > *") ? least : Math.min(least, 24) }))
      .filter(({ box, wide }) => box.width > 0 && (box.height < least - 0.5 || box.width < wide - 0.5))
      .map(({ control, box }) => `${control.tagName} ${control.textContent?.trim().slice(0, 30)}: ${box.width} × ${box.height}`);
  }, least);
}

test("what is touched is large enough for a thumb", async ({ page, isMobile, troubles }) => {
  troubles.announce(/404/);
  // A mouse is finer than a thumb: there the level that WCAG asks for is enough.
  const least = isMobile ? 44 : 24;
  for (const [name, address] of Object.entries(pages)) {
    await page.goto(address);
    expect.soft(await tooSmall(page, least), name).toEqual([]);
    // What is folded away counts too.
    for (const fold of await page.locator("summary").filter({ visible: true }).all()) {
      await fold.click();
      expect.soft(await tooSmall(page, least), `${name}, ${await fold.innerText()}`).toEqual([]);
      await fold.click();
    }
  }
});

test("a clinic's name of long words fits every page, and the day and the mark stay beside it", async ({ page }) => {
  // The bundled library is of no clinic: its name is written where a server writes it.
  const name = "Universitätsklinikum Kinderundjugendpsychiatriepsychotherapiezentrum";
  const everywhere = async () => {
    await page.locator("footer.site").evaluate((footer, name) => {
      const address = Object.assign(document.createElement("address"), { className: "clinic" });
      address.append(Object.assign(document.createElement("b"), { textContent: name }), Object.assign(document.createElement("span"), { textContent: name }));
      footer.append(address);
    }, name);
    await expectNoSidewaysScroll(page);
  };
  await page.goto("/crisis");
  await page.locator("main .country .name").first().evaluate((line, name) => (line.textContent = `Crisis line of ${name}`), name);
  await everywhere();
  await page.goto(`${samplePath}/handout`);
  await page.locator(".paper-head b").evaluate((line, name) => (line.textContent = name), name);
  await everywhere();
  const sheet = (await page.locator(".paper").boundingBox())!;
  const day = (await page.locator(".paper-head .given").boundingBox())!;
  expect(day.x + day.width, "the day ends on the sheet").toBeLessThan(sheet.x + sheet.width);
  expect((await page.locator(".paper-head .mark").boundingBox())!.width, "the mark").toBeGreaterThan(24);
  expect((await page.locator(".paper-head b").boundingBox())!.width, "the name").toBeGreaterThan(160);
});

test("the sign that shares a heading is seen in every theme before anything is touched", async ({ page }) => {
  await openAwake(page, samplePath);
  for (const theme of themes) {
    await keepSettings(page, { theme });
    await page.reload();
    const { seen, contrast } = await page.locator(".body h2 > .share").first().evaluate((link) => {
      const light = (colour: string) => {
        const canvas = Object.assign(document.createElement("canvas"), { width: 1, height: 1 }).getContext("2d")!;
        canvas.fillStyle = colour;
        canvas.fillRect(0, 0, 1, 1);
        const [red, green, blue] = [...canvas.getImageData(0, 0, 1, 1).data].map((byte) => (byte <= 10 ? byte / 3295 : ((byte / 255 + 0.055) / 1.055) ** 2.4));
        return 0.2126 * red! + 0.7152 * green! + 0.0722 * blue! + 0.05;
      };
      const [sign, paper] = [light(getComputedStyle(link).color), light(getComputedStyle(document.documentElement).backgroundColor)];
      return { seen: link.checkVisibility({ opacityProperty: true }), contrast: Math.max(sign, paper) / Math.min(sign, paper) };
    });
    expect(seen, theme).toBe(true);
    expect(contrast, theme).toBeGreaterThanOrEqual(3);
  }
});
