// A store that another tab holds open when a newer release wants other tables in it.

import type { BrowserContext, Page } from "@playwright/test";
import { makeJournal, openJournal } from "../helpers/journal.ts";
import { expect, test } from "../helpers/test.ts";
import { type Opened, answer, beginWorkerWith, entry, make, save, unlock } from "../helpers/vault.ts";

test.describe.configure({ timeout: 90_000 });

/** As a release would do it whose store has other tables. */
const nextRelease =
  "{ const { open } = IDBFactory.prototype; IDBFactory.prototype.open = function (name) { return open.call(this, name, 2); }; }";

/** Another tab that holds the store open in its present version, and does not let go when it is asked to. */
async function holdStore(context: BrowserContext): Promise<Page> {
  const holder = await context.newPage();
  await holder.goto("/glossary");
  await holder.evaluate(
    () =>
      new Promise<void>((done) => {
        const request = indexedDB.open("doorway-vault", 1);
        request.onsuccess = () => {
          Object.assign(window, { held: request.result });
          done();
        };
      }),
  );
  return holder;
}

test("T34 an upgrade that another tab blocks is said and not waited for without end, and goes on when that tab is closed", async ({ page, context }) => {
  await openJournal(page);
  await make(page);
  const id = await save(page, entry("one"));
  const holder = await holdStore(context);
  await beginWorkerWith(context, nextRelease);
  await page.reload();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Another tab is in the way", { timeout: 15_000 });
  await expect(page.getByText("Another tab holds an older version of this journal open. Close it, then try again.")).toBeVisible();
  await expect(page.getByRole("button", { name: "Make my journal" })).toHaveCount(0);
  // Whoever asks now waits behind the first question, and is told nothing by the browser.
  await page.getByRole("button", { name: "Try again" }).click();
  await expect(page.getByText("The door is being opened…")).toBeVisible();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Another tab is in the way", { timeout: 15_000 });
  const third = await context.newPage();
  await openJournal(third);
  await expect(third.getByRole("heading", { level: 1 })).toHaveText("Another tab is in the way", { timeout: 15_000 });
  await holder.close();
  await third.getByRole("button", { name: "Try again" }).click();
  await expect(third.getByLabel("Passphrase", { exact: true })).toBeVisible({ timeout: 15_000 });
  await third.close();
  await page.getByRole("button", { name: "Try again" }).click();
  await expect(page.getByLabel("Passphrase", { exact: true })).toBeVisible({ timeout: 15_000 });
  expect(await unlock(page)).toMatchObject({ role: "Writer", things: 1, findings: [] });
  expect((await answer<Opened>(page, { Open: { id } })).record.text).toBe("one");
});

test("T34 an upgrade that was given up is done whole once it can be, and is in nobody's way", async ({ page, context }) => {
  // The store as it was before it had any tables.
  const holder = await holdStore(context);
  await beginWorkerWith(context, nextRelease);
  await openJournal(page);
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Another tab is in the way", { timeout: 15_000 });
  const other = await context.newPage();
  await other.goto("/glossary");
  await holder.close();
  // It asks after the one that was given up.
  const found = await other.evaluate(async () => {
    const open = (version?: number) =>
      new Promise<IDBDatabase | "blocked">((come, failed) => {
        const request = indexedDB.open("doorway-vault", version);
        request.onsuccess = () => come(request.result);
        request.onblocked = () => come("blocked");
        request.onerror = failed;
      });
    const as = (database: IDBDatabase | "blocked") => {
      if (database === "blocked") return { version: 0, tables: 0 };
      database.close();
      return { version: database.version, tables: database.objectStoreNames.length };
    };
    return [as(await open()), as(await open(3))];
  });
  expect(found).toEqual([
    { version: 2, tables: 7 },
    { version: 3, tables: 7 },
  ]);
});

test("T34 a tab of an older release lets go of the store for a newer one, and calls nothing kept any more", async ({ page, context }) => {
  await makeJournal(page);
  await page.getByRole("list", { name: "Begin" }).getByRole("button", { name: "Write" }).click();
  const text = page.getByLabel("Text", { exact: true });
  await text.pressSequentially("The water was warm");
  await expect(page.locator(".foot .status")).toHaveText("Kept as a draft");
  await beginWorkerWith(context, nextRelease);
  const newer = await context.newPage();
  await openJournal(newer);
  await expect(newer.getByLabel("Passphrase", { exact: true })).toBeVisible({ timeout: 15_000 });
  const told =
    "A newer version of this page is open in another tab, so this one can no longer save. Copy what is not saved, then load this page again.";
  await expect(page.getByText(told)).toBeVisible();
  await text.pressSequentially(", and then");
  await expect(page.locator(".foot .status")).toHaveText("Not saved");
  await expect(text).toHaveValue("The water was warm, and then");
  await expect(page.getByText(told)).toHaveCount(2);
  await expect(page.getByText("Close it, then try again")).toHaveCount(0);
  await page.close();
  expect(await unlock(newer)).toMatchObject({ role: "Writer", drafts: 1, findings: [] });
  const [{ summary }] = await answer<[{ summary: { id: string } }]>(newer, { Drafts: null });
  const { draft } = await answer<Opened>(newer, { Open: { id: summary.id } });
  expect(draft?.record.text).toBe("The water was warm");
});
