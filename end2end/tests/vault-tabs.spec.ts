// Several tabs of one journal: which of them writes, and what happens to the words of the others.

import type { BrowserContext, Page } from "@playwright/test";
import { ask, makeJournal, openJournal, passphrase } from "../helpers/journal.ts";
import { expect, test } from "../helpers/test.ts";
import {
  type Opened,
  answer,
  beginWorkerWith,
  bytes,
  clear,
  entry,
  kill,
  longAgo,
  look,
  make,
  putBack,
  refused,
  roleOf,
  save,
  snapshot,
  textOf,
  unheard,
  unlock,
  withoutLocks,
} from "../helpers/vault.ts";

test.describe.configure({ timeout: 90_000 });

/** Two tabs that both take themselves for the one that writes, over what the first has made. */
async function twoWriters(page: Page, context: BrowserContext): Promise<Page> {
  await kill(page);
  await context.unrouteAll();
  await beginWorkerWith(context, unheard);
  const second = await context.newPage();
  await openJournal(second);
  await page.reload();
  for (const tab of [page, second]) expect(await unlock(tab)).toMatchObject({ role: "Writer", findings: [] });
  return second;
}

test("T30 in a browser without locks the first tab writes, another only shows it and says so, and nothing is lost", async ({ page, context }) => {
  await beginWorkerWith(context, withoutLocks);
  const started = page.waitForEvent("worker");
  await openJournal(page);
  expect(await (await started).evaluate(() => "locks" in navigator)).toBe(false);
  expect(await make(page)).toMatchObject({ role: "Writer" });
  const id = await save(page, entry("from the first tab"));
  const second = await context.newPage();
  await openJournal(second);
  await second.getByLabel("Passphrase", { exact: true }).fill(passphrase);
  await second.getByRole("button", { name: "Unlock", exact: true }).click();
  const said = second.getByRole("status").filter({ hasText: "Another tab is writing in this journal, so this one only shows it." });
  await expect(said).toBeVisible({ timeout: 30_000 });
  for (const command of [
    { Save: { id, parent: 1, record: entry("from the second tab") } },
    { SaveDraft: { id, parent: 1, record: entry("from the second tab") } },
    { Delete: { id } },
    { BeginAttachment: null },
  ]) {
    expect(await refused(second, command)).toBe("ReadOnly");
  }
  await answer(page, { Save: { id, parent: 1, record: entry("changed in the first tab") } });
  const seen = async () => (await answer<Opened>(second, { Open: { id } })).record.text;
  await expect.poll(seen).toBe("changed in the first tab");
  // A tab that writes answers whoever asks, so it is not overtaken while it is there.
  await second.waitForTimeout(10_000);
  await expect(said).toBeVisible();
  expect(await look(page)).toMatchObject({ Open: { role: "Writer" } });
  await page.close();
  // What it says is true: when that tab is closed, this one can write again.
  await expect(said).toHaveCount(0, { timeout: 20_000 });
  await answer(second, { Save: { id, parent: 2, record: entry("from the second tab") } });
  await kill(second);
  expect((await unlock(second)).findings).toEqual([]);
  expect(await seen()).toBe("from the second tab");
});

test("T30 of two tabs that began to write at the same moment one is refused, and nothing that was acknowledged is lost", async ({ page, context }) => {
  await beginWorkerWith(context, unheard);
  await openJournal(page);
  await make(page);
  await kill(page);
  const second = await context.newPage();
  await openJournal(second);
  const tabs = [page, second];
  await Promise.all(tabs.map((tab) => unlock(tab)));
  const acknowledged = new Map<string, string>();
  const refusals = new Set<string>();
  const write = async (tab: Page, name: string) => {
    for (let at = 0; at < 40; at++) {
      const text = `${name}, entry ${at}`;
      await save(tab, entry(text)).then(
        (id) => acknowledged.set(id, text),
        (error: Error) => refusals.add(/"why":"(\w+)"/.exec(error.message)?.[1] ?? error.message),
      );
    }
  };
  await Promise.all([write(page, "first"), write(second, "second")]);
  expect(acknowledged.size).toBeGreaterThanOrEqual(40);
  expect([...refusals].filter((why) => why !== "ReadOnly")).toEqual([]);
  for (const tab of tabs) await kill(tab);
  const inside = await unlock(page);
  expect(inside).toMatchObject({ findings: [], things: acknowledged.size });
  for (const [id, text] of acknowledged) {
    expect((await answer<Opened>(page, { Open: { id } })).record.text).toBe(text);
  }
});

