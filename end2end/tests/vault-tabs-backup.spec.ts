// A backup that is brought in while several tabs of one journal are open: nothing that any of them has written is taken away.

import type { Page } from "@playwright/test";
import { openJournal, passphrase } from "../helpers/journal.ts";
import { expect, test } from "../helpers/test.ts";
import {
  answer,
  askWithFile,
  beginWorkerWith,
  entry,
  kill,
  make,
  putBack,
  refused,
  refusedFile,
  roleOf,
  save,
  snapshot,
  textOf,
  unheard,
  unlock,
} from "../helpers/vault.ts";

test.describe.configure({ timeout: 90_000 });

/** Has a backup in the page's hand that holds more than the journal there: of one thing a newer revision, and another thing. */
async function backupOfMore(page: Page): Promise<{ id: string; there: string }> {
  const id = await save(page, entry("start"));
  await answer(page, { Lock: null });
  await kill(page);
  await snapshot(page);
  await unlock(page);
  // Two revisions ahead: its number alone would let it stand over one revision of ours.
  await answer(page, { Save: { id, parent: 1, record: entry("new there") } });
  await answer(page, { Save: { id, parent: 2, record: entry("newer there") } });
  const there = await save(page, entry("only there"));
  await askWithFile(page, { Backup: null }, false);
  await kill(page);
  await putBack(page);
  return { id, there };
}

/** Brings in what was read of that backup: the thing keeps the text that it has here, the backup's is beside it, and all of it opens. */
async function bringIn(page: Page, { id, there }: { id: string; there: string }, stands: string) {
  const { beside } = await askWithFile<{ beside: string[] }>(page, { RestoreBackup: null }, false);
  expect(await textOf(page, id)).toBe(stands);
  expect(await Promise.all(beside.map((id) => textOf(page, id)))).toEqual(["newer there"]);
  expect(await textOf(page, there)).toBe("only there");
  await kill(page);
  expect((await unlock(page)).findings).toEqual([]);
}

test("T30 a backup is not brought in over what another tab has written since, and then both are kept", async ({ page, context }) => {
  await openJournal(page);
  await make(page);
  const { id, there } = await backupOfMore(page);
  await beginWorkerWith(context, unheard);
  const second = await context.newPage();
  await openJournal(second);
  // The page that holds the file is not loaded again: its next worker begins as the second tab's does.
  await kill(page);
  for (const tab of [page, second]) expect(await unlock(tab)).toMatchObject({ role: "Writer", findings: [] });
  expect(await askWithFile(page, { ReadBackup: { key: null } }, true)).toMatchObject({ verdicts: { take: 2, both: 0 } });
  await answer(second, { Save: { id, parent: 1, record: entry("from the second tab") } });
  expect(await refusedFile(page, { RestoreBackup: null })).toBe("ReadOnly");
  await expect.poll(() => textOf(page, id)).toBe("from the second tab");
  expect(await refused(page, { Open: { id: there } })).toBe("NotThere");
  await second.close();
  await expect.poll(() => roleOf(page), { timeout: 20_000 }).toBe("Writer");
  expect(await askWithFile(page, { ReadBackup: { key: null } }, true)).toMatchObject({ verdicts: { take: 1, both: 1 } });
  await bringIn(page, { id, there }, "from the second tab");
});

test("T30 a backup that was read before another tab wrote takes nothing away of what that tab has written", async ({ page, context }) => {
  await openJournal(page);
  await make(page);
  const { id, there } = await backupOfMore(page);
  const second = await context.newPage();
  await openJournal(second);
  expect(await unlock(second)).toMatchObject({ role: "Writer" });
  expect(await unlock(page)).toMatchObject({ role: "Reader" });
  expect(await askWithFile(page, { ReadBackup: { key: null } }, true)).toMatchObject({ verdicts: { take: 2, both: 0 } });
  await answer(second, { Save: { id, parent: 1, record: entry("from the second tab") } });
  await second.close();
  await expect.poll(() => roleOf(page), { timeout: 20_000 }).toBe("Writer");
  await bringIn(page, { id, there }, "from the second tab");
  expect(await textOf(page, id)).toBe("from the second tab");
});

test("T30 a backup that was read before this tab wrote takes nothing away of what it has written", async ({ page }) => {
  await openJournal(page);
  await make(page);
  const { id, there } = await backupOfMore(page);
  await unlock(page);
  expect(await askWithFile(page, { ReadBackup: { key: null } }, true)).toMatchObject({ verdicts: { take: 2, both: 0 } });
  await answer(page, { Save: { id, parent: 1, record: entry("written meanwhile") } });
  await bringIn(page, { id, there }, "written meanwhile");
  expect(await answer(page, { Revisions: { id } })).toHaveLength(2);
});

test("T30 a backup is not restored over a journal that another tab makes meanwhile", async ({ page, context }) => {
  await openJournal(page);
  await make(page);
  await save(page, entry("in the backup"));
  await askWithFile(page, { Backup: null }, false);
  await answer(page, { Wipe: null });
  await kill(page);
  await askWithFile(page, { ReadBackup: { key: "Passphrase" } }, true, passphrase);
  const second = await context.newPage();
  await openJournal(second);
  await make(second);
  const id = await save(second, entry("made meanwhile"));
  expect(await refusedFile(page, { RestoreBackup: null })).toMatch(/^(ReadOnly|Here)$/);
  await kill(second);
  expect(await unlock(second)).toMatchObject({ findings: [], things: 1 });
  expect(await textOf(second, id)).toBe("made meanwhile");
});
