// The journal's door, asked of the worker: ways in, locking, wiping, and everything that can be wrong with the browser's store.

import type { BrowserContext, Page } from "@playwright/test";
import { ask, makeJournal, openJournal, passphrase, record } from "../helpers/journal.ts";
import { expect, test } from "../helpers/test.ts";
import { type Inside, type Opened, answer, bytes, entry, kill, look, make, putBack, refused, save, snapshot, unlock } from "../helpers/vault.ts";

test.describe.configure({ timeout: 90_000 });

/** All that the browser keeps for the vault, as one text of Latin letters: what a thief of the disk would search. */
async function onDisk(page: Page): Promise<string> {
  return page.evaluate(async () => {
    const parts: string[] = [JSON.stringify({ ...localStorage }), JSON.stringify({ ...sessionStorage })];
    for (const { name } of await indexedDB.databases()) {
      const database = await new Promise<IDBDatabase>((opened, failed) => {
        const request = indexedDB.open(name!);
        request.onsuccess = () => opened(request.result);
        request.onerror = failed;
      });
      for (const table of database.objectStoreNames) {
        const rows = await new Promise<unknown[]>((come) => {
          const request = database.transaction(table).objectStore(table).getAll();
          request.onsuccess = () => come(request.result);
        });
        for (const row of rows) {
          if (row instanceof Uint8Array) parts.push(Array.from(row, (byte) => String.fromCharCode(byte)).join(""));
        }
      }
      database.close();
    }
    return parts.join("\n");
  });
}

/** Has the worker's program begin with other code, from the next page on: to be in another browser, or of another release. */
async function beginWorkerWith(context: BrowserContext, code: string) {
  await context.route(/\/pkg\/journal-worker\.\w+\.js$/, async (route) => {
    const response = await route.fetch();
    await route.fulfill({ response, body: code + (await response.text()) });
  });
}

/** As a browser without Web Locks, or a page that is served without TLS, has it. */
const withoutLocks = "delete WorkerNavigator.prototype.locks;";
/** As tabs that cannot even hear each other: each thinks that it is the one that writes. */
const unheard = `${withoutLocks} delete self.BroadcastChannel;`;
/** As a release would do it whose store has other tables. */
const nextRelease =
  "{ const { open } = IDBFactory.prototype; IDBFactory.prototype.open = function (name) { return open.call(this, name, 2); }; }";

test("T28 T38 after locking nothing of it is open, on disk is no word of it, and wiping leaves nothing", async ({ page }) => {
  await openJournal(page);
  await make(page);
  const id = await save(page, { ...entry("the heron in the reeds"), title: "A heron", tags: ["heronry"] });
  await answer(page, { SaveDraft: { id, parent: 1, record: entry("the heron again") } });
  await answer(page, { Lock: null });
  for (const command of [{ Open: { id } }, { List: { filter: {}, from: 0, count: 9 } }, { Drafts: null }, { Fingerprint: null }]) {
    expect(await refused(page, command)).toBe("Locked");
  }
  const disk = await onDisk(page);
  expect(disk.length).toBeGreaterThan(10_000);
  for (const word of ["heron", "2026-11", "entry", passphrase]) expect(disk).not.toContain(word);
  await unlock(page);
  await answer(page, { Wipe: null });
  expect(await page.evaluate(async () => (await indexedDB.databases()).map(({ name }) => name))).toEqual([]);
  await kill(page);
  expect(await look(page, false)).toBe("Nothing");
});

test("T28 locking in one tab locks all of them", async ({ page, context }) => {
  await openJournal(page);
  await make(page);
  const second = await context.newPage();
  await openJournal(second);
  await unlock(second);
  await answer(page, { Lock: null });
  await expect.poll(() => refused(second, { Fingerprint: null })).toBe("Locked");
});

test("T33 an evicted store is an eviction and never a welcome", async ({ page }) => {
  await openJournal(page);
  await make(page);
  await kill(page);
  const remove = (name: string) =>
    page.evaluate(
      (name) => new Promise<void>((gone) => (indexedDB.deleteDatabase(name).onsuccess = () => gone())),
      name,
    );
  await remove("doorway-vault");
  expect(await look(page, false), "the marks remember").toBe("Evicted");
  await kill(page);
  await remove("doorway-marks");
  expect(await look(page, true), "the page remembers").toBe("Evicted");
  expect(await look(page, false), "nothing remembers").toBe("Nothing");
});

