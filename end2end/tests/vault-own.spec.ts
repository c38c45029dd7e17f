// What makes the journal the keeper's own, asked of the worker: backup and restore, attachments, search, import.

import type { Page, Worker as OfPage } from "@playwright/test";
import { addRecords, ask, attach, makeJournal, openJournal, record } from "../helpers/journal.ts";
import { expect, test } from "../helpers/test.ts";
import {
  type Opened,
  answer,
  askWithFile,
  beginWorkerWith,
  bytes,
  entry,
  kill,
  make,
  putBack,
  refused,
  refusedFile,
  save,
  snapshot,
  unlock,
} from "../helpers/vault.ts";

test.describe.configure({ timeout: 90_000 });

interface Facts {
  bytes: number;
  records: number;
  revisions: number;
  attachments: number;
  findings: unknown[];
  verdicts: Record<string, number> | null;
}

const wipe = async (page: Page) => {
  await answer(page, { Wipe: null });
  await kill(page);
};

test("a backup is read back before it is saved, and restored into nothing it is the journal again", async ({ page }) => {
  await openJournal(page);
  await make(page);
  const id = await save(page, entry("one"));
  await answer(page, { Save: { id, parent: 1, record: entry("two") } });
  const photo = await attach(page, Array.from({ length: 70_000 }, (_, at) => at % 251), "image/webp", "a photo");
  const named = await save(page, { ...entry("with a photo"), attachments: [photo] });
  await answer(page, { Delete: { id: await save(page, entry("deleted")) } });
  const facts = await askWithFile<Facts>(page, { Backup: null }, false);
  expect(facts).toMatchObject({ records: 3, revisions: 5, attachments: 1, findings: [] });
  const meter = await answer<Record<string, unknown>>(page, { ReadMeter: null });
  expect(meter).toMatchObject({ kept: true, changed_since: false, things: 2 });
  await wipe(page);

  expect(await refusedFile(page, { ReadBackup: { key: "Passphrase" } }, "wrong")).toBe("WrongSecret");
  const read = await askWithFile<Facts>(page, { ReadBackup: { key: "Passphrase" } }, true, "seven slow herons cross the water");
  expect(read).toMatchObject({ records: 3, findings: [], verdicts: null });
  await askWithFile(page, { RestoreBackup: null }, false);
  expect(await answer<Opened>(page, { Open: { id } })).toMatchObject({ revision: 2, record: { text: "two" } });
  expect(await answer(page, { Trash: null })).toHaveLength(1);
  await kill(page);
  expect(await unlock(page)).toMatchObject({ findings: [], things: 2, marks_gone: false });
  const opened = await answer<Opened>(page, { Open: { id: named } });
  expect(opened.record.attachments).toMatchObject([{ alt: "a photo" }]);
});

test("a backup with a passphrase of its own opens with that and not with the journal's", async ({ page }) => {
  await openJournal(page);
  await make(page);
  await save(page, entry("one"));
  await askWithFile(page, { Backup: null }, false, "only for the file");
  await wipe(page);
  expect(await refusedFile(page, { ReadBackup: { key: "Passphrase" } }, "seven slow herons cross the water")).toBe("WrongSecret");
  await askWithFile(page, { ReadBackup: { key: "Passphrase" } }, true, "only for the file");
  await askWithFile(page, { RestoreBackup: null }, false);
  await kill(page);
  expect(await unlock(page, "only for the file")).toMatchObject({ findings: [], things: 1 });
});

