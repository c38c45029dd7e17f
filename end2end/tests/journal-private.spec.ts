// What somebody else could see of a journal, or do to it: its sizes on the disk, what is left after locking, and markup.

import type { Page } from "@playwright/test";

import { addRecords, begin, everythingFetched, lock, makeJournal, openJournal, passphrase, patient, record, secretField, text, today, writeLine } from "../helpers/journal.ts";
import { expect, test } from "../helpers/test.ts";

// A key is derived at full cost, and each lock begins a new worker: on a slow machine that takes its time.
test.describe.configure({ timeout: 120_000 });

/** Bytes of all that is stored as a thing, by its name: what somebody with the disk can see. */
async function sizes(page: Page): Promise<Record<string, number>> {
  return page.evaluate(async () => {
    const opened = await new Promise<IDBDatabase>((done, failed) => {
      const request = indexedDB.open("doorway-vault");
      request.onsuccess = () => done(request.result);
      request.onerror = () => failed(request.error);
    });
    const store = opened.transaction("heads").objectStore("heads");
    const all = <T>(request: IDBRequest<T>) => new Promise<T>((done) => (request.onsuccess = () => done(request.result)));
    const [keys, values] = [await all(store.getAllKeys()), await all(store.getAll())];
    opened.close();
    const bytes = (value: unknown): number => {
      if (value instanceof ArrayBuffer || ArrayBuffer.isView(value)) return value.byteLength;
      return value && typeof value === "object" ? Object.values(value).reduce((sum: number, one) => sum + bytes(one), 0) : 0;
    };
    const hex = (key: unknown) => [...new Uint8Array(key as ArrayBuffer)].map((one) => one.toString(16).padStart(2, "0")).join("");
    return Object.fromEntries(keys.map((key, at) => [hex(key), bytes(values[at])]));
  });
}

test("T18 a mood, one character and 900 characters are the same size on disk", async ({ page }) => {
  await makeJournal(page);
  const ids = await addRecords(page, [
    record("check-in", today(), { day: today(), mood: 3 }),
    record("entry", today(), { text: "x" }),
    record("entry", today(), { title: "Nine hundred", tags: ["long"], text: "x".repeat(900) }),
    record("capture", today(), { pieces: [] }),
  ]);
  const all = await sizes(page);
  const [mood, ...others] = ids.map((id) => all[id]);
  expect(mood).toBeGreaterThan(4096);
  expect(others).toEqual([mood, mood, mood]);
});

test("T19 markup in an entry fetches nothing, runs nothing, and leads out only when it is followed", async ({ page }) => {
  await makeJournal(page);
  await everythingFetched(page);
  const fetched: string[] = [];
  page.on("request", (request) => fetched.push(request.url()));
  await begin(page, "Write");
  await text(page).fill(
    [
      "# A heading with *emphasis* and **weight**",
      "- [x] bread\n- [ ] milk",
      "> said",
      "![a picture](https://evil.example/a.png) <img src=https://evil.example/b.png onerror=alert(1)>",
      "<script>alert(1)</script> <style>@import 'https://evil.example/c.css'</style>",
      "[a page](https://evil.example/page) [no](javascript:alert(1)) <https://evil.example/auto>",
      "[![x](https://evil.example/d.png)](https://evil.example/e)",
    ].join("\n\n"),
  );
  await page.getByRole("button", { name: "Preview" }).click();
  const look = async () => {
    const written = page.locator(".written").first();
    await expect(written.getByRole("heading", { name: "A heading with emphasis and weight" })).toBeVisible();
    await expect(written.locator("img, script, style, iframe, object")).toHaveCount(0);
    await expect(written).toContainText("<script>alert(1)</script>");
    await expect(written).toContainText("a picture (https://evil.example/a.png)");
    const links = await written.locator("a").evaluateAll((all) => all.map((link) => [link.getAttribute("href"), link.getAttribute("rel")]));
    expect(links.length).toBe(3);
    for (const [href, rel] of links) {
      expect(href).toMatch(/^https:\/\/evil\.example\//);
      expect(rel).toContain("noreferrer");
    }
  };
  await look();
  await page.getByRole("button", { name: "Done" }).click();
  await look();
  expect(fetched.filter((url) => !url.startsWith("blob:"))).toEqual([]);
});

test("T28 after locking nothing of the journal is left in the page, its fields, its title, its address or its storage", async ({ page }) => {
  await makeJournal(page);
  const secret = "zephyrine marmalade at midnight";
  await writeLine(page, secret);
  await lock(page);
  const left = await page.evaluate(() => ({
    page: document.documentElement.outerHTML,
    fields: [...document.querySelectorAll("input, textarea")].map((field) => (field as HTMLInputElement).value).join(""),
    title: document.title,
    address: location.href,
    state: JSON.stringify(history.state),
    local: JSON.stringify({ ...localStorage, ...sessionStorage }),
    cookies: document.cookie,
  }));
  for (const [where, what] of Object.entries(left)) {
    expect(what, where).not.toMatch(/zephyrine|marmalade/);
    expect(what, where).not.toContain(passphrase);
  }
  expect(new URL(left.address).pathname + new URL(left.address).hash).toBe("/journal");
  // Nothing in the clear lies in the database either.
  const stored = await page.evaluate(async () => {
    const open = (name: string) => new Promise<IDBDatabase>((come) => { const ask = indexedDB.open(name); ask.onsuccess = () => come(ask.result); });
    let text = "";
    for (const { name } of await indexedDB.databases()) {
      const database = await open(name!);
      for (const store of database.objectStoreNames) {
        const all = await new Promise<unknown[]>((come) => { const ask = database.transaction(store).objectStore(store).getAll(); ask.onsuccess = () => come(ask.result); });
        for (const one of all) if (one instanceof Uint8Array) text += new TextDecoder("latin1").decode(one);
      }
      database.close();
    }
    return text;
  });
  expect(stored.length).toBeGreaterThan(4_000);
  expect(stored).not.toContain("zephyrine");
});

test("T28 coming back out of the browser's memory finds the door closed", async ({ page }) => {
  await makeJournal(page);
  await writeLine(page, "zephyrine");
  await page.goto("/glossary");
  await page.goBack();
  await expect(secretField(page)).toBeVisible(patient);
  expect(await page.content()).not.toContain("zephyrine");
});

test("no script can put markup into the journal's page", async ({ page, troubles }) => {
  troubles.announce(/Trusted/);
  await openJournal(page);
  const refused = await page.evaluate(() => {
    const tries: [string, () => void][] = [
      ["innerHTML", () => (document.body.innerHTML = "<b>bold</b>")],
      ["insertAdjacentHTML", () => document.body.insertAdjacentHTML("beforeend", "<b>bold</b>")],
      ["write", () => document.write("<b>bold</b>")],
      ["a policy of its own", () => (window as unknown as { trustedTypes: { createPolicy(name: string, rules: object): void } }).trustedTypes.createPolicy("default", {})],
      ["another worker", () => void new Worker("/pkg/anything.js")],
    ];
    return tries.filter(([, act]) => {
      try {
        act();
        return false;
      } catch {
        return true;
      }
    }).map(([name]) => name);
  });
  expect(refused).toEqual(["innerHTML", "insertAdjacentHTML", "write", "a policy of its own", "another worker"]);
});