test("T33 marks that were lost are told, so that fingerprints can be compared", async ({ page }) => {
  await openJournal(page);
  await make(page);
  await save(page, entry("one"));
  await kill(page);
  await page.evaluate(() => new Promise<void>((gone) => (indexedDB.deleteDatabase("doorway-marks").onsuccess = () => gone())));
  expect(await unlock(page)).toMatchObject({ marks_gone: true, findings: [], things: 1 });
  expect(await answer(page, { Fingerprint: null })).toMatchObject({ version: 3 });
});

test("T9 an old copy of the store that was put back is noticed, until the keeper says that it is well", async ({ page }) => {
  await openJournal(page);
  await make(page);
  const id = await save(page, entry("one"));
  await answer(page, { Lock: null });
  await kill(page);
  await snapshot(page, ["doorway-vault"]);
  await unlock(page);
  await answer(page, { Save: { id, parent: 1, record: entry("two") } });
  await answer(page, { Lock: null });
  await kill(page);
  await putBack(page);
  for (const _ of [1, 2]) {
    const inside = await unlock(page);
    expect(inside.findings).toMatchObject([{ what: "journal", words: "an older state was put in the place of a newer one" }]);
    await kill(page);
  }
  await unlock(page);
  await answer(page, { Accept: null });
  await kill(page);
  expect((await unlock(page)).findings).toEqual([]);
});

test("T5 T11 a record that is damaged, missing or planted is told, kept, and stops nothing else", async ({ page }) => {
  await openJournal(page);
  await make(page);
  const ids = [await save(page, entry("one")), await save(page, entry("two")), await save(page, entry("three"))];
  await kill(page);
  await page.evaluate(async (ids) => {
    const database = await new Promise<IDBDatabase>((opened) => {
      const request = indexedDB.open("doorway-vault");
      request.onsuccess = () => opened(request.result);
    });
    const key = (id: string) => Uint8Array.from(id.match(/../g)!, (pair) => parseInt(pair, 16));
    const transaction = database.transaction("heads", "readwrite");
    const heads = transaction.objectStore("heads");
    const got = await new Promise<Uint8Array>((come) => {
      const request = heads.get(key(ids[0]!));
      request.onsuccess = () => come(request.result);
    });
    const damaged = got.slice();
    damaged[damaged.length - 1]! ^= 1;
    heads.put(damaged, key(ids[0]!));
    heads.delete(key(ids[1]!));
    heads.put(got.slice(0, 100), Uint8Array.from({ length: 16 }, () => 7));
    await new Promise<void>((done) => (transaction.oncomplete = () => done()));
    database.close();
  }, ids);
  const inside = await unlock(page);
  expect(inside.things).toBe(1);
  const told = inside.findings.map(({ id, words }) => `${ids.indexOf(id)} ${words}`);
  expect(told).toContain("0 the content is damaged");
  expect(told).toContain("1 something that belongs to the vault is missing");
  expect(told.some((line) => line.startsWith("-1"))).toBe(true);
  expect(await refused(page, { Open: { id: ids[0] } })).toBe("Damaged");
  expect((await answer<Opened>(page, { Open: { id: ids[2] } })).record.text).toBe("three");
  await save(page, entry("four"));
});

