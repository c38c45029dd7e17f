// The vault's promises, asked of the worker that keeps them: what is acknowledged is there after a kill, two tabs never write
// over each other, and what was tampered with is told. Ids are those of docs/SECURITY.md.

import { openJournal, record } from "../helpers/journal.ts";
import { expect, test } from "../helpers/test.ts";
import { type Opened, answer, beginWorkerWith, bytes, entry, kill, longAgo, look, make, refused, save, unlock } from "../helpers/vault.ts";

test.describe.configure({ timeout: 90_000 });

test("what was saved and what was only typed is there after a kill and unlocking", async ({ page }) => {
  await openJournal(page);
  expect(await look(page, false)).toBe("Nothing");
  await make(page);
  const saved = await answer<{ Yes: { id: string; revision: number } }>(page, {
    Save: { id: null, parent: 0, record: entry("the first words") },
  });
  expect(saved.Yes.revision).toBe(1);
  await answer(page, { SaveDraft: { id: saved.Yes.id, parent: 1, record: entry("the first words, and in the middle of a sen") } });
  const typed = await answer<string>(page, { SaveDraft: { id: null, parent: 0, record: entry("never saved") } });
  await kill(page);
  expect(await look(page)).toHaveProperty("Locked.ways.0.kind", "Passphrase");
  expect(await refused(page, { Open: { id: saved.Yes.id } })).toBe("Locked");
  expect(await refused(page, { Unlock: { key: "Passphrase" } }, [bytes("not this one")])).toBe("WrongSecret");
  const inside = await unlock(page);
  expect(inside).toMatchObject({ role: "Writer", things: 1, drafts: 2, findings: [], marks_gone: false });
  const opened = await answer<Opened>(page, { Open: { id: saved.Yes.id } });
  expect(opened.record.text).toBe("the first words");
  expect(opened.draft?.record.text).toBe("the first words, and in the middle of a sen");
  expect((await answer<Opened>(page, { Open: { id: typed } })).draft?.record.text).toBe("never saved");
});

test("T30 a worker killed at any moment of writing loses nothing that was acknowledged", async ({ page }) => {
  await openJournal(page);
  await make(page);
  const acknowledged = new Map<string, string>();
  for (let round = 0; round < 6; round++) {
    // Writes one after another and ends the worker a little later each time.
    const written = await page.evaluate(
      async ({ round, record }) => {
        const kept = window as unknown as { journalWorker: Worker; doorwayWorker: () => Worker };
        const worker = kept.journalWorker;
        const written: [string, string][] = [];
        let number = 5_000_000;
        const save = (text: string) =>
          new Promise<void>((come) => {
            const mine = ++number;
            worker.addEventListener("message", ({ data }: MessageEvent<unknown[]>) => {
              if (data[1] !== mine || data[0] !== 2) return;
              const { Yes } = JSON.parse(new TextDecoder().decode(data[2] as Uint8Array));
              written.push([Yes.id, text]);
              come();
            });
            const command = { Save: { id: null, parent: 0, record: { ...record, text } } };
            worker.postMessage([0, mine, new TextEncoder().encode(JSON.stringify(command))]);
          });
        const death = new Promise<void>((died) => setTimeout(died, 40 + round * 23));
        const writing = (async () => {
          for (let at = 0; at < 500; at++) await save(`round ${round}, entry ${at}`);
        })();
        await Promise.race([death, writing]);
        worker.terminate();
        kept.doorwayWorker();
        return [...written];
      },
      { round, record: entry("") },
    );
    written.forEach(([id, text]) => acknowledged.set(id, text));
    const inside = await unlock(page);
    expect(inside.findings).toEqual([]);
    expect(inside.things).toBeGreaterThanOrEqual(acknowledged.size);
  }
  expect(acknowledged.size).toBeGreaterThan(5);
  for (const [id, text] of acknowledged) {
    expect((await answer<Opened>(page, { Open: { id } })).record.text).toBe(text);
  }
});

