// What the browser seals and what others open, and the other way round: the independent reader of docs/vault_reader.py opens a
// backup that the browser made, and the browser's worker opens what crates/vault has frozen.
//
// The reader is a program in Python. `cargo xtask test` and `cargo xtask setup` install its packages, and DOORWAY_PYTHONPATH
// says where they are.

import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, readFileSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Page } from "@playwright/test";
import { ask, attach, openJournal, passphrase, record } from "../helpers/journal.ts";
import { expect, test } from "../helpers/test.ts";
import { type Inside, answer, askWithFile, bytes, entry, kill, look, make, refused, refusedFile, save, unlock } from "../helpers/vault.ts";

test.describe.configure({ timeout: 120_000 });

const root = join(import.meta.dirname, "..", "..");
const packages = process.env.DOORWAY_PYTHONPATH ?? join(process.env.CARGO_TARGET_DIR ?? join(root, "target"), "python", "vault-reader");

/** Has the independent reader write what a backup holds to a folder; gives what it says if it refuses. */
function openIndependently(file: string, folder: string, secret: string): string {
  const { error, status, stderr } = spawnSync("python3", [join(root, "docs", "vault_reader.py"), "open", file, folder], {
    env: { ...process.env, PYTHONPATH: packages },
    input: `${secret}\n`,
    encoding: "utf8",
  });
  if (error || /ModuleNotFoundError|ImportError/.test(stderr)) {
    const wanted = `docs/vault_reader.py needs python3 and its packages, which were looked for in ${packages}`;
    throw new Error(`${wanted}. "cargo xtask setup" installs them; DOORWAY_PYTHONPATH names another folder.\n${error ?? stderr}`);
  }
  return status === 0 ? "" : stderr.trim();
}

/** The newest JSON of all that is there, by name. */
async function newest(page: Page): Promise<Map<string, string>> {
  const { answer: count, beside } = await ask(page, { RecordsAsJson: { from: 0, count: 500 } });
  const all: { id: string; record: object }[] = JSON.parse(Buffer.from(beside[0]!).toString());
  expect(all).toHaveLength(count as number);
  return new Map(all.map(({ id, record }) => [id, JSON.stringify(record)]));
}

test("T39 an independent reader opens the browser's backup with the passphrase and with the 24 words, and has all of it", async ({ page }, info) => {
  await openJournal(page);
  await make(page);
  const words = await answer<string[]>(page, { NewRecovery: null });
  const changed = await save(page, entry("one"));
  await answer(page, { Save: { id: changed, parent: 1, record: { ...entry("two, 初めての言葉 🌱"), title: "“Löwenzahn”", tags: ["réeds"] } } });
  // Two whole parts and a piece, of which no two are alike.
  const photo = Array.from({ length: 150_000 }, (_, at) => (at * at + (at >> 16)) % 251);
  const attachment = (await attach(page, photo, "image/webp", "a photo")) as { id: string };
  await save(page, { ...entry("with a photo"), attachments: [attachment] });
  await save(page, entry("long ".repeat(20_000)));
  const at = "2026-11-20T12:00:00.000+00:00";
  await save(page, record("capture", "2026-11-20", { pieces: [{ at, kind: "image", text: "a door" }], finished: at }));
  const deleted = await save(page, entry("deleted"));
  await answer(page, { Delete: { id: deleted } });
  const expected = await newest(page);
  expect(expected.size).toBeGreaterThanOrEqual(4);
  expect(await askWithFile(page, { Backup: null }, false)).toMatchObject({ attachments: 1, findings: [] });
  const made = await page.evaluate(async () => [...new Uint8Array(await (window as unknown as { file: Blob }).file.arrayBuffer())]);
  const file = info.outputPath("backup.doorway");
  writeFileSync(file, Uint8Array.from(made));

  for (const [way, secret] of Object.entries({ passphrase, words: words.join(" ") })) {
    const folder = info.outputPath(way);
    expect(openIndependently(file, folder, secret), way).toBe("");
    expect(readdirSync(folder).sort()).toEqual([...expected.keys(), attachment.id].sort());
    for (const [id, json] of expected) expect(readFileSync(join(folder, id), "utf8"), way).toBe(json);
    expect(readFileSync(join(folder, attachment.id)).equals(Uint8Array.from(photo)), way).toBe(true);
  }
  for (const secret of ["seven slow herons", "", words.toReversed().join(" "), "doorway ".repeat(24)]) {
    const folder = info.outputPath("nothing");
    expect(openIndependently(file, folder, secret)).toBe("refused: WrongSecret");
    expect(existsSync(folder)).toBe(false);
  }
});