test("T13 restored into an open journal a backup brings what it has more and deletes nothing", async ({ page }) => {
  await openJournal(page);
  await make(page);
  const [both, behind, apart] = [await save(page, entry("start")), await save(page, entry("start")), await save(page, entry("start"))];
  await kill(page);
  await unlock(page);
  await answer(page, { Lock: null });
  await kill(page);
  await snapshot(page);
  // One history goes on, and is what the backup holds.
  await unlock(page);
  await answer(page, { Save: { id: both, parent: 1, record: entry("theirs") } });
  await answer(page, { Save: { id: behind, parent: 1, record: entry("newer there") } });
  await answer(page, { Save: { id: apart, parent: 1, record: { ...entry("start"), title: "their title" } } });
  const there = await save(page, entry("only there"));
  await askWithFile(page, { Backup: null }, false);
  await kill(page);
  // Another goes on from the same beginning, as on a second device.
  await putBack(page);
  await unlock(page);
  await answer(page, { Save: { id: both, parent: 1, record: entry("ours") } });
  await answer(page, { Save: { id: apart, parent: 1, record: entry("our text") } });
  const here = await save(page, entry("only here"));
  const read = await askWithFile<Facts>(page, { ReadBackup: { key: null } }, true);
  expect(read).toMatchObject({ verdicts: { same: 0, take: 2, keep: 0, both: 2, gone: 0 } });
  const { beside } = await askWithFile<{ beside: string[] }>(page, { RestoreBackup: null }, false);
  const text = async (id: string) => (await answer<Opened>(page, { Open: { id } })).record.text;
  expect(await text(both), "where both changed the same, ours stands").toBe("ours");
  expect(await Promise.all(beside.map(text)), "and theirs beside it").toEqual(["theirs"]);
  expect(await answer(page, { Open: { id: apart } }), "what only one changed is merged").toMatchObject({
    record: { title: "their title", text: "our text" },
  });
  expect([await text(behind), await text(there), await text(here)]).toEqual(["newer there", "only there", "only here"]);
  const before = await answer<{ total: number }>(page, { List: { filter: {}, from: 0, count: 1 } });
  const again = async () => {
    await askWithFile<Facts>(page, { ReadBackup: { key: null } }, true);
    return askWithFile<{ beside: string[] }>(page, { RestoreBackup: null }, false);
  };
  expect((await again()).beside, "nothing comes twice").toEqual([]);
  expect(await answer(page, { List: { filter: {}, from: 0, count: 1 } })).toMatchObject({ total: before.total });
  expect(await answer(page, { Open: { id: apart } }), "nor is it merged twice").toMatchObject({ revision: 3 });
  await kill(page);
  expect((await unlock(page)).findings).toEqual([]);
});

test("T36 a backup of another journal is refused before anything is written", async ({ page }) => {
  await openJournal(page);
  await make(page);
  await save(page, entry("one journal"));
  await askWithFile(page, { Backup: null }, false);
  await wipe(page);
  await make(page);
  const before = await answer(page, { Fingerprint: null });
  expect(await refusedFile(page, { ReadBackup: { key: "Passphrase" } }, "seven slow herons cross the water")).toBe("OtherVault");
  expect(await answer(page, { Fingerprint: null })).toEqual(before);
});

test("a backup that is cut or changed anywhere is not a backup, and one with a damaged record says so", async ({ page }) => {
  await openJournal(page);
  await make(page);
  await save(page, entry("one"));
  await askWithFile(page, { Backup: null }, false);
  await page.evaluate(() => Object.assign(window, { whole: (window as unknown as { file: Blob }).file }));
  const change = (how: "cut" | "flip", at: number) =>
    page.evaluate(
      async ({ how, at }) => {
        const kept = window as unknown as { whole: Blob; file: Blob };
        const all = new Uint8Array(await kept.whole.arrayBuffer());
        const place = Math.floor(all.length * at);
        if (how === "flip") all[place]! ^= 1;
        kept.file = new Blob([how === "cut" ? all.slice(0, place) : all]);
      },
      { how, at },
    );
  for (const at of [0.1, 0.5, 0.9, 0.999]) {
    await change("cut", at);
    expect(await refusedFile(page, { ReadBackup: { key: null } }), `cut at ${at}`).not.toBe("not refused");
    await change("flip", at);
    expect(await refusedFile(page, { ReadBackup: { key: null } }), `changed at ${at}`).not.toBe("not refused");
  }
});

