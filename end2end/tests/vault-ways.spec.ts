// The ways into a journal, asked of the worker: what is changed is changed at once and for good, and what is taken away stays so.

import { everythingFetched, openJournal, passphrase } from "../helpers/journal.ts";
import { expect, test } from "../helpers/test.ts";
import {
  type Inside,
  answer,
  askWithFile,
  bytes,
  entry,
  failAt,
  kill,
  make,
  putSlots,
  refused,
  refusedFile,
  restore,
  save,
  slotsOnDisk,
  unlock,
} from "../helpers/vault.ts";

test.describe.configure({ timeout: 90_000 });

type Confirmed = Inside & { recovery_confirmed: string | null };

test("T31 a forgotten passphrase that cannot be replaced at some step still opens, and no other does", async ({ page }) => {
  const started = page.waitForEvent("worker");
  await openJournal(page);
  const worker = await started;
  await make(page);
  const words = (await answer<string[]>(page, { NewRecovery: null })).join(" ");
  const change = (proof: string, next = "another one") =>
    refused(page, { ChangePassphrase: { key: "Recovery" } }, [bytes(proof), bytes(next)]);
  expect(await change(words, "é".repeat(1024)), "more bytes than letters").toBe("Passphrase");
  expect(await change(`${"abandon ".repeat(23)}art`)).toBe("WrongSecret");
  let step = 0;
  for (;;) {
    await failAt(worker, step);
    const outcome = await change(words);
    await restore(worker);
    if (outcome === "not refused") break;
    expect(outcome, `step ${step}`).toBe("Store");
    expect(await answer(page, { Ways: null })).toHaveLength(2);
    step++;
  }
  expect(step, "begin, the old way's end, the new way, the settings, the manifest and the stamp").toBeGreaterThanOrEqual(6);
  await kill(page);
  expect(await refused(page, { Unlock: { key: "Passphrase" } }, [bytes(passphrase)])).toBe("WrongSecret");
  const inside = (await unlock(page, "another one")) as Confirmed;
  expect(inside.findings).toEqual([]);
  expect(inside.recovery_confirmed, "the words were proved on the way").not.toBeNull();
});

for (const what of ["the store fails afterwards", "the answer of the store is lost"]) {
  test(`T31 new recovery words are given once they are written, and are not called confirmed, also where ${what}`, async ({ page }) => {
    const started = page.waitForEvent("worker");
    await openJournal(page);
    const worker = await started;
    await make(page);
    const first = await answer<string[]>(page, { NewRecovery: null });
    expect(await answer(page, { ProveRecovery: null }, [bytes(first.join(" "))])).toBe(true);
    await worker.evaluate((lost) => {
      const { getAll, getAllKeys } = IDBObjectStore.prototype;
      const begin = IDBDatabase.prototype.transaction;
      let writes = 0;
      const fault = () => {
        throw new DOMException("a fault", "UnknownError");
      };
      IDBDatabase.prototype.transaction = function (...given: Parameters<typeof begin>) {
        const first = given[1] === "readwrite" && ++writes === 1;
        if (given[1] === "readwrite" && !first) fault();
        const transaction = begin.apply(this, given);
        if (first && lost) {
          const set = () => transaction.addEventListener("complete", (event) => transaction.onabort?.(event));
          Object.defineProperty(transaction, "oncomplete", { set });
        }
        if (first && !lost) {
          transaction.addEventListener("complete", () => {
            IDBObjectStore.prototype.getAll = fault;
            IDBObjectStore.prototype.getAllKeys = fault;
          });
        }
        return transaction;
      };
      Object.assign(self, {
        restore: () => {
          Object.assign(IDBObjectStore.prototype, { getAll, getAllKeys });
          IDBDatabase.prototype.transaction = begin;
        },
      });
    }, what.includes("lost"));
    const words = await answer<string[]>(page, { NewRecovery: null });
    await restore(worker);
    expect(words).toHaveLength(24);
    await kill(page);
    expect(await refused(page, { Unlock: { key: "Recovery" } }, [bytes(first.join(" "))])).toBe("WrongSecret");
    const inside = await answer<Confirmed>(page, { Unlock: { key: "Recovery" } }, [bytes(words.join(" "))]);
    expect(inside).toMatchObject({ findings: [], recovery_confirmed: null });
    expect(await answer(page, { Ways: null })).toHaveLength(2);
  });
}

