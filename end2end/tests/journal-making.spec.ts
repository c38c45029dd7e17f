// A journal is made in a minute, and what its passphrase stands against is said while it is typed.

import { atHome, lock, makeJournal, openJournal, passphrase, patient, secretField, unlock } from "../helpers/journal.ts";
import { expectNoSidewaysScroll } from "../helpers/page.ts";
import { expect, test } from "../helpers/test.ts";

// A key is derived at full cost, and each lock begins a new worker: on a slow machine that takes its time.
test.describe.configure({ timeout: 120_000 });

test("a journal is made in a minute, and what it is and is not is said first", async ({ page }) => {
  await openJournal(page);
  await expect(page.locator("#journal")).toMatchAriaSnapshot(`
    - navigation "Journal":
      - button "Leave quickly"
    - heading "A journal that only you can open" [level=1]
    - paragraph
    - button "Make my journal"
    - button "Write without saving"
    - paragraph:
      - button "I have a backup"
  `);
  await expectNoSidewaysScroll(page);
  const began = Date.now();
  await page.getByRole("button", { name: "Make my journal" }).click();
  await page.getByRole("button", { name: "Suggest six words" }).click();
  await page.getByRole("button", { name: "Use these six words" }).click();
  await expect(secretField(page)).toHaveValue(/^([a-z]+ ){5}[a-z]+$/);
  await expect(page.locator(".strength")).toHaveText(/longer than a lifetime/);
  await page.getByRole("button", { name: "Make my journal" }).click();
  await expect(page.getByRole("heading", { name: "Your recovery words" })).toBeVisible(patient);
  await page.getByRole("button", { name: "Later" }).click();
  await expect(page.getByRole("heading", { name: "Not confirmed yet" })).toBeVisible();
  await page.getByRole("button", { name: "Write", exact: true }).click();
  await atHome(page);
  expect(Date.now() - began).toBeLessThan(60_000);
});

test("what a passphrase would stand against is said while it is typed, and pasting is allowed", async ({ page }) => {
  await openJournal(page);
  await page.getByRole("button", { name: "Make my journal" }).click(patient);
  await secretField(page).fill("password1");
  await expect(page.locator(".strength")).toHaveText(/Easy to guess/);
  await secretField(page).fill("four words are better still");
  await expect(page.locator(".strength")).not.toHaveText(/Easy to guess/);
});

test("a passphrase is seen while it is made, and hidden where somebody could look on; at the closed door it is hidden until it is shown", async ({ page }) => {
  await openJournal(page);
  await page.getByRole("button", { name: "Make my journal" }).click(patient);
  const show = page.getByRole("button", { name: "Show", exact: true });
  await expect(secretField(page)).toHaveAttribute("type", "text");
  await expect(show).toHaveAttribute("aria-pressed", "true");
  await expect(page.getByText("If somebody could look over your shoulder, switch “Show” off.")).toBeVisible();
  await show.click();
  await expect(secretField(page)).toHaveAttribute("type", "password");
  await secretField(page).fill(passphrase);
  await page.getByRole("button", { name: "Make my journal" }).click();
  await expect(page.getByRole("heading", { name: "Your recovery words" })).toBeVisible(patient);
  await lock(page);
  await expect(secretField(page)).toHaveAttribute("type", "password");
  await show.click();
  await expect(secretField(page)).toHaveAttribute("type", "text");
  await unlock(page);
});

test("where six words are offered and not yet taken, it is said how to take them", async ({ page }) => {
  await openJournal(page);
  await page.getByRole("button", { name: "Make my journal" }).click(patient);
  await page.getByRole("button", { name: "Suggest six words" }).click();
  await expect(page.locator(".offered")).toHaveText(/^([a-z]+ ){5}[a-z]+$/);
  await page.getByRole("button", { name: "Make my journal" }).click();
  await expect(page.getByRole("alert")).toHaveText("Tap “Use these six words”, or type your own.");
  await expect(secretField(page)).toBeFocused();
});

test("a browser that asks whether the journal may stay keeps nobody out of it who does not answer", async ({ page }) => {
  await page.addInitScript(() => {
    StorageManager.prototype.persist = () => new Promise(() => {});
  });
  await makeJournal(page);
});