test("a recording that was cut off is ended with the last bytes that were pushed, and is in the backup", async ({ page }) => {
  await openJournal(page);
  await make(page);
  const id = await answer<string>(page, { BeginAttachment: null });
  const piece = (from: number) => Array.from({ length: 50_000 }, (_, at) => (from + at) % 253);
  await answer(page, { PushAttachment: { id } }, [piece(0)]);
  await answer(page, { PushAttachment: { id } }, [piece(50_000)]);
  await kill(page);
  expect((await unlock(page)).findings).toEqual([]);
  const read = () => ask(page, { ReadAttachment: { id, part: 0 } });
  await expect.poll(async () => (await read()).answer).toEqual({ next: null, unfinished: false });
  const { beside } = await read();
  expect(beside[0]).toHaveLength(100_000);
  expect(beside[0]!.slice(99_998)).toEqual([99_998 % 253, 99_999 % 253]);
  expect(await askWithFile<Facts>(page, { Backup: null }, false)).toMatchObject({ attachments: 1, findings: [] });
  await kill(page);
  expect((await unlock(page)).findings).toEqual([]);
});

test("everything is found as it is now, a moment after it was written", async ({ page }) => {
  await openJournal(page);
  await make(page);
  const ids = await addRecords(
    page,
    Array.from({ length: 30 }, (_, at) => entry(at === 7 ? "a lighthouse in the fog" : `an ordinary day ${at}`)),
  );
  const found = async (query: string) => {
    const { hits, nearest } = await answer<{ hits: { summary: { id: string } }[]; nearest: boolean }>(page, { Search: { query, filter: {}, count: 9 } });
    // What is merely near, because nothing has the words, may be anything.
    return nearest ? [] : hits.map(({ summary }) => summary.id);
  };
  expect(await found("lighthouse")).toEqual([ids[7]]);
  await answer(page, { Save: { id: ids[7], parent: 1, record: entry("a harbour in the fog") } });
  expect(await found("harbour")).toEqual([ids[7]]);
  expect(await found("lighthouse")).toEqual([]);
  await answer(page, { Delete: { id: ids[7] } });
  expect(await found("harbour")).toEqual([]);
  const page1 = await answer<{ total: number; things: unknown[] }>(page, { List: { filter: {}, from: 20, count: 20 } });
  expect([page1.total, page1.things.length]).toEqual([29, 9]);
  const bad = [entry("fine"), record("entry", "2026-11-20", { title: "x".repeat(9000) })];
  expect(await refused(page, { AddRecords: null }, bad.map((one) => bytes(JSON.stringify(one))))).toBe("Invalid");
  expect((await answer<{ total: number }>(page, { List: { filter: {}, from: 0, count: 1 } })).total).toBe(29);
});

/** Has the device refuse whatever the worker wants to put on it. */
const fill = (worker: OfPage) =>
  worker.evaluate(() => {
    const { put } = IDBObjectStore.prototype;
    IDBObjectStore.prototype.put = () => {
      throw new DOMException("no room", "QuotaExceededError");
    };
    Object.assign(self, { makeRoom: () => Object.assign(IDBObjectStore.prototype, { put }) });
  });
const makeRoom = (worker: OfPage) => worker.evaluate(() => (self as unknown as { makeRoom: () => void }).makeRoom());

const piece = (from: number, length: number) => Array.from({ length }, (_, at) => (from + at) % 253);

/** All of an attachment, as a screen reads it. */
async function readWhole(page: Page, id: string) {
  const read: number[] = [];
  let part: number | null = 0;
  let unfinished = false;
  while (part !== null) {
    const { answer, beside } = await ask(page, { ReadAttachment: { id, part } });
    read.push(...beside[0]!);
    ({ next: part, unfinished } = answer as { next: number | null; unfinished: boolean });
  }
  return { read, unfinished };
}

for (const tidied of ["before it is read", "after it was read"]) {
  test(`a backup brings nothing back that was removed here for good ${tidied}, and brings all else`, async ({ page }) => {
    await openJournal(page);
    await make(page);
    const { id: unnamed } = (await attach(page, piece(0, 70_000), "image/png", "")) as { id: string };
    await answer(page, { Lock: null });
    await kill(page);
    await snapshot(page);
    await unlock(page);
    const there = await save(page, entry("only there"));
    expect(await askWithFile<Facts>(page, { Backup: null }, false)).toMatchObject({ attachments: 1, findings: [] });
    await kill(page);
    await putBack(page);
    await unlock(page);
    const tidy = async () => expect(await answer(page, { Tidy: null })).toEqual({ records: 0, attachments: 1, kept: 0 });
    if (tidied === "before it is read") await tidy();
    expect(await askWithFile<Facts>(page, { ReadBackup: { key: null } }, true)).toMatchObject({ verdicts: { take: 1, gone: 0 } });
    if (tidied === "after it was read") await tidy();
    expect(await refusedFile(page, { RestoreBackup: null })).toBe("not refused");
    expect(await answer<Opened>(page, { Open: { id: there } })).toMatchObject({ record: { text: "only there" } });
    expect(await refused(page, { ReadAttachment: { id: unnamed, part: 0 } })).toBe("NotThere");
    expect(await askWithFile<Facts>(page, { Backup: null }, false)).toMatchObject({ attachments: 0, findings: [] });
    await kill(page);
    expect((await unlock(page)).findings).toEqual([]);
  });
}