test("T1 T40 a way in that is put back after it was taken away, or planted, opens nothing and gets into no backup", async ({ page }) => {
  // A key is derived some thirty times.
  test.setTimeout(240_000);
  await openJournal(page);
  await answer(page, { Create: { keep: true } }, [bytes("of another journal")]);
  await kill(page);
  const [foreign] = await slotsOnDisk(page);
  await answer(page, { Wipe: null });
  await kill(page);
  await make(page);
  await save(page, entry("one"));
  await kill(page);
  const [old] = await slotsOnDisk(page);
  await unlock(page);
  await answer(page, { ChangePassphrase: { key: "Passphrase" } }, [bytes(passphrase), bytes("another one")]);
  await kill(page);
  await putSlots(page, [old!, foreign!]);
  expect(await refused(page, { Unlock: { key: "Passphrase" } }, [bytes(passphrase)])).toBe("WrongSecret");
  const inside = await unlock(page, "another one");
  expect(inside.findings.map(({ what, words }) => `${what}: ${words}`).sort()).toEqual([
    "slot: something deleted was brought back",
    "slot: something was added that this vault never wrote",
  ]);
  // Every change of the ways in takes stock of them.
  const words = await answer<string[]>(page, { NewRecovery: null });
  const kinds = async () => (await answer<{ kind: string }[]>(page, { Ways: null })).map(({ kind }) => kind).sort();
  expect(await kinds()).toEqual(["Passphrase", "Recovery"]);
  expect(await refused(page, { ChangePassphrase: { key: "Passphrase" } }, [bytes(passphrase), bytes("a third")])).toBe("WrongSecret");
  await askWithFile(page, { Backup: null }, false);
  await kill(page);
  expect(await refused(page, { Unlock: { key: "Passphrase" } }, [bytes(passphrase)])).toBe("WrongSecret");
  expect(await refusedFile(page, { ReadBackup: { key: "Passphrase" } }, passphrase)).toBe("WrongSecret");
  expect(await askWithFile(page, { ReadBackup: { key: "Recovery" } }, true, words.join(" "))).toMatchObject({ findings: [] });
  expect(await unlock(page, "another one")).toMatchObject({ things: 1 });
  expect(await kinds()).toEqual(["Passphrase", "Recovery"]);
  // One that is put back stands in the way of none that opens with the same.
  const before = await slotsOnDisk(page);
  await answer(page, { ChangePassphrase: { key: "Passphrase" } }, [bytes("another one"), bytes("another one")]);
  await kill(page);
  await putSlots(page, before);
  expect(await unlock(page, "another one")).toMatchObject({ things: 1 });
});

test("T40 each guess at a passphrase costs the floor at least, however it was made", async ({ page }) => {
  await openJournal(page);
  await make(page);
  const number = (bytes: number[], at: number) => new DataView(Uint8Array.from(bytes).buffer).getUint32(at, true);
  /** Memory in KiB and passes of a passphrase's slot, behind its header and salt. */
  const cost = (slot: number[]) => [number(slot, 125 + 2 + 32 + 2), number(slot, 125 + 2 + 32 + 2 + 4)];
  const dear = ([memory, passes]: number[]) => {
    expect(memory).toBeGreaterThanOrEqual(19_456);
    expect(passes).toBeGreaterThanOrEqual(2);
  };
  const [[, made]] = (await slotsOnDisk(page)) as [[number[], number[]]];
  dear(cost(made));
  await answer(page, { ChangePassphrase: { key: "Passphrase" } }, [bytes(passphrase), bytes("another one")]);
  const [[, changed]] = (await slotsOnDisk(page)) as [[number[], number[]]];
  expect(changed).not.toEqual(made);
  dear(cost(changed));
  await askWithFile(page, { Backup: null }, false, "only for the file");
  const file = await page.evaluate(async () => [...new Uint8Array(await (window as unknown as { file: Blob }).file.arrayBuffer())]);
  // Behind what a file begins with, its first frame is a slot: type and length, then the bytes.
  expect(file[56]).toBe(1);
  dear(cost(file.slice(56 + 5)));
});