interface Vectors {
  slots: [
    { file: string; passphrase: string },
    { file: string; words: string },
    { file: string; credential: string; prf_input: string; prf_output: string },
  ];
  records: { file: string; id: string; revision: number; body: { content?: string; deleted_at?: number } }[];
  manifest: { files: string[]; version: number; words: string };
  marks: { file: string };
  backup: { file: string; passphrase: string; made_at: number; records: number; revisions: number; attachments: Record<string, string> };
  refused: { file: string; why: string }[];
}

const frozen = (name: string) => [...readFileSync(join(root, "crates", "vault", "vectors", name))];
const vectors: Vectors = JSON.parse(Buffer.from(frozen("vectors.json")).toString());
const [byPassphrase, byWords, byPasskey] = vectors.slots;
const unhex = (text: string) => [...Buffer.from(text, "hex")];
const sha256 = (content: number[]) => createHash("sha256").update(Uint8Array.from(content)).digest("hex");

/** How the worker words the reasons for which something frozen must be refused. */
const reasons: Record<string, string> = {
  Damaged: "the content is damaged",
  Malformed: "this is damaged: ",
  Commitment: "this was not sealed with the key of this vault, or its header was changed",
  Newer: "this was written in format 2 by a newer version: bring this program up to date",
  Suite: "the cipher suite 2 is not one of this format",
  OtherVault: "this belongs to another vault",
  OtherKey: "this was sealed under another key",
  Parameters: "the parameters of the passphrase are outside what is allowed: ",
  DamagedSlot: "this way in is damaged; use another",
  Unfinished: "it stops before its end",
};

/** Rows of the browser's store: the table, the key, the value. */
type Row = [table: string, key: number[], value: number[]];

/** A number as keys end with it: eight bytes, the highest first. */
const tail = (number: number) => unhex(number.toString(16).padStart(16, "0"));

/** What follows the head of a backup: the type and the bytes of each frame. */
function frames(backup: number[]): [type: number, content: number[]][] {
  const all = Buffer.from(backup);
  const found: [number, number[]][] = [];
  for (let at = 56; at < all.length; ) {
    const end = at + 5 + all.readUInt32LE(at + 1);
    found.push([all[at]!, [...all.subarray(at + 5, end)]]);
    at = end;
  }
  return found;
}

/** The frozen files where the store keeps such things. The parts of the attachment are frozen in the backup alone. */
function laidOut(): Row[] {
  const slots: Row[] = vectors.slots.map(({ file }) => ["slots", frozen(file).slice(37, 53), frozen(file)]);
  const records: Row[] = vectors.records.map(({ file, id, revision }) =>
    vectors.records.some((later) => later.id === id && later.revision > revision)
      ? ["past", [...unhex(id), ...tail(revision)], frozen(file)]
      : ["heads", unhex(id), frozen(file)],
  );
  const manifest: Row[] = vectors.manifest.files.map((file, at) => ["manifest", tail(at + 1), frozen(file)]);
  const parts = frames(frozen(vectors.backup.file)).filter(([type]) => type === 4);
  const attached: Row[] = parts.map(([, part], at) => ["parts", [...part.slice(37, 53), ...tail(at)], part]);
  return [...slots, ...records, ...manifest, ...attached, ["marks", bytes("marks"), frozen(vectors.marks.file)]];
}

/** Makes these rows all that the browser's store holds. The journal must be locked. */
async function lay(page: Page, rows: Row[]) {
  await page.evaluate(async (rows) => {
    for (const name of ["doorway-vault", "doorway-marks"]) {
      const database = await new Promise<IDBDatabase>((opened) => {
        const request = indexedDB.open(name);
        request.onsuccess = () => opened(request.result);
      });
      const tables = [...database.objectStoreNames];
      await new Promise<void>((done, failed) => {
        const transaction = database.transaction(tables, "readwrite");
        for (const table of tables) {
          const store = transaction.objectStore(table);
          store.clear();
          rows.filter(([of]) => of === table).forEach(([, key, value]) => store.put(Uint8Array.from(value), Uint8Array.from(key)));
        }
        transaction.oncomplete = () => done();
        transaction.onabort = failed;
      });
      database.close();
    }
  }, rows);
}