test("an attachment of which a piece could not be written goes on no further, and is whole as far as it came", async ({ page }) => {
  const started = page.waitForEvent("worker");
  await openJournal(page);
  const worker = await started;
  await make(page);
  const id = await answer<string>(page, { BeginAttachment: null });
  const push = (from: number) => refused(page, { PushAttachment: { id } }, [piece(from, 100_000)]);
  expect(await push(0)).toBe("not refused");
  await fill(worker);
  expect(await push(100_000)).toBe("Full");
  await makeRoom(worker);
  expect(await push(200_000), "there would be a hole").toBe("Order");
  expect(await readWhole(page, id)).toEqual({ read: piece(0, 100_000), unfinished: true });
  expect(await answer(page, { EndAttachment: { id } })).toBe(100_000);
  expect(await readWhole(page, id)).toEqual({ read: piece(0, 100_000), unfinished: false });
  expect(await askWithFile<Facts>(page, { Backup: null }, false)).toMatchObject({ attachments: 1, findings: [] });
  await kill(page);
  expect((await unlock(page)).findings).toEqual([]);
});

test("an attachment that could not be ended is ended when it is tried again, or when the journal is opened next", async ({ page }) => {
  const started = page.waitForEvent("worker");
  await openJournal(page);
  const worker = await started;
  await make(page);
  const begun = async () => {
    const id = await answer<string>(page, { BeginAttachment: null });
    await answer(page, { PushAttachment: { id } }, [piece(0, 70_000)]);
    return id;
  };
  const [again, next] = [await begun(), await begun()];
  await fill(worker);
  for (const id of [again, next]) expect(await refused(page, { EndAttachment: { id } })).toBe("Full");
  await makeRoom(worker);
  expect(await readWhole(page, again)).toEqual({ read: piece(0, 70_000), unfinished: true });
  expect(await answer(page, { EndAttachment: { id: again } })).toBe(70_000);
  expect(await readWhole(page, again)).toEqual({ read: piece(0, 70_000), unfinished: false });
  await kill(page);
  expect((await unlock(page)).findings).toEqual([]);
  await expect.poll(() => readWhole(page, next)).toEqual({ read: piece(0, 70_000), unfinished: false });
});

test("two who read one attachment are not in each other's way", async ({ page }) => {
  await openJournal(page);
  await make(page);
  const bytes = piece(0, 1_100_000);
  const { id } = (await attach(page, bytes, "audio/webm", "")) as { id: string };
  const read = async (part: number | null) => {
    const { answer, beside } = await ask(page, { ReadAttachment: { id, part } });
    return { next: (answer as { next: number | null }).next, read: beside[0]! };
  };
  const [one, other] = [await read(0), await read(0)];
  const oneEnd = await read(one.next);
  const otherEnd = await read(other.next);
  for (const [begin, end] of [[one, oneEnd], [other, otherEnd]] as const) {
    expect(end.next).toBe(null);
    expect(begin.read.concat(end.read)).toEqual(bytes);
  }
});

