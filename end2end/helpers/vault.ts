// The vault's worker, asked directly: what specs about it share.

import type { BrowserContext, Page, Worker as PageWorker } from "@playwright/test";
import { ask, passphrase, record } from "./journal.ts";

export const bytes = (text: string) => [...new TextEncoder().encode(text)];

export interface Inside {
  role: "Writer" | "Reader";
  things: number;
  drafts: number;
  findings: { what: string; id: string; words: string }[];
  marks_gone: boolean;
}

export interface Opened {
  id: string;
  revision: number;
  record: Record<string, unknown>;
  draft: { parent: number; record: Record<string, unknown> } | null;
}

/** Asks and gives the answer alone. */
export async function answer<T>(page: Page, command: object, beside: number[][] = []): Promise<T> {
  return (await ask(page, command, beside)).answer as T;
}

/** What a refused command is refused for. */
export async function refused(page: Page, command: object, beside: number[][] = []): Promise<string> {
  const why = await ask(page, command, beside).then(
    () => "not refused",
    (error: Error) => /"why":"(\w+)"/.exec(error.message)?.[1] ?? error.message,
  );
  return why;
}

export const make = (page: Page, keep = true) => answer<Inside>(page, { Create: { keep } }, [bytes(passphrase)]);
export const unlock = (page: Page, secret = passphrase) => answer<Inside>(page, { Unlock: { key: "Passphrase" } }, [bytes(secret)]);
export const look = (page: Page, remembered = true) => answer<unknown>(page, { Look: { remembered } });
export const entry = (text: string, day = "2026-11-20") => record("entry", day, { text }) as Record<string, unknown>;

/** Saves a new thing and gives its name. */
export async function save(page: Page, thing: object): Promise<string> {
  const { Yes } = await answer<{ Yes: { id: string } }>(page, { Save: { id: null, parent: 0, record: thing } });
  return Yes.id;
}

/** Asks the worker with a file or secrets beside; keeps a file that comes back as `file` in the page. */
export async function askWithFile<T>(page: Page, command: object, file: boolean, secret?: string): Promise<T> {
  return page.evaluate(
    async ({ command, file, secret }) => {
      const kept = window as unknown as { journalWorker: Worker; file?: Blob };
      const number = 3_000_000 + Math.floor(Math.random() * 1_000_000);
      const beside: unknown[] = file ? [kept.file] : [];
      if (secret) beside.push(new TextEncoder().encode(secret));
      const answered = new Promise<unknown[]>((come) => {
        const heard = ({ data }: MessageEvent<unknown[]>) => {
          if (data[1] !== number || (data[0] !== 2 && data[0] !== 3)) return;
          kept.journalWorker.removeEventListener("message", heard);
          come(data);
        };
        kept.journalWorker.addEventListener("message", heard);
      });
      kept.journalWorker.postMessage([0, number, new TextEncoder().encode(JSON.stringify(command)), ...beside]);
      const [what, , json, given] = await answered;
      const text = new TextDecoder().decode(json as Uint8Array);
      if (what === 3) throw new Error(text);
      if (given instanceof Blob) kept.file = given;
      return JSON.parse(text);
    },
    { command, file, secret },
  );
}

/** What a command with a file is refused for. */
export async function refusedFile(page: Page, command: object, secret?: string): Promise<string> {
  return askWithFile(page, command, true, secret).then(
    () => "not refused",
    (error: Error) => /"why":"(\w+)"/.exec(error.message)?.[1] ?? error.message,
  );
}

/** Ends the worker in the middle of whatever it does, as a crash would, and starts another. */
export async function kill(page: Page) {
  await page.evaluate(() => {
    const kept = window as unknown as { journalWorker: Worker; doorwayWorker: () => Worker };
    kept.journalWorker.terminate();
    kept.doorwayWorker();
  });
}

/** Copies databases into the page's memory. */
export async function snapshot(page: Page, names = ["doorway-vault", "doorway-marks"]) {
  await page.evaluate(async (names) => {
    const open = (name: string) =>
      new Promise<IDBDatabase>((opened) => {
        const request = indexedDB.open(name);
        request.onsuccess = () => opened(request.result);
      });
    const copy: [string, string, IDBValidKey[], unknown[]][] = [];
    for (const name of names) {
      const database = await open(name);
      for (const table of database.objectStoreNames) {
        const store = database.transaction(table).objectStore(table);
        const get = (request: IDBRequest) => new Promise((come) => (request.onsuccess = () => come(request.result)));
        const [keys, values] = await Promise.all([get(store.getAllKeys()), get(store.getAll())]);
        copy.push([name, table, keys as IDBValidKey[], values as unknown[]]);
      }
      database.close();
    }
    Object.assign(window, { copy });
  }, names);
}

