// The door of the journal: coming in by passphrase and by words, and what it says where something is lost.

import { atHome, lock, makeConfirmed, makeJournal, openJournal, patient, secretField, unlock } from "../helpers/journal.ts";
import { expect, test } from "../helpers/test.ts";

// A key is derived at full cost, and each lock begins a new worker: on a slow machine that takes its time.
test.describe.configure({ timeout: 120_000 });

test("one wrong word leaves the others in the field, and a list that is pasted may have its numbers", async ({ page }) => {
  const words = await makeConfirmed(page);
  await lock(page);
  await page.getByRole("button", { name: "Use my 24 words" }).click();
  const field = page.getByLabel("Your 24 words, in their order");
  const slip = words.with(11, "doorway").join(" ");
  await field.fill(slip);
  await page.getByRole("button", { name: "Unlock with these words" }).click();
  await expect(page.getByRole("alert")).toContainText("These are not the 24 words");
  await expect(field).toHaveValue(slip);
  await expect(field).toBeFocused();
  await field.fill(words.map((word, at) => `${at + 1}. ${word}`).join("\n"));
  await expect(page.locator("#recall-count")).toHaveText("24 of 24 words");
  await page.getByRole("button", { name: "Unlock with these words" }).click();
  await atHome(page);
});

test("the closed door offers the ways in, the crisis lines and nothing else, and says a wrong passphrase kindly", async ({ page }) => {
  await makeJournal(page);
  await lock(page);
  await expect(page.locator("#journal")).toMatchAriaSnapshot(`
    - navigation "Journal":
      - button "Leave quickly"
    - heading "Your journal is locked" [level=1]
    - text: Passphrase
    - textbox "Passphrase"
    - button "Show"
    - button "Unlock"
    - list:
      - listitem:
        - button "Use my 24 words"
      - listitem:
        - link "Crisis lines"
      - listitem:
        - button "I have forgotten it"
  `);
  await secretField(page).fill("not the right one");
  await page.getByRole("button", { name: "Unlock", exact: true }).click();
  await expect(page.getByRole("alert").filter({ hasText: "That did not open it" })).toBeVisible(patient);
  await expect(secretField(page)).toHaveValue("");
  await unlock(page);
});

test("the 24 words open it, also by their first letters, and say which word is not of the list", async ({ page }) => {
  const words = await makeConfirmed(page);
  await lock(page);
  await page.getByRole("button", { name: "Use my 24 words" }).click();
  const field = page.getByLabel("Your 24 words, in their order");
  await field.fill("doorway ");
  await expect(page.locator("#recall-count")).toHaveText(/“doorway” is not one of the words/);
  await field.fill("");
  // Four letters name one word of the list; three may leave more than are offered.
  await field.pressSequentially(words[0]!.slice(0, 4));
  await page.locator(".endings").getByRole("button", { name: words[0]!, exact: true }).click();
  await expect(field).toHaveValue(`${words[0]} `);
  await field.fill(words.map((word) => word.slice(0, 4).toUpperCase()).join("\n"));
  await expect(page.locator("#recall-count")).toHaveText("24 of 24 words");
  await page.getByRole("button", { name: "Unlock with these words" }).click();
  await atHome(page);
});

test("T33 a journal that the browser let go of is not called new", async ({ page }) => {
  await makeJournal(page);
  await page.goto("/glossary");
  await page.evaluate(async () => {
    for (const { name } of await indexedDB.databases()) {
      await new Promise((come) => { const ask = indexedDB.deleteDatabase(name!); ask.onsuccess = ask.onerror = come; });
    }
  });
  await openJournal(page);
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Your journal is not here any more", patient);
  await expect(page.getByRole("button", { name: "Restore a backup" })).toBeVisible();
  await expect(page.getByRole("button", { name: "Make my journal" })).toHaveCount(0);
});

test("what went wrong on one way in is not said on another", async ({ page }) => {
  await makeJournal(page);
  await lock(page);
  await secretField(page).fill("not this one at all");
  await page.getByRole("button", { name: "Unlock", exact: true }).click();
  await expect(page.getByRole("alert")).toContainText("That did not open it", patient);
  await page.getByRole("button", { name: "Use my 24 words" }).click();
  await expect(page.getByRole("button", { name: "Unlock with these words" })).toBeVisible();
  await expect(page.getByRole("alert")).toHaveCount(0);
});