test("T30 a fault at any step of a write leaves all of it or nothing, and the next write works", async ({ page }) => {
  const started = page.waitForEvent("worker");
  await openJournal(page);
  const worker = await started;
  await make(page);
  const id = await save(page, entry("one"));
  // A save has seven steps: begin, the past, the head, the manifest, the draft's end, the stamp of the state, and the flush.
  await answer(page, { SaveDraft: { id, parent: 1, record: entry("a draft") } });
  for (let step = 0; step < 7; step++) {
    await worker.evaluate((step) => {
      const scope = self as unknown as Record<string, unknown>;
      let at = 0;
      const fail = () => {
        if (at++ !== step) return;
        (scope.restore as () => void)();
        throw new DOMException("a fault", "QuotaExceededError");
      };
      const store = IDBObjectStore.prototype;
      const { put, delete: remove } = store;
      const begin = IDBDatabase.prototype.transaction;
      scope.restore = () => {
        store.put = put;
        store.delete = remove;
        IDBDatabase.prototype.transaction = begin;
      };
      store.put = function (...given: Parameters<typeof put>) {
        fail();
        return put.apply(this, given);
      };
      store.delete = function (...given: Parameters<typeof remove>) {
        fail();
        return remove.apply(this, given);
      };
      IDBDatabase.prototype.transaction = function (...given: Parameters<typeof begin>) {
        if (given[1] === "readwrite") fail();
        const made = begin.apply(this, given);
        // The last step: everything was asked for, and the disk says no.
        if (given[1] === "readwrite" && step === 6) setTimeout(() => made.abort(), 0);
        return made;
      };
    }, step);
    const before = await answer<Opened>(page, { Open: { id } });
    const outcome = await refused(page, { Save: { id, parent: before.revision, record: entry(`step ${step}`) } });
    await worker.evaluate(() => (self as unknown as { restore: () => void }).restore());
    const after = await answer<Opened>(page, { Open: { id } });
    if (outcome === "not refused") {
      expect(after.record.text).toBe(`step ${step}`);
      await answer(page, { SaveDraft: { id, parent: after.revision, record: entry("a draft") } });
    } else {
      expect(["Full", "Store"]).toContain(outcome);
      expect(after).toEqual(before);
    }
  }
  const { revision } = await answer<Opened>(page, { Open: { id } });
  await answer(page, { Save: { id, parent: revision, record: entry("after all faults") } });
  await kill(page);
  expect((await unlock(page)).findings).toEqual([]);
  expect((await answer<Opened>(page, { Open: { id } })).record.text).toBe("after all faults");
});

test("T30 of two tabs one writes, the other follows and takes over when it goes", async ({ page, context }) => {
  await openJournal(page);
  await make(page);
  const id = await save(page, entry("from the first tab"));
  const second = await context.newPage();
  await openJournal(second);
  expect(await unlock(second)).toMatchObject({ role: "Reader", things: 1, findings: [] });
  expect(await refused(second, { Save: { id, parent: 1, record: entry("from the second tab") } })).toBe("ReadOnly");
  expect(await refused(second, { SaveDraft: { id, parent: 1, record: entry("from the second tab") } })).toBe("ReadOnly");
  await answer(page, { Save: { id, parent: 1, record: entry("changed in the first tab") } });
  await expect
    .poll(async () => (await answer<Opened>(second, { Open: { id } })).record.text)
    .toBe("changed in the first tab");
  await answer(page, { SaveDraft: { id, parent: 2, record: entry("typed in the first tab") } });
  await page.close();
  await expect
    .poll(() => refused(second, { Save: { id, parent: 1, record: entry("an old parent") } }), { timeout: 10_000 })
    .toBe("not refused");
  const opened = await answer<Opened>(second, { Open: { id } });
  expect([opened.record.text, opened.draft?.record.text]).toEqual(["changed in the first tab", "an old parent"]);
});

test("T30 a tab that takes over writes over no words that were typed in the other and not read in this one", async ({ page, context }) => {
  await openJournal(page);
  await make(page);
  const id = await save(page, entry("one"));
  const second = await context.newPage();
  await openJournal(second);
  expect(await unlock(second)).toMatchObject({ role: "Reader" });
  await answer(page, { SaveDraft: { id, parent: 1, record: entry("typed in the first tab") } });
  await page.close();
  const typed = (text: string) => ({ SaveDraft: { id, parent: 1, record: entry(text) } });
  await expect.poll(() => refused(second, typed("typed in the second tab"))).toBe("not refused");
  await answer(second, typed("typed in the second tab, and more"));
  const drafts = async () => {
    const lines = await answer<{ summary: { id: string } }[]>(second, { Drafts: null });
    const words = lines.map(async ({ summary }) => (await answer<Opened>(second, { Open: { id: summary.id } })).draft?.record.text);
    return (await Promise.all(words)).sort();
  };
  const both = ["typed in the first tab", "typed in the second tab, and more"];
  expect(await drafts()).toEqual(both);
  await kill(second);
  expect(await unlock(second)).toMatchObject({ drafts: 2, findings: [] });
  expect(await drafts()).toEqual(both);
});