/** Puts back what `snapshot` has copied, as somebody with the disk could. */
export async function putBack(page: Page) {
  await page.evaluate(async () => {
    const { copy } = window as unknown as { copy: [string, string, IDBValidKey[], unknown[]][] };
    for (const [name, table, keys, values] of copy) {
      const database = await new Promise<IDBDatabase>((opened) => {
        const request = indexedDB.open(name);
        request.onsuccess = () => opened(request.result);
      });
      await new Promise<void>((done) => {
        const transaction = database.transaction(table, "readwrite");
        transaction.objectStore(table).clear();
        keys.forEach((key, at) => transaction.objectStore(table).put(values[at], key));
        transaction.oncomplete = () => done();
      });
      database.close();
    }
  });
}

/** The ways in as they lie on the disk: keys and values. */
export async function slotsOnDisk(page: Page): Promise<[number[], number[]][]> {
  return page.evaluate(async () => {
    const database = await new Promise<IDBDatabase>((opened) => {
      const request = indexedDB.open("doorway-vault");
      request.onsuccess = () => opened(request.result);
    });
    const store = database.transaction("slots").objectStore("slots");
    const get = <T>(request: IDBRequest<T>) => new Promise<T>((come) => (request.onsuccess = () => come(request.result)));
    const [keys, values] = await Promise.all([get(store.getAllKeys()), get<Uint8Array[]>(store.getAll())]);
    database.close();
    return keys.map((key, at) => [[...new Uint8Array(key as ArrayBuffer)], [...values[at]!]]);
  });
}

/** Puts ways in among those on the disk, as somebody could who has it. */
export async function putSlots(page: Page, slots: [number[], number[]][]) {
  await page.evaluate(async (slots) => {
    const database = await new Promise<IDBDatabase>((opened) => {
      const request = indexedDB.open("doorway-vault");
      request.onsuccess = () => opened(request.result);
    });
    const transaction = database.transaction("slots", "readwrite");
    for (const [key, value] of slots) transaction.objectStore("slots").put(Uint8Array.from(value), Uint8Array.from(key));
    await new Promise<void>((done) => (transaction.oncomplete = () => done()));
    database.close();
  }, slots);
}

/** Has the worker's store fail at a step of what it writes next: the beginning of a transaction, a value, a removal. */
export async function failAt(worker: PageWorker, step: number) {
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
}

/** Ends what was done to a worker's store. */
export const restore = (worker: PageWorker) => worker.evaluate(() => (self as unknown as { restore: () => void }).restore());

/** Has the worker's program begin with other code, from the next page on: to be in another browser, or of another release. */
export async function beginWorkerWith(context: BrowserContext, code: string) {
  const frame = await (await context.request.get("/journal")).text();
  const address = /\/pkg\/journal-worker\.\w+\.js/.exec(frame)![0];
  const program = await context.request.get(address);
  const { "content-encoding": _, "content-length": __, ...headers } = program.headers();
  const body = code + (await program.text());
  // Nothing is waited for in here: a worker that starts while the test ends would find its answer gone.
  await context.route(`**${address}`, (route) => route.fulfill({ headers, body }));
}

/** As it was forty days ago. */
export const longAgo = "{ const now = Date.now.bind(Date); Date.now = () => now() - 40 * 86_400_000; }";

/** Empties a table of the store, as somebody with the disk could. */
export async function clear(page: Page, table: string) {
  await page.evaluate(
    (table) =>
      new Promise<void>((done) => {
        const request = indexedDB.open("doorway-vault");
        request.onsuccess = () => {
          const transaction = request.result.transaction(table, "readwrite");
          transaction.objectStore(table).clear();
          transaction.oncomplete = () => {
            request.result.close();
            done();
          };
        };
      }),
    table,
  );
}

/** As a browser without Web Locks, or a page that is served without TLS, has it. */
export const withoutLocks = "delete WorkerNavigator.prototype.locks;";

/** As tabs that cannot even hear each other: each thinks that it is the one that writes. */
export const unheard = `${withoutLocks} delete self.BroadcastChannel;`;

/** The text of a thing, as a tab has it. */
export const textOf = async (tab: Page, id: string) => (await answer<Opened>(tab, { Open: { id } })).record.text;
/** Whether a tab writes or only shows. */
export const roleOf = async (tab: Page) => (await answer<{ Open: Inside }>(tab, { Look: { remembered: true } })).Open.role;