test("T30 T31 whatever a tab writes that does not know of another is refused once the other has written", async ({ page, context }) => {
  test.setTimeout(180_000);
  await beginWorkerWith(context, unheard);
  await openJournal(page);
  await make(page);
  const id = await save(page, entry("one"));
  await answer(page, { Save: { id, parent: 1, record: entry("two") } });
  const typed = await answer<string>(page, { SaveDraft: { id: null, parent: 0, record: entry("a draft") } });
  const second = await context.newPage();
  await openJournal(second);
  let settings: object = {};
  let attachment = "";
  const pushed = () => answer(second, { PushAttachment: { id: attachment } }, [[1, 2, 3]]);
  const writes: [() => object, number[][]?, (() => Promise<unknown>)?][] = [
    [() => ({ Save: { id, parent: 2, record: entry("three") } })],
    [() => ({ Save: { id: null, parent: 0, record: entry("another") } })],
    [() => ({ SaveDraft: { id: typed, parent: 0, record: entry("a draft of the second tab") } })],
    [() => ({ DiscardDraft: { id: typed } })],
    [() => ({ Delete: { id } })],
    [() => ({ RestoreRevision: { id, revision: 1 } })],
    [() => ({ ChangePassphrase: { key: "Passphrase" } }), [bytes(passphrase), bytes("of the second tab")]],
    [() => ({ NewRecovery: null })],
    [() => ({ WriteSettings: { settings } })],
    [() => ({ PushAttachment: { id: attachment } }), [[1, 2, 3]]],
    [() => ({ AddRecords: null }), [bytes(JSON.stringify(entry("imported")))]],
    [() => ({ Backup: null })],
    [() => ({ Accept: null })],
  ];
  for (const [at, [command, beside]] of writes.entries()) {
    if (at > 0) await kill(second);
    expect(await unlock(second)).toMatchObject({ role: "Writer", findings: [] });
    settings = await answer(second, { ReadSettings: null });
    attachment = await answer(second, { BeginAttachment: null });
    await save(page, entry(`from the first tab, ${at}`));
    const before = await answer(page, { Fingerprint: null });
    const what = JSON.stringify(command());
    expect(await refused(second, command(), beside), what).toBe("ReadOnly");
    expect(await look(second), what).toMatchObject({ Open: { role: "Reader" } });
    expect(await answer(page, { Fingerprint: null })).toEqual(before);
    // What it shows from then on is what stands.
    await expect.poll(() => answer(second, { Fingerprint: null }), what).toEqual(before);
  }
  // An attachment that the second tab has begun is not written on either.
  await kill(second);
  await unlock(second);
  attachment = await answer(second, { BeginAttachment: null });
  await pushed();
  expect(await refused(page, { SaveDraft: { id: typed, parent: 0, record: entry("the first tab is overtaken") } })).toBe("ReadOnly");
  await answer(second, { EndAttachment: { id: attachment } });
  for (const tab of [page, second]) await kill(tab);
  expect(await unlock(page)).toMatchObject({ findings: [], things: 1 + writes.length, drafts: 1 });
  expect((await answer<Opened>(page, { Open: { id } })).record.text).toBe("two");
  expect((await answer<Opened>(page, { Open: { id: typed } })).record.text).toBe("a draft");
});

test("T30 of two tabs that make a journal at the same moment one is refused", async ({ page, context }) => {
  await beginWorkerWith(context, unheard);
  const second = await context.newPage();
  const tabs = [page, second];
  for (const tab of tabs) await openJournal(tab);
  const made = await Promise.all(tabs.map((tab) => refused(tab, { Create: { keep: true } }, [bytes(passphrase)])));
  expect(made.filter((outcome) => outcome === "not refused")).toHaveLength(1);
  expect(made.filter((outcome) => outcome === "ReadOnly" || outcome === "Here")).toHaveLength(1);
  const maker = tabs[made.indexOf("not refused")]!;
  await save(maker, entry("one"));
  await kill(maker);
  expect(await unlock(maker)).toMatchObject({ findings: [], things: 1 });
});