for (const table of ["past", "heads"]) {
  test(`a backup holds what stood when it was begun, though it is changed while its ${table} are read`, async ({ page }) => {
    const started = page.waitForEvent("worker");
    await openJournal(page);
    const worker = await started;
    await make(page);
    const id = await save(page, entry("one"));
    // The answer of the first reading of this table is held back.
    await worker.evaluate((table) => {
      const store = IDBObjectStore.prototype;
      const { get, getAll } = store;
      const scope = self as unknown as { held: Promise<void>; go: () => void };
      const goes = new Promise<void>((go) => Object.assign(scope, { go }));
      scope.held = new Promise<void>((isHeld) => {
        const holding = (request: IDBRequest) => {
          Object.assign(store, { get, getAll });
          Object.defineProperty(request, "onsuccess", {
            set: (heard: ((event: Event) => void) | null) => {
              if (!heard) return;
              request.addEventListener("success", (event) => {
                isHeld();
                void goes.then(() => heard(event));
              });
            },
          });
          return request;
        };
        store.get = function (...given: Parameters<typeof get>) {
          const request = get.apply(this, given);
          return this.name === table ? holding(request) : request;
        };
        store.getAll = function (...given: Parameters<typeof getAll>) {
          const request = getAll.apply(this, given);
          return this.name === table ? (holding(request) as IDBRequest<unknown[]>) : request;
        };
      });
    }, table);
    const backup = askWithFile<Facts>(page, { Backup: null }, false);
    await worker.evaluate(() => (self as unknown as { held: Promise<void> }).held);
    await answer(page, { Save: { id, parent: 1, record: entry("two") } });
    await worker.evaluate(() => (self as unknown as { go: () => void }).go());
    expect(await backup).toMatchObject({ records: 1, revisions: 1, findings: [] });
  });
}

test("a tab that only reads makes no backup of what another has written since the list was written whole", async ({ page, context }) => {
  await openJournal(page);
  await make(page);
  await save(page, entry("one"));
  await askWithFile(page, { Backup: null }, false);
  const second = await context.newPage();
  await openJournal(second);
  expect(await unlock(second)).toMatchObject({ role: "Reader" });
  // The writer has noted that there is a backup, which is one more line.
  expect(await refusedFile(second, { Backup: null })).toBe("ReadOnly");
});

/** As a page that is served without TLS has it. */
const withoutSubtle = "delete Crypto.prototype.subtle;";

test("a safety plan that cannot be shown while locked is saved all the same, and that is said", async ({ page, context }) => {
  await beginWorkerWith(context, withoutSubtle);
  await openJournal(page);
  await make(page);
  await page.evaluate(() => {
    const kept = window as unknown as { journalWorker: Worker; told: string[] };
    kept.told = [];
    kept.journalWorker.addEventListener("message", ({ data }: MessageEvent<unknown[]>) => {
      if (data[0] === 4) kept.told.push(new TextDecoder().decode(data[2] as Uint8Array));
    });
  });
  const plan = (sign: string) => record("safety-plan", "2026-11-20", { signs: [sign], whileLocked: true });
  const told = async () => (await page.evaluate(() => (window as unknown as { told: string[] }).told)).filter((event) => event.includes("Trouble"));
  const { Yes } = await answer<{ Yes: { id: string; revision: number } }>(page, { Save: { id: null, parent: 0, record: plan("one") } });
  expect(Yes.revision).toBe(1);
  expect(await told()).toHaveLength(1);
  expect((await told())[0]).toContain("PlanCopy");
  expect(await answer(page, { Save: { id: Yes.id, parent: 1, record: plan("two") } })).toEqual({ Yes: { id: Yes.id, revision: 2 } });
  expect(await addRecords(page, [plan("imported")])).toHaveLength(1);
  await answer(page, { Delete: { id: Yes.id } });
  expect(await answer(page, { Undelete: { id: Yes.id } })).toMatchObject({ revision: 4 });
  await expect(page.getByText("Your safety plan is saved. Whether it shows while the journal is locked")).toBeVisible();
});

test("showing the safety plan while locked is not offered by a browser that cannot, and why is said", async ({ page }) => {
  await page.addInitScript(withoutSubtle);
  await makeJournal(page);
  await page.getByText("More", { exact: true }).click();
  await page.getByRole("button", { name: "Safety plan", exact: true }).click();
  await page.getByRole("button", { name: "Write my plan" }).click();
  await expect(page.getByText("This page has no safe connection (https), or this browser")).toBeVisible();
  await expect(page.getByRole("checkbox")).toHaveCount(0);
});
