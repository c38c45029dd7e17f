// The journal's door, asked of the worker: ways in, locking, wiping, and everything that can be wrong with the browser's store.

import type { Page } from "@playwright/test";
import { ask, openJournal, passphrase, record } from "../helpers/journal.ts";
import { expect, test } from "../helpers/test.ts";
import {
  type Inside,
  type Opened,
  answer,
  bytes,
  entry,
  failAt,
  kill,
  look,
  make,
  putBack,
  refused,
  restore,
  save,
  snapshot,
  unlock,
} from "../helpers/vault.ts";

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
  const ids: string[] = [];
  for (const text of ["one", "two", "three", "four"]) ids.push(await save(page, entry(text)));
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
    heads.put(got.slice(0, 100), key(ids[3]!));
    heads.put(got.slice(0, 100), Uint8Array.from({ length: 16 }, () => 7));
    await new Promise<void>((done) => (transaction.oncomplete = () => done()));
    database.close();
  }, ids);
  const inside = await unlock(page);
  expect(inside.things).toBe(1);
  const told = inside.findings.map(({ id, words }) => `${ids.indexOf(id)} ${words}`).sort();
  expect(told, "each once").toEqual([
    expect.stringMatching(/^-1 this is damaged/),
    "0 the content is damaged",
    "1 something that belongs to the vault is missing",
    "3 this is damaged: it ends too early",
  ]);
  expect(await refused(page, { Open: { id: ids[0] } })).toBe("Damaged");
  expect((await answer<Opened>(page, { Open: { id: ids[2] } })).record.text).toBe("three");
  await save(page, entry("five"));
});

test("T31 a passphrase change that fails at any step leaves one passphrase that opens, and only one", async ({ page }) => {
  const started = page.waitForEvent("worker");
  await openJournal(page);
  const worker = await started;
  await make(page);
  // Begin, the old way's end, the new way, the manifest, and the stamp of the state.
  for (let step = 0; step < 5; step++) {
    await failAt(worker, step);
    expect(await refused(page, { ChangePassphrase: { key: "Passphrase" } }, [bytes(passphrase), bytes("another one")])).toBe("Store");
    await restore(worker);
    expect(await answer(page, { Ways: null })).toHaveLength(1);
  }
  expect(await refused(page, { ChangePassphrase: { key: "Passphrase" } }, [bytes("wrong"), bytes("another one")])).toBe("WrongSecret");
  await answer(page, { ChangePassphrase: { key: "Passphrase" } }, [bytes(passphrase), bytes("another one")]);
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

test("where the browser gives no randomness nothing is sealed or named, and the page says that it has stopped", async ({ page, troubles }) => {
  troubles.announce(/gives no randomness/);
  const started = page.waitForEvent("worker");
  await openJournal(page);
  const worker = await started;
  await make(page);
  await save(page, entry("one"));
  await worker.evaluate(() => {
    crypto.getRandomValues = () => {
      throw new DOMException("none", "OperationError");
    };
  });
  // Nobody answers this one any more.
  void save(page, entry("two")).catch(() => undefined);
  await expect(page.getByText("The part of this page that holds the journal has stopped.")).toBeVisible();
  await kill(page);
  expect(await unlock(page)).toMatchObject({ things: 1, findings: [] });
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