test("T30 words in a tab that another has overtaken stay on its screen, which says that they are not saved", async ({ page, context }) => {
  await beginWorkerWith(context, unheard);
  await makeJournal(page);
  await page.getByRole("list", { name: "Begin" }).getByRole("button", { name: "Write" }).click();
  const text = page.getByLabel("Text", { exact: true });
  const status = page.locator(".foot .status");
  await text.pressSequentially("The water was warm");
  await expect(status).toHaveText("Kept as a draft");
  const second = await context.newPage();
  await openJournal(second);
  expect(await unlock(second)).toMatchObject({ role: "Writer", drafts: 1 });
  await save(second, entry("from the second tab"));
  await text.pressSequentially(", and then");
  await expect(status).toHaveText("Not saved");
  await expect(text).toHaveValue("The water was warm, and then");
  await expect(page.getByText("Another tab is writing in this journal").first()).toBeVisible();
  await second.close();
  // When the other is closed this one can write again, and the words are kept at once.
  await expect(page.getByText("Another tab is writing in this journal")).toHaveCount(0, { timeout: 20_000 });
  await expect(status).toHaveText("Kept as a draft");
  const [{ summary }] = await answer<[{ summary: { id: string } }]>(page, { Drafts: null });
  const { draft } = await answer<Opened>(page, { Open: { id: summary.id } });
  expect(draft?.record.text).toBe("The water was warm, and then");
});

test("T30 in a browser without locks a tab that does not answer for a while is overtaken only by what is written", async ({ page, context }) => {
  await beginWorkerWith(context, withoutLocks);
  const started = page.waitForEvent("worker");
  await openJournal(page);
  const worker = await started;
  await make(page);
  const second = await context.newPage();
  await openJournal(second);
  expect(await unlock(second)).toMatchObject({ role: "Reader" });
  // As when it is asleep in the background.
  const asleep = worker.evaluate(() => {
    const until = performance.now() + 15_000;
    while (performance.now() < until);
  });
  await expect.poll(() => roleOf(second), { timeout: 14_000 }).toBe("Writer");
  const id = await save(second, entry("from the second tab"));
  await asleep;
  // What the second tab has told is heard by now, and it writes on.
  await expect.poll(() => roleOf(page)).toBe("Reader");
  expect(await refused(page, { Save: { id: null, parent: 0, record: entry("from the first tab") } })).toBe("ReadOnly");
  expect((await answer<Opened>(page, { Open: { id } })).record.text).toBe("from the second tab");
  expect(await roleOf(second)).toBe("Writer");
  for (const tab of [page, second]) await kill(tab);
  expect(await unlock(page)).toMatchObject({ findings: [], things: 1 });
});

test("T30 of one thing that two tabs write in one after the other the second is refused, and is not called damaged", async ({ page, context }) => {
  await openJournal(page);
  await make(page);
  const id = await save(page, entry("one"));
  const second = await twoWriters(page, context);
  await answer(page, { Save: { id, parent: 1, record: entry("of the first tab") } });
  expect(await refused(second, { Save: { id, parent: 1, record: entry("of the second tab") } })).toBe("ReadOnly");
  await expect.poll(() => textOf(second, id)).toBe("of the first tab");
  expect(await roleOf(second)).toBe("Reader");
});

test("T30 an earlier state is not made the present one over what another tab has written since", async ({ page, context }) => {
  await openJournal(page);
  await make(page);
  const id = await save(page, entry("one"));
  await answer(page, { Save: { id, parent: 1, record: entry("two") } });
  const second = await twoWriters(page, context);
  await answer(page, { Save: { id, parent: 2, record: entry("three") } });
  expect(await refused(second, { RestoreRevision: { id, revision: 1 } })).toBe("ReadOnly");
  await expect.poll(() => textOf(second, id)).toBe("three");
  for (const tab of [page, second]) await kill(tab);
  expect((await unlock(page)).findings).toEqual([]);
  expect(await textOf(page, id)).toBe("three");
  expect(await answer(page, { Revisions: { id } })).toHaveLength(3);
});

