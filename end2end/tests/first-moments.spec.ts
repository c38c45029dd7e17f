// What a reader does before the client has come does what it says all the same.

import type { Page } from "@playwright/test";

import { sample, samplePath } from "../helpers/library.ts";
import { expect, test } from "../helpers/test.ts";

/** Clicks on something as soon as it stands in the document: nobody can be earlier. */
async function clickAtOnce(page: Page, selector: string) {
  await page.addInitScript((selector) => {
    if (sessionStorage.getItem("clicked")) return;
    const start = performance.now();
    const seen = new MutationObserver(() => {
      const element = document.querySelector<HTMLElement>(selector);
      if (!element) return;
      seen.disconnect();
      const awake = "awake" in document.documentElement.dataset;
      const clicked = { awake, loaded: document.readyState === "complete", ms: performance.now() - start };
      sessionStorage.setItem("clicked", JSON.stringify(clicked));
      element.click();
    });
    seen.observe(document, { childList: true, subtree: true });
  }, selector);
}

/** How long it took depends on the machine and is noted; that nothing was ready then does not. */
async function expectEarly(page: Page) {
  const kept = await page.evaluate(() => sessionStorage.getItem("clicked"));
  const clicked = JSON.parse(kept ?? "{}") as { awake: boolean; loaded: boolean; ms: number };
  expect(clicked).toMatchObject({ awake: false, loaded: false });
  test.info().annotations.push({ type: "clicked", description: `${clicked.ms.toFixed(1)} ms into the document's life` });
}

test("a click on a link in the first moments opens its page", async ({ page }) => {
  await clickAtOnce(page, "header.site a[href='/glossary']");
  await page.goto(samplePath, { waitUntil: "commit" });
  await expect(page).toHaveURL("/glossary");
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Glossary");
  await expectEarly(page);
});

test("a form sent in the first moments filters the library", async ({ page }) => {
  await page.addInitScript(() => {
    // The choice is made with the same first breath as the click.
    new MutationObserver(() => {
      const select = document.querySelector<HTMLSelectElement>(".filters select[name=phase]");
      if (select && !location.search) select.value = "day";
    }).observe(document, { childList: true, subtree: true });
  });
  await clickAtOnce(page, ".filters button");
  await page.goto("/articles", { waitUntil: "commit" });
  await expect(page).toHaveURL(/phase=day/);
  await expect(page.locator(".cards h3").filter({ hasText: sample.title })).toBeVisible();
  await expectEarly(page);
});

test("a fold clicked in the first moments is open", async ({ page }) => {
  await clickAtOnce(page, ".contents summary");
  await page.goto(samplePath);
  await expect(page.locator(".contents details")).toHaveAttribute("open", "");
  await expect(page.getByRole("navigation", { name: "Contents" }).getByRole("link").first()).toBeVisible();
  await expectEarly(page);
});

test.describe("while the client is still on its way", () => {
  let arrive: () => void;

  test.beforeEach(async ({ page }) => {
    const arrived = new Promise<void>((resolve) => (arrive = resolve));
    await page.route("**/*.wasm", async (route) => {
      await arrived;
      // The page may be gone by then.
      await route.continue().catch(() => undefined);
    });
  });
  test.afterEach(() => arrive());

  test("a link opens its page", async ({ page }) => {
    const asked = page.waitForRequest("**/*.wasm");
    await page.goto(samplePath);
    await page.mouse.move(5, 5);
    await asked;
    await page.getByRole("link", { name: "Short", exact: true }).click();
    await expect(page).toHaveURL(/view=short$/);
    await expect(page.locator("article.reading")).toHaveAttribute("data-depth", "short");
  });

  test("the filter works", async ({ page }) => {
    await page.goto("/articles");
    await page.getByLabel("When").selectOption("day");
    await page.getByRole("button", { name: "Show" }).click();
    await expect(page).toHaveURL(/phase=day/);
    await expect(page.getByLabel("When")).toHaveValue("day");
  });

  test("a chosen theme shows at once, and is kept when the client has come", async ({ page }) => {
    await page.goto(samplePath);
    await page.locator(".comfort > summary").click();
    await page.getByRole("radio", { name: "Sepia" }).check();
    await expect(page.locator("html")).toHaveCSS("background-color", "rgb(243, 231, 211)");
    await expect(page.locator("html")).not.toHaveAttribute("data-awake");
    arrive();
    await expect(page.locator("html")).toHaveAttribute("data-awake");
    await expect(page.getByRole("radio", { name: "Sepia" })).toBeChecked();
    await expect(page.locator("html")).toHaveAttribute("data-theme", "sepia");
    await page.reload();
    await expect(page.locator("html")).toHaveAttribute("data-theme", "sepia");
  });

  test("an explained word leads to the glossary", async ({ page }) => {
    await page.goto(samplePath);
    await page.locator("a.term").first().click();
    await expect(page).toHaveURL(/\/glossary#./);
  });

  test("a client that never comes changes nothing", async ({ page }) => {
    await page.goto(samplePath);
    await page.mouse.move(5, 5);
    await page.getByRole("link", { name: "Paths", exact: true }).click();
    await expect(page).toHaveURL("/paths");
  });
});