test("what was changed elsewhere is a conflict that shows both and writes neither", async ({ page }) => {
  await openJournal(page);
  await make(page);
  const id = await save(page, { ...entry("text"), title: "title" });
  await answer(page, { Save: { id, parent: 1, record: { ...entry("text"), title: "their title" } } });
  const conflict = await answer<{ Conflict: { theirs: Opened; merged: [Record<string, unknown>, string[]] } }>(page, {
    Save: { id, parent: 1, record: { ...entry("our text"), title: "title" } },
  });
  expect(conflict.Conflict.theirs).toMatchObject({ revision: 2, record: { title: "their title" } });
  expect(conflict.Conflict.merged).toMatchObject([{ title: "their title", text: "our text" }, []]);
  expect(await answer<Opened>(page, { Open: { id } })).toMatchObject({ revision: 2, draft: { parent: 1, record: { text: "our text" } } });
});

test("every revision is kept, a deletion can be undone, and what is deleted lately is not tidied away", async ({ page }) => {
  await openJournal(page);
  await make(page);
  const id = await save(page, entry("one"));
  await answer(page, { Save: { id, parent: 1, record: entry("two") } });
  await answer(page, { Delete: { id } });
  expect(await refused(page, { Open: { id } })).toBe("Deleted");
  expect(await answer(page, { Trash: null })).toMatchObject([{ id, summary: { title: "two" } }]);
  expect(await answer(page, { Tidy: null })).toEqual({ records: 0, attachments: 0, kept: 0 });
  expect(await answer(page, { Undelete: { id } })).toMatchObject({ revision: 4, record: { text: "two" } });
  expect(await answer(page, { Revisions: { id } })).toMatchObject([
    { revision: 4, deletion: false },
    { revision: 3, deletion: true },
    { revision: 2, summary: { title: "two" } },
    { revision: 1, summary: { title: "one" } },
  ]);
  expect(await answer(page, { OpenRevision: { id, revision: 1 } })).toMatchObject({ text: "one" });
  expect(await answer(page, { RestoreRevision: { id, revision: 1 } })).toMatchObject({ revision: 5, record: { text: "one" } });
});

test("a finished capture stays as it is, also as a draft", async ({ page }) => {
  await openJournal(page);
  await make(page);
  const at = "2026-11-20T12:00:00.000+00:00";
  const capture = record("capture", "2026-11-20", { pieces: [{ at, kind: "image", text: "a door" }], finished: at });
  const id = await save(page, capture);
  const other = record("capture", "2026-11-20", { pieces: [{ at, kind: "image", text: "a wall" }], finished: at });
  expect(await refused(page, { Save: { id, parent: 1, record: other } })).toBe("Finished");
  expect(await refused(page, { SaveDraft: { id, parent: 1, record: other } })).toBe("Finished");
});

test("what is typed over is not removed for good, and what was typed over a thing that is gone is saved as a new one", async ({ page, context }) => {
  await beginWorkerWith(context, longAgo);
  await openJournal(page);
  await make(page);
  const [typed, gone] = [await save(page, entry("one")), await save(page, entry("two"))];
  await answer(page, { SaveDraft: { id: typed, parent: 1, record: entry("one, and more") } });
  for (const id of [typed, gone]) {
    await answer(page, { Delete: { id } });
  }
  // Deleting lets go of the draft; another tab has typed it meanwhile.
  await answer(page, { SaveDraft: { id: typed, parent: 1, record: entry("one, and more") } });
  await context.unrouteAll();
  await page.reload();
  await unlock(page);
  // Lately something was written: it is by then that the thirty days are counted.
  await save(page, entry("now"));
  expect(await answer(page, { Tidy: null })).toEqual({ records: 1, attachments: 0, kept: 0 });
  expect(await answer(page, { Trash: null })).toMatchObject([{ id: typed }]);
  expect(await answer(page, { Undelete: { id: typed } })).toMatchObject({ record: { text: "one" }, draft: { record: { text: "one, and more" } } });

  await answer(page, { SaveDraft: { id: gone, parent: 1, record: entry("two, and more") } });
  // There is nothing that it could be in conflict with.
  expect(await answer(page, { Open: { id: gone } })).toMatchObject({ revision: 0, draft: { parent: 0, record: { text: "two, and more" } } });
  const { Yes } = await answer<{ Yes: { id: string; revision: number } }>(page, { Save: { id: gone, parent: 0, record: entry("two, and more") } });
  expect(Yes.revision).toBe(1);
  expect(Yes.id).not.toBe(gone);
  expect(await answer<Opened>(page, { Open: { id: Yes.id } })).toMatchObject({ record: { text: "two, and more" }, draft: null });
  expect(await refused(page, { Open: { id: gone } })).toBe("NotThere");
  // A sheet that was open all the while does not know yet that it is gone.
  expect(await answer(page, { Save: { id: gone, parent: 1, record: entry("and again") } })).toMatchObject({ Yes: { revision: 1 } });
  await kill(page);
  expect(await unlock(page)).toMatchObject({ drafts: 1, findings: [] });
});