test("T30 tidying takes nothing away that another tab has named or brought back since", async ({ page, context }) => {
  await beginWorkerWith(context, longAgo);
  await openJournal(page);
  await make(page);
  const id = await save(page, entry("deleted long ago"));
  await answer(page, { Delete: { id } });
  const attachment = await answer<string>(page, { BeginAttachment: null });
  await answer(page, { PushAttachment: { id: attachment } }, [[1, 2, 3]]);
  const total = await answer<number>(page, { EndAttachment: { id: attachment } });
  const second = await twoWriters(page, context);
  const named = { ...entry("with a recording"), attachments: [{ id: attachment, mediaType: "audio/webm", bytes: total }] };
  // Lately something was written: it is by then that the thirty days are counted.
  const naming = await save(page, named);
  await answer(page, { Undelete: { id } });
  expect(await refused(second, { Tidy: null })).toBe("ReadOnly");
  for (const tab of [page, second]) await kill(tab);
  expect(await unlock(page)).toMatchObject({ findings: [], things: 2 });
  expect(await textOf(page, id)).toBe("deleted long ago");
  expect(await textOf(page, naming)).toBe("with a recording");
  expect(await answer(page, { Tidy: null })).toEqual({ records: 0, attachments: 0, kept: 0 });
  const { beside } = await ask(page, { ReadAttachment: { id: attachment, part: 0 } });
  expect(beside).toEqual([[1, 2, 3]]);
});

test("T30 T31 a way in is not added, changed or taken away by a tab that does not know what another has written", async ({ page, context }) => {
  test.setTimeout(150_000);
  await openJournal(page);
  await make(page);
  const words = await answer<string[]>(page, { NewRecovery: null });
  expect(await answer(page, { ProveRecovery: null }, [bytes(words.join(" "))])).toBe(true);
  const output = (first: number) => Array.from({ length: 32 }, (_, at) => first + at);
  const addPasskey = async (tab: Page, credential: number, first: number) => {
    const { input } = await answer<{ input: number[] }>(tab, { AskPasskey: null });
    return () => ask(tab, { AddPasskey: null }, [[credential, 2, 3], input, output(first)]);
  };
  type Way = { id: string; kind: string };
  const added = (await (await addPasskey(page, 1, 0))()).answer as Way;
  const ways = () => answer<Way[]>(page, { Ways: null });
  const before = await ways();
  expect(before.map(({ kind }) => kind).sort()).toEqual(["Passkey", "Passphrase", "Recovery"]);
  const second = await twoWriters(page, context);
  const changes: [string, () => Promise<unknown>][] = [
    ["a passkey is added", async () => (await addPasskey(second, 9, 100))()],
    ["a passkey is taken away", () => ask(second, { RemoveWay: { way: added.id } })],
    ["the passphrase is taken away", () => ask(second, { RemoveWay: { way: before.find(({ kind }) => kind === "Passphrase")!.id } })],
    ["the passphrase is changed", () => ask(second, { ChangePassphrase: { key: "Passphrase" } }, [bytes(passphrase), bytes("of the second tab")])],
    ["the words are made anew", () => ask(second, { NewRecovery: null })],
  ];
  for (const [at, [what, change]] of changes.entries()) {
    if (at > 0) {
      await kill(second);
      await unlock(second);
    }
    expect(await roleOf(second), what).toBe("Writer");
    await save(page, entry(what));
    const why = await change().then(
      () => "not refused",
      (error: Error) => /"why":"(\w+)"/.exec(error.message)?.[1] ?? error.message,
    );
    expect(why, what).toBe("ReadOnly");
    expect(await answer(second, { Ways: null }), what).toEqual(before);
    expect(await ways(), what).toEqual(before);
  }
  for (const tab of [page, second]) await kill(tab);
  expect(await refused(page, { Unlock: { key: "Passphrase" } }, [bytes("of the second tab")])).toBe("WrongSecret");
  for (const [key, secret] of [
    ["Recovery", bytes(words.join(" "))],
    [{ Passkey: { way: added.id } }, output(0)],
    ["Passphrase", bytes(passphrase)],
  ] as const) {
    expect(await answer(page, { Unlock: { key } }, [[...secret]])).toMatchObject({ findings: [], things: changes.length });
    await kill(page);
  }
});