test("T14 whatever goes wrong with the vault, the server is asked nothing and the console told nothing", async ({ page }) => {
  await openJournal(page);
  await everythingFetched(page);
  await make(page);
  const damaged = await save(page, entry("one"));
  const words = (await answer<string[]>(page, { NewRecovery: null })).join(" ");
  await askWithFile(page, { Backup: null }, false);
  const heard: string[] = [];
  page.on("request", (request) => heard.push(request.url()));
  page.on("console", (message) => heard.push(message.text()));
  page.context().on("request", (request) => heard.push(request.url()));
  const wrong = (key: string, secret: string) => refused(page, { Unlock: { key } }, [bytes(secret)]);
  const other = `${"abandon ".repeat(23)}art`;
  expect(await refused(page, { ChangePassphrase: { key: "Passphrase" } }, [bytes("wrong"), bytes("x")])).toBe("WrongSecret");
  expect(await refused(page, { RemoveWay: { way: "none" } })).toBe("LastWay");
  expect(await refused(page, { AskPasskey: null })).toBe("RecoveryFirst");
  expect(await refusedFile(page, { ReadBackup: { key: "Passphrase" } }, "wrong")).toBe("WrongSecret");
  await answer(page, { Lock: null });
  expect(await refused(page, { Fingerprint: null })).toBe("Locked");
  expect(await wrong("Passphrase", "wrong")).toBe("WrongSecret");
  expect(await wrong("Recovery", other)).toBe("WrongSecret");
  expect(await wrong("Recovery", "no phrase")).toBe("NotAPhrase");
  await page.evaluate(async (id) => {
    const database = await new Promise<IDBDatabase>((opened) => {
      const request = indexedDB.open("doorway-vault");
      request.onsuccess = () => opened(request.result);
    });
    const key = Uint8Array.from(id.match(/../g)!, (pair) => parseInt(pair, 16));
    const transaction = database.transaction("heads", "readwrite");
    const heads = transaction.objectStore("heads");
    const whole = await new Promise<Uint8Array>((come) => {
      const request = heads.get(key);
      request.onsuccess = () => come(request.result);
    });
    heads.put(whole.slice(0, 100), key);
    await new Promise<void>((done) => (transaction.oncomplete = () => done()));
    database.close();
    const kept = window as unknown as { file: Blob };
    kept.file = kept.file.slice(0, -9);
  }, damaged);
  expect(await unlock(page)).toMatchObject({ findings: [{ id: damaged }] });
  expect(await refused(page, { Open: { id: damaged } })).toBe("Damaged");
  expect(await refusedFile(page, { ReadBackup: { key: null } })).toBe("NotABackup");
  await kill(page);
  const slots = await slotsOnDisk(page);
  await putSlots(
    page,
    slots.map(([key, slot]) => [key, slot.map((byte, at) => (at === 200 ? byte ^ 1 : byte))]),
  );
  expect(await wrong("Passphrase", passphrase)).toBe("DamagedWay");
  expect(await wrong("Recovery", words)).toBe("DamagedWay");
  // Time for what would be said a little later. A new worker fetches its program, and nothing else.
  await page.waitForTimeout(500);
  expect(heard.filter((what) => !/\/pkg\//.test(what))).toEqual([]);
});