test("T31 a passphrase change that fails at any step leaves one passphrase that opens, and only one", async ({ page }) => {
  const started = page.waitForEvent("worker");
  await openJournal(page);
  const worker = await started;
  await make(page);
  // Begin, the old way's end, the new way, the manifest, and the stamp of the state.
  for (let step = 0; step < 5; step++) {
    await worker.evaluate((step) => {
      let at = 0;
      const { put, delete: remove } = IDBObjectStore.prototype;
      const begin = IDBDatabase.prototype.transaction;
      const fail = () => {
        if (at++ === step) throw new DOMException("a fault", "UnknownError");
      };
      IDBObjectStore.prototype.put = function (...given: Parameters<typeof put>) {
        fail();
        return put.apply(this, given);
      };
      IDBObjectStore.prototype.delete = function (...given: Parameters<typeof remove>) {
        fail();
        return remove.apply(this, given);
      };
      IDBDatabase.prototype.transaction = function (...given: Parameters<typeof begin>) {
        if (given[1] === "readwrite") fail();
        return begin.apply(this, given);
      };
      Object.assign(self, {
        restore: () => {
          IDBObjectStore.prototype.put = put;
          IDBObjectStore.prototype.delete = remove;
          IDBDatabase.prototype.transaction = begin;
        },
      });
    }, step);
    expect(await refused(page, { ChangePassphrase: null }, [bytes(passphrase), bytes("another one")])).toBe("Store");
    await worker.evaluate(() => (self as unknown as { restore: () => void }).restore());
    expect(await answer(page, { Ways: null })).toHaveLength(1);
  }
  expect(await refused(page, { ChangePassphrase: null }, [bytes("wrong"), bytes("another one")])).toBe("WrongSecret");
  await answer(page, { ChangePassphrase: null }, [bytes(passphrase), bytes("another one")]);
  await kill(page);
  expect(await refused(page, { Unlock: { key: "Passphrase" } }, [bytes(passphrase)])).toBe("WrongSecret");
  expect((await unlock(page, "another one")).findings).toEqual([]);
});

test("the recovery phrase opens, is confirmed by three of its words, and replaces the one before it", async ({ page }) => {
  await openJournal(page);
  await make(page);
  expect(await refused(page, { AskPasskey: null })).toBe("RecoveryFirst");
  const first = await answer<string[]>(page, { NewRecovery: null });
  const words = await answer<string[]>(page, { NewRecovery: null });
  expect(words).toHaveLength(24);
  const typed = (places: number[]) => ({ ConfirmRecovery: { words: places.map((at) => [at, words[at]]) } });
  expect(await answer(page, typed([3, 3, 3]))).toBe(false);
  expect(await answer(page, { ConfirmRecovery: { words: [[0, words[0]], [5, words[5]], [9, "wrong"]] } })).toBe(false);
  expect(await answer(page, typed([3, 11, 20]))).toBe(true);
  expect(await answer(page, { AskPasskey: null })).toHaveProperty("input");
  await kill(page);
  expect(await refused(page, { Unlock: { key: "Recovery" } }, [bytes(first.join(" "))])).toBe("WrongSecret");
  const inside = await answer<Inside & { recovery_confirmed: string | null }>(page, { Unlock: { key: "Recovery" } }, [
    bytes(words.map((word) => word.slice(0, 4)).join("  ")),
  ]);
  expect(inside.recovery_confirmed).not.toBeNull();
});

test("T35 a passkey that gives another output or none opens nothing, and it cannot be the only way in", async ({ page }) => {
  await openJournal(page);
  await make(page);
  const words = await answer<string[]>(page, { NewRecovery: null });
  expect(await answer(page, { ProveRecovery: null }, [bytes(words.join(" "))])).toBe(true);
  const { input } = await answer<{ input: number[] }>(page, { AskPasskey: null });
  const output = Array.from({ length: 32 }, (_, at) => at);
  expect(await refused(page, { AddPasskey: null }, [[1, 2, 3], input, Array(32).fill(9)]), "all bytes alike").toBe("Passkey");
  expect(await refused(page, { AddPasskey: null }, [[1, 2, 3], input, []]), "no output").toBe("Passkey");
  const way = await answer<{ id: string }>(page, { AddPasskey: null }, [[1, 2, 3], input, output]);
  const others = (await answer<{ id: string; kind: string }[]>(page, { Ways: null })).filter(({ kind }) => kind !== "Passkey");
  await answer(page, { RemoveWay: { way: others[0]!.id } });
  expect(await refused(page, { RemoveWay: { way: others[1]!.id } })).toBe("LastWay");
  await kill(page);
  const locked = await answer<{ Locked: { ways: { passkey: { input: number[] } | null }[] } }>(page, { Look: { remembered: true } });
  expect(locked.Locked.ways.flatMap(({ passkey }) => passkey ?? [])).toMatchObject([{ credential: [1, 2, 3], input }]);
  const key = { Passkey: { way: way.id } };
  expect(await refused(page, { Unlock: { key } }, [output.toReversed()])).toBe("WrongSecret");
  await ask(page, { Unlock: { key } }, [output]);
});