/** A store of the browser's own making, of which the tables are there and nothing is open. */
async function emptyStore(page: Page) {
  await openJournal(page);
  await make(page);
  await answer(page, { Lock: null });
}

const unlockByWords = (page: Page) => answer<Inside>(page, { Unlock: { key: "Recovery" } }, [bytes(byWords.words)]);

/** What the worker says of a command that it refuses. */
const wording = (asked: Promise<unknown>) =>
  asked.then(
    () => "not refused",
    (error: Error) => /"words":"([^"]*)"/.exec(error.message)?.[1] ?? error.message,
  );

/** Gives the page a file. */
const hold = (page: Page, file: number[]) =>
  page.evaluate((file) => void Object.assign(window, { file: new Blob([Uint8Array.from(file)]) }), file);

/** All bytes of an attachment. */
async function readAttachment(page: Page, id: string): Promise<number[]> {
  const { answer, beside } = await ask(page, { ReadAttachment: { id, part: 0 } });
  expect(answer).toEqual({ next: null, unfinished: false });
  return beside[0]!;
}

/** Holds an open journal to the frozen records. Their content opens, and is no record of a journal: the worker says just that. */
async function expectFrozenRecords(page: Page) {
  for (const { id, revision, body } of vectors.records) {
    const why = await wording(answer(page, { OpenRevision: { id, revision } }));
    expect(why, `${id} ${revision}`).toMatch(body.deleted_at ? /^this revision is a deletion$/ : /^this is not a record, at line 1, column 1$/);
  }
  for (const id of new Set(vectors.records.map(({ id }) => id))) {
    const revisions = vectors.records.filter((record) => record.id === id).reverse();
    expect(await answer(page, { Revisions: { id } })).toEqual(
      revisions.map(({ revision, body }) => ({ revision, summary: null, deletion: body.deleted_at !== undefined })),
    );
  }
  const deletions = vectors.records.filter(({ body }) => body.deleted_at);
  expect(await answer(page, { Trash: null })).toMatchObject(deletions.map(({ id, body }) => ({ id, deleted: body.deleted_at })));
  for (const [id, hash] of Object.entries(vectors.backup.attachments)) expect(sha256(await readAttachment(page, id))).toBe(hash);
}

test("T39 what was frozen natively opens in the browser, by each frozen way in, and is what it was", async ({ page }) => {
  await emptyStore(page);
  const rows = laidOut();
  const opened = vectors.records.find(({ revision, body }) => revision === 2 && body.content)!;
  const name = (file: string) => Buffer.from(frozen(file).slice(37, 53)).toString("hex");
  const passkey = { Passkey: { way: name(byPasskey.file) } };
  const ways: [string | object, number[], number[]][] = [
    ["Passphrase", bytes(byPassphrase.passphrase), bytes("Löwenzahn, sechs Türen")],
    ["Recovery", bytes(byWords.words), bytes(byWords.words.split(" ").reverse().join(" "))],
    [passkey, unhex(byPasskey.prf_output), unhex(byPasskey.prf_output).reverse()],
  ];
  for (const [key, secret, wrong] of ways) {
    await lay(page, rows);
    const door = await look(page);
    expect(door).toMatchObject({ Locked: { plan: null } });
    expect((door as { Locked: { ways: object[] } }).Locked.ways).toEqual(
      expect.arrayContaining([
        { id: name(byPassphrase.file), kind: "Passphrase", passkey: null },
        { id: name(byWords.file), kind: "Recovery", passkey: null },
        {
          id: name(byPasskey.file),
          kind: "Passkey",
          passkey: { credential: unhex(byPasskey.credential), input: unhex(byPasskey.prf_input) },
        },
      ]),
    );
    expect(["WrongSecret", "NotAPhrase"]).toContain(await refused(page, { Unlock: { key } }, [wrong]));
    const inside = await answer<Inside>(page, { Unlock: { key } }, [secret]);
    expect(inside).toMatchObject({ role: "Writer", things: 0, drafts: 0, marks_gone: false });
    // The manifest lists one of the three ways in; nothing else is amiss but that the content is no journal's.
    const told = inside.findings.map(({ what, id, words }) => `${what} ${id} ${words}`).sort();
    const planted = [byPassphrase, byPasskey].map(({ file }) => `slot ${name(file)} something was added that this vault never wrote`);
    expect(told).toEqual([`record ${opened.id} this is not a record, at line 1, column 1`, ...planted].sort());
    expect(await answer(page, { Ways: null })).toMatchObject([{ id: name(byWords.file), kind: "Recovery" }]);
    const { version, words } = vectors.manifest;
    expect(await answer(page, { Fingerprint: null })).toEqual({ version, words: words.split(" ") });
    await expectFrozenRecords(page);
    await answer(page, { Lock: null });
  }
});