test("T30 a tab that comes too late to make a journal says so, stands before the one that is there, and is in nobody's way", async ({ page, context }) => {
  await openJournal(page);
  await page.getByRole("button", { name: "Make my journal" }).click();
  const second = await context.newPage();
  await openJournal(second);
  await make(second);
  await answer(second, { Lock: null });
  await kill(second);
  await page.getByLabel("Passphrase", { exact: true }).fill(passphrase);
  await page.getByRole("button", { name: "Make my journal" }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Your journal is locked", { timeout: 15_000 });
  await expect(page.getByRole("alert")).toContainText("There is a journal in this browser already");
  expect(await unlock(second)).toMatchObject({ role: "Writer", findings: [] });
  // While it is open it is the same.
  expect(await refused(page, { Create: { keep: true } }, [bytes(passphrase)])).toBe("Here");
  await second.close();
  expect(await unlock(page)).toMatchObject({ role: "Writer", findings: [] });
});

test("T30 a tab that could not read the journal that it has opened is in nobody's way", async ({ page, context }) => {
  await openJournal(page);
  await make(page);
  await answer(page, { Lock: null });
  await kill(page);
  await snapshot(page);
  await clear(page, "manifest");
  expect(await refused(page, { Unlock: { key: "Passphrase" } }, [bytes(passphrase)])).toBe("NotThere");
  await putBack(page);
  const second = await context.newPage();
  await openJournal(second);
  expect(await unlock(second)).toMatchObject({ role: "Writer", findings: [] });
});

test("T30 in a browser that refuses locks the journal opens all the same, and is only shown", async ({ page, context }) => {
  await openJournal(page);
  await make(page);
  const id = await save(page, entry("one"));
  await kill(page);
  await beginWorkerWith(context, 'LockManager.prototype.request = () => Promise.reject(new DOMException("no", "SecurityError"));');
  await page.reload();
  expect(await unlock(page)).toMatchObject({ role: "Reader", findings: [] });
  expect(await textOf(page, id)).toBe("one");
  expect(await refused(page, { Save: { id, parent: 1, record: entry("two") } })).toBe("ReadOnly");
});

test("a browser that refuses locks is what the notice speaks of, and not another tab that there is not", async ({ page, context }) => {
  await makeJournal(page);
  await beginWorkerWith(context, 'LockManager.prototype.request = () => Promise.reject(new DOMException("no", "SecurityError"));');
  await page.reload();
  await page.getByLabel("Passphrase", { exact: true }).fill(passphrase);
  await page.getByRole("button", { name: "Unlock", exact: true }).click();
  const said = page.getByRole("status").filter({ hasText: "This browser does not let the journal make sure that only one tab writes in it" });
  await expect(said).toBeVisible({ timeout: 30_000 });
  await expect(page.locator("#journal")).not.toContainText("nother tab is writing");
  // Nor can one be made.
  await answer(page, { Wipe: null });
  await page.evaluate(() => localStorage.clear());
  await page.reload();
  await page.getByRole("button", { name: "Make my journal" }).click();
  await page.getByLabel("Passphrase", { exact: true }).fill(passphrase);
  await page.getByRole("button", { name: "Make my journal" }).click();
  await expect(page.getByRole("alert").filter({ hasText: "This browser does not let the journal make sure" })).toBeVisible({ timeout: 30_000 });
});

test("T30 a tab that could not take over when the one that wrote had gone does so later", async ({ page, context }) => {
  await openJournal(page);
  await make(page);
  const second = await context.newPage();
  const started = second.waitForEvent("worker");
  await openJournal(second);
  const worker = await started;
  expect(await unlock(second)).toMatchObject({ role: "Reader" });
  await worker.evaluate(() => {
    const { transaction } = IDBDatabase.prototype;
    const refusing = new Promise<void>((refused) => {
      IDBDatabase.prototype.transaction = () => {
        refused();
        throw new DOMException("a fault", "UnknownError");
      };
    });
    const heal = () => {
      IDBDatabase.prototype.transaction = transaction;
    };
    Object.assign(self, { refusing, heal });
  });
  await page.close();
  await worker.evaluate(() => (self as unknown as { refusing: Promise<void> }).refusing);
  expect(await roleOf(second)).toBe("Reader");
  await worker.evaluate(() => (self as unknown as { heal: () => void }).heal());
  await expect.poll(() => roleOf(second), { timeout: 20_000 }).toBe("Writer");
  await save(second, entry("from the second tab"));
});