test("T34 a full disk, a browser that keeps nothing and a store of a newer release each have an answer", async ({ page, context }) => {
  const started = page.waitForEvent("worker");
  await openJournal(page);
  const worker = await started;
  await worker.evaluate(() => {
    const { open } = IDBFactory.prototype;
    IDBFactory.prototype.open = () => {
      throw new DOMException("private", "SecurityError");
    };
    Object.assign(self, { restore: () => (IDBFactory.prototype.open = open) });
  });
  expect(await refused(page, { Create: { keep: true } }, [bytes(passphrase)])).toBe("NoStore");
  // Without saving it works all the same, and leaves nothing.
  expect(await make(page, false)).toMatchObject({ kept: false, role: "Writer" });
  await save(page, entry("not kept"));
  await answer(page, { Lock: null });
  expect(await page.evaluate(async () => (await indexedDB.databases()).length)).toBe(0);
  await worker.evaluate(() => (self as unknown as { restore: () => void }).restore());
  await make(page);
  await worker.evaluate(() => {
    const { put } = IDBObjectStore.prototype;
    IDBObjectStore.prototype.put = () => {
      throw new DOMException("full", "QuotaExceededError");
    };
    Object.assign(self, { restore: () => (IDBObjectStore.prototype.put = put) });
  });
  expect(await refused(page, { SaveDraft: { id: null, parent: 0, record: entry("x") } })).toBe("Full");
  await worker.evaluate(() => (self as unknown as { restore: () => void }).restore());
  await kill(page);
  // A newer program has been here.
  const upgraded = await context.newPage();
  await openJournal(upgraded);
  await upgraded.evaluate(
    () =>
      new Promise<void>((done) => {
        const request = indexedDB.open("doorway-vault", 2);
        request.onsuccess = () => {
          request.result.close();
          done();
        };
      }),
  );
  expect(await look(page)).toMatchObject({ Shut: { why: "Newer" } });
});

test("T34 an upgrade that another tab blocks is said and not waited for without end, and goes on when that tab is closed", async ({ page, context }) => {
  await openJournal(page);
  await make(page);
  const id = await save(page, entry("one"));
  const holder = await context.newPage();
  await holder.goto("/glossary");
  await holder.evaluate(
    () =>
      new Promise<void>((done) => {
        const request = indexedDB.open("doorway-vault", 1);
        request.onsuccess = () => {
          // It does not let go when it is asked to.
          Object.assign(window, { held: request.result });
          done();
        };
      }),
  );
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
  const holder = await context.newPage();
  await holder.goto("/glossary");
  // The store as it was before it had any tables.
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
    [() => ({ ChangePassphrase: null }), [bytes(passphrase), bytes("of the second tab")]],
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
  expect(made.filter((outcome) => outcome === "ReadOnly" || outcome === "Open")).toHaveLength(1);
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
  const role = async (tab: Page) => (await answer<{ Open: Inside }>(tab, { Look: { remembered: true } })).Open.role;
  await expect.poll(() => role(second), { timeout: 14_000 }).toBe("Writer");
  const id = await save(second, entry("from the second tab"));
  await asleep;
  // What the second tab has told is heard by now, and it writes on.
  await expect.poll(() => role(page)).toBe("Reader");
  expect(await refused(page, { Save: { id: null, parent: 0, record: entry("from the first tab") } })).toBe("ReadOnly");
  expect((await answer<Opened>(page, { Open: { id } })).record.text).toBe("from the second tab");
  expect(await role(second)).toBe("Writer");
  for (const tab of [page, second]) await kill(tab);
  expect(await unlock(page)).toMatchObject({ findings: [], things: 1 });
});

test("the safety plan is readable while locked only if the keeper wants it", async ({ page }) => {
  await openJournal(page);
  await make(page);
  const plan = (whileLocked: boolean) => record("safety-plan", "2026-11-20", { signs: ["no sleep"], whileLocked });
  const id = await save(page, plan(true));
  await kill(page);
  expect(await look(page)).toMatchObject({ Locked: { plan: { signs: ["no sleep"] } } });
  expect(await onDisk(page)).not.toContain("no sleep");
  await unlock(page);
  await answer(page, { Save: { id, parent: 1, record: plan(false) } });
  await kill(page);
  expect(await look(page)).toMatchObject({ Locked: { plan: null } });
});