test("T39 a backup that was frozen natively is restored in the browser and is what it was", async ({ page }) => {
  await openJournal(page);
  await hold(page, frozen(vectors.backup.file));
  const { passphrase: own, made_at, records, revisions, attachments } = vectors.backup;
  expect(await refusedFile(page, { ReadBackup: { key: "Passphrase" } }, byPassphrase.passphrase)).toBe("WrongSecret");
  const facts = { bytes: frozen(vectors.backup.file).length, made: made_at, records, revisions, findings: [], verdicts: null };
  for (const [key, secret] of [["Recovery", byWords.words], ["Passphrase", own]] as const) {
    const read = await askWithFile(page, { ReadBackup: { key } }, true, secret);
    expect(read, key).toMatchObject({ ...facts, attachments: Object.keys(attachments).length });
  }
  await askWithFile(page, { RestoreBackup: null }, false);
  await expectFrozenRecords(page);
  await kill(page);
  for (const open of [() => unlock(page, own), () => unlockByWords(page)]) {
    const inside = await open();
    expect(inside.marks_gone).toBe(false);
    expect(inside.findings.map(({ words }) => words)).toEqual(["this is not a record, at line 1, column 1"]);
    await expectFrozenRecords(page);
    await answer(page, { Lock: null });
  }
});

test("T39 what must be refused natively is refused in the browser for the same reason", async ({ page }) => {
  await emptyStore(page);
  const head = vectors.records.find(({ revision, body }) => revision === 2 && body.content)!;
  const rows = laidOut().filter(([table]) => table !== "parts");
  const counted = { record: 0, slot: 0, backup: 0 };
  for (const { file, why } of vectors.refused) {
    const kind = file.split("-")[1] as keyof typeof counted;
    counted[kind]++;
    const reason = reasons[why]!;
    if (kind === "record") {
      const isHead = ([table, key]: Row) => table === "heads" && Buffer.from(key).toString("hex") === head.id;
      await lay(page, rows.map<Row>((row) => (isHead(row) ? [row[0], row[1], frozen(file)] : row)));
      const { things, findings } = await unlockByWords(page);
      expect(things, file).toBe(0);
      const told = findings.filter(({ what, words }) => what === "record" && words.startsWith(reason));
      expect(told.length, `${file}: ${JSON.stringify(findings)}`).toBeGreaterThan(0);
      for (const { id } of told) expect(await wording(answer(page, { Open: { id } })), file).toContain(reason);
      await answer(page, { Lock: null });
    } else if (kind === "slot") {
      await lay(page, [["slots", frozen(file).slice(37, 53), frozen(file)], ...rows.filter(([table]) => table !== "slots")]);
      const { Shut } = (await look(page)) as { Shut: { words: string } };
      expect(Shut.words, file).toContain(reason);
      const asked = answer(page, { Unlock: { key: "Passphrase" } }, [bytes(byPassphrase.passphrase)]);
      expect(await wording(asked), file).toContain(reason);
    } else {
      await hold(page, frozen(file));
      const asked = askWithFile(page, { ReadBackup: { key: "Passphrase" } }, true, byPassphrase.passphrase);
      expect(await wording(asked), file).toContain(reason);
    }
  }
  expect(counted).toEqual({ record: 12, slot: 3, backup: 3 });
});
