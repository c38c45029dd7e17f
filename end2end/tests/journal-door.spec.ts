// The door of the journal: making one, coming in, locking, and what happens when something is lost.

import type { CDPSession, Page } from "@playwright/test";

import { addRecords, ask, atHome, holdPictures, lock, makeJournal, openJournal, passphrase, record, unlock, writeLine } from "../helpers/journal.ts";
import { expectNoSidewaysScroll, tapBeside } from "../helpers/page.ts";
import { expect, test } from "../helpers/test.ts";

// A key is derived at full cost, and each lock begins a new worker: on a slow machine that takes its time.
test.describe.configure({ timeout: 120_000 });
const patient = { timeout: 30_000 };

const secretField = (page: Page) => page.getByLabel("Passphrase", { exact: true });

/** Makes a journal and confirms its recovery words; gives them. */
async function makeConfirmed(page: Page): Promise<string[]> {
  await openJournal(page);
  await page.getByRole("button", { name: "Make my journal" }).click();
  await secretField(page).fill(passphrase);
  await page.getByRole("button", { name: "Make my journal" }).click();
  await expect(page.getByRole("heading", { name: "Your recovery words" })).toBeVisible(patient);
  const words = await page.locator(".phrase-words li").allInnerTexts();
  expect(words).toHaveLength(24);
  await page.getByRole("button", { name: "I have them: check three" }).click();
  for (const label of await page.locator(".three label").allInnerTexts()) {
    await page.getByLabel(label, { exact: true }).fill(words[Number(label.split(" ")[1]) - 1]!);
  }
  await page.getByRole("button", { name: "Check", exact: true }).click();
  await expect(page.getByRole("heading", { name: "Your recovery words are confirmed" })).toBeVisible();
  await page.getByRole("button", { name: "Write", exact: true }).click();
  await atHome(page);
  return words;
}

test("a journal is made in a minute, and what it is and is not is said first", async ({ page }) => {
  await openJournal(page);
  await expect(page.locator("#journal")).toMatchAriaSnapshot(`
    - navigation "Journal":
      - button "Leave quickly"
    - heading "A journal that only you can open" [level=1]
    - paragraph
    - button "Make my journal"
    - button "Write without saving"
    - paragraph:
      - button "I have a backup"
  `);
  await expectNoSidewaysScroll(page);
  const began = Date.now();
  await page.getByRole("button", { name: "Make my journal" }).click();
  await page.getByRole("button", { name: "Suggest six words" }).click();
  await page.getByRole("button", { name: "Use these six words" }).click();
  await expect(secretField(page)).toHaveValue(/^([a-z]+ ){5}[a-z]+$/);
  await expect(page.locator(".strength")).toHaveText(/longer than a lifetime/);
  await page.getByRole("button", { name: "Make my journal" }).click();
  await expect(page.getByRole("heading", { name: "Your recovery words" })).toBeVisible(patient);
  await page.getByRole("button", { name: "Later" }).click();
  await expect(page.getByRole("heading", { name: "Not confirmed yet" })).toBeVisible();
  await page.getByRole("button", { name: "Write", exact: true }).click();
  await atHome(page);
  expect(Date.now() - began).toBeLessThan(60_000);
});

test("what a passphrase would stand against is said while it is typed, and pasting is allowed", async ({ page }) => {
  await openJournal(page);
  await page.getByRole("button", { name: "Make my journal" }).click(patient);
  await secretField(page).fill("password1");
  await expect(page.locator(".strength")).toHaveText(/Easy to guess/);
  await secretField(page).fill("four words are better still");
  await expect(page.locator(".strength")).not.toHaveText(/Easy to guess/);
});

test("a passphrase is seen while it is made, and hidden where somebody could look on; at the closed door it is hidden until it is shown", async ({ page }) => {
  await openJournal(page);
  await page.getByRole("button", { name: "Make my journal" }).click(patient);
  const show = page.getByRole("button", { name: "Show", exact: true });
  await expect(secretField(page)).toHaveAttribute("type", "text");
  await expect(show).toHaveAttribute("aria-pressed", "true");
  await expect(page.getByText("If somebody could look over your shoulder, switch “Show” off.")).toBeVisible();
  await show.click();
  await expect(secretField(page)).toHaveAttribute("type", "password");
  await secretField(page).fill(passphrase);
  await page.getByRole("button", { name: "Make my journal" }).click();
  await expect(page.getByRole("heading", { name: "Your recovery words" })).toBeVisible(patient);
  await lock(page);
  await expect(secretField(page)).toHaveAttribute("type", "password");
  await show.click();
  await expect(secretField(page)).toHaveAttribute("type", "text");
  await unlock(page);
});

test("where six words are offered and not yet taken, it is said how to take them", async ({ page }) => {
  await openJournal(page);
  await page.getByRole("button", { name: "Make my journal" }).click(patient);
  await page.getByRole("button", { name: "Suggest six words" }).click();
  await expect(page.locator(".offered")).toHaveText(/^([a-z]+ ){5}[a-z]+$/);
  await page.getByRole("button", { name: "Make my journal" }).click();
  await expect(page.getByRole("alert")).toHaveText("Tap “Use these six words”, or type your own.");
  await expect(secretField(page)).toBeFocused();
});

test("one wrong word leaves the others in the field, and a list that is pasted may have its numbers", async ({ page }) => {
  const words = await makeConfirmed(page);
  await lock(page);
  await page.getByRole("button", { name: "Use my 24 words" }).click();
  const field = page.getByLabel("Your 24 words, in their order");
  const slip = words.with(11, "doorway").join(" ");
  await field.fill(slip);
  await page.getByRole("button", { name: "Unlock with these words" }).click();
  await expect(page.getByRole("alert")).toContainText("These are not the 24 words");
  await expect(field).toHaveValue(slip);
  await expect(field).toBeFocused();
  await field.fill(words.map((word, at) => `${at + 1}. ${word}`).join("\n"));
  await expect(page.locator("#recall-count")).toHaveText("24 of 24 words");
  await page.getByRole("button", { name: "Unlock with these words" }).click();
  await atHome(page);
});

test("the keyboard is where it is needed: on the field after a slip, on the heading of what has opened, on the list after something is brought back", async ({ page }) => {
  await makeJournal(page);
  await lock(page);
  await secretField(page).fill("not the right one");
  await page.getByRole("button", { name: "Unlock", exact: true }).click();
  await expect(page.getByRole("alert")).toBeVisible(patient);
  await expect(secretField(page)).toBeFocused();
  await unlock(page);
  const heading = page.getByRole("heading", { level: 1 });
  await page.getByRole("list", { name: "Begin" }).getByRole("button", { name: "Check in" }).click();
  await expect(heading).toBeFocused();
  await page.getByText("More", { exact: true }).click();
  await page.getByRole("button", { name: "This week", exact: true }).click();
  await expect(page.getByRole("button", { name: "The week before" })).toBeVisible();
  await expect(heading).toBeFocused();
  const [id] = await addRecords(page, [record("entry", "2026-11-20", { text: "Only an echo" })]);
  await ask(page, { Delete: { id } });
  await page.getByText("More", { exact: true }).click();
  await page.getByRole("button", { name: "Deleted", exact: true }).click();
  await page.getByRole("button", { name: /^Bring back/ }).click();
  await expect(page.getByText("Nothing is deleted.")).toBeVisible();
  await expect(page.getByRole("heading", { level: 1, name: "Deleted" })).toBeFocused();
});

test("the menu of places closes with Escape and with a tap beside it", async ({ page }) => {
  await makeJournal(page);
  const more = page.getByText("More", { exact: true });
  const calendar = page.getByRole("button", { name: "Calendar", exact: true });
  await more.click();
  await page.keyboard.press("Tab");
  await expect(calendar).toBeFocused();
  await page.keyboard.press("Escape");
  await expect(calendar).toBeHidden();
  await expect(more).toBeFocused();
  await more.click();
  await expect(calendar).toBeVisible();
  await tapBeside(page);
  await expect(calendar).toBeHidden();
});

test.describe("on a small phone", () => {
  test.use({ viewport: { width: 360, height: 740 } });

  test("what is to be tapped is 44 pixels each way, and nothing that has the keyboard is covered by the foot", async ({ page }) => {
    /** What is smaller, but for links within a sentence, which may be as high as their line. */
    const small = () => page.evaluate(() =>
      [...document.querySelectorAll<HTMLElement>("#journal :is(button, summary, a, select), header.site :is(a, summary)")]
        .filter((element) => element.checkVisibility() && element.getClientRects().length)
        .map((element) => ({ name: element.innerText || element.outerHTML.slice(0, 80), box: element.getBoundingClientRect() }))
        .filter(({ box }) => box.width < 44 || box.height < 44)
        .map(({ name, box }) => `${name}: ${box.width} × ${box.height}`));
    await openJournal(page);
    await page.getByRole("button", { name: "Make my journal" }).click();
    await secretField(page).fill(passphrase);
    expect(await small()).toEqual([]);
    await page.getByRole("button", { name: "Make my journal" }).click();
    await expect(page.getByRole("button", { name: "Later" })).toBeVisible(patient);
    expect(await small()).toEqual([]);
    await page.getByRole("button", { name: "Later" }).click();
    for (const place of ["Calendar", "This week", "Safety plan"]) {
      await page.getByText("More", { exact: true }).click();
      await page.getByRole("button", { name: place, exact: true }).click();
      await expect(page.locator("#journal .opening")).toHaveCount(0);
      await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
      expect(await small(), place).toEqual([]);
    }
    await page.getByRole("navigation", { name: "Journal" }).getByRole("button", { name: "Journal" }).click();
    await page.getByRole("list", { name: "Begin" }).getByRole("button", { name: "Session" }).click();
    await expect(page.locator(".foot")).toBeVisible();
    expect(await small()).toEqual([]);
    await page.getByRole("heading", { level: 1 }).focus();
    for (let presses = 0; presses < 60; presses++) {
      await page.keyboard.press("Tab");
      const covered = await page.evaluate(() => {
        const element = document.activeElement!;
        const foot = document.querySelector(".foot")!;
        return element.closest("#journal") && !foot.contains(element) && element.getBoundingClientRect().top > foot.getBoundingClientRect().top
          ? element.outerHTML.slice(0, 200) : "";
      });
      expect(covered).toBe("");
      if (await page.locator(".foot :focus").count()) break;
    }
  });
});

test("the closed door offers the ways in, the crisis lines and nothing else, and says a wrong passphrase kindly", async ({ page }) => {
  await makeJournal(page);
  await lock(page);
  await expect(page.locator("#journal")).toMatchAriaSnapshot(`
    - navigation "Journal":
      - button "Leave quickly"
    - heading "Your journal is locked" [level=1]
    - text: Passphrase
    - textbox "Passphrase"
    - button "Show"
    - button "Unlock"
    - list:
      - listitem:
        - button "Use my 24 words"
      - listitem:
        - link "Crisis lines"
      - listitem:
        - button "I have forgotten it"
  `);
  await secretField(page).fill("not the right one");
  await page.getByRole("button", { name: "Unlock", exact: true }).click();
  await expect(page.getByRole("alert").filter({ hasText: "That did not open it" })).toBeVisible(patient);
  await expect(secretField(page)).toHaveValue("");
  await unlock(page);
});

test("the 24 words open it, also by their first letters, and say which word is not of the list", async ({ page }) => {
  const words = await makeConfirmed(page);
  await lock(page);
  await page.getByRole("button", { name: "Use my 24 words" }).click();
  const field = page.getByLabel("Your 24 words, in their order");
  await field.fill("doorway ");
  await expect(page.locator("#recall-count")).toHaveText(/“doorway” is not one of the words/);
  await field.fill("");
  // Four letters name one word of the list; three may leave more than are offered.
  await field.pressSequentially(words[0]!.slice(0, 4));
  await page.locator(".endings").getByRole("button", { name: words[0]!, exact: true }).click();
  await expect(field).toHaveValue(`${words[0]} `);
  await field.fill(words.map((word) => word.slice(0, 4).toUpperCase()).join("\n"));
  await expect(page.locator("#recall-count")).toHaveText("24 of 24 words");
  await page.getByRole("button", { name: "Unlock with these words" }).click();
  await atHome(page);
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

test("T33 a journal that the browser let go of is not called new", async ({ page }) => {
  await makeJournal(page);
  await page.goto("/glossary");
  await page.evaluate(async () => {
    for (const { name } of await indexedDB.databases()) {
      await new Promise((come) => { const ask = indexedDB.deleteDatabase(name!); ask.onsuccess = ask.onerror = come; });
    }
  });
  await openJournal(page);
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Your journal is not here any more", patient);
  await expect(page.getByRole("button", { name: "Restore a backup" })).toBeVisible();
  await expect(page.getByRole("button", { name: "Make my journal" })).toHaveCount(0);
});

test("it locks by itself when nobody touches it, after a warning that any touch puts off", async ({ page }) => {
  await page.clock.install();
  await makeJournal(page);
  await page.clock.fastForward("04:45");
  await expect(page.locator(".locks-in")).toContainText("Locking in");
  await page.getByRole("button", { name: "Stay" }).click();
  await page.clock.runFor(1_500);
  await expect(page.locator(".locks-in")).toHaveCount(0);
  // The device sleeps for an hour.
  await page.clock.fastForward("01:00:00");
  await page.clock.runFor(2_000);
  await expect(secretField(page)).toBeVisible(patient);
  await expect(page.getByRole("status").filter({ hasText: "Nobody touched it for a while" })).toBeVisible();
});

test("all tabs lock at once, and say why", async ({ page, context }) => {
  await makeJournal(page);
  const other = await context.newPage();
  await openJournal(other);
  await unlock(other);
  await lock(page);
  await expect(secretField(other)).toBeVisible(patient);
  await expect(other.getByText("It was locked in another tab")).toBeVisible(patient);
});

test("locked from another tab, the last words are put away first", async ({ page, context }) => {
  await makeJournal(page);
  const other = await context.newPage();
  await openJournal(other);
  await unlock(other);
  await page.bringToFront();
  await page.getByRole("button", { name: /^Write/ }).first().click();
  const text = page.getByRole("textbox", { name: "Text", exact: true });
  await text.fill("The last word is heron");
  // In the same moment, before the draft would be put on disk by itself.
  await other.getByRole("button", { name: "Lock", exact: true }).evaluate((button: HTMLElement) => button.click());
  await expect(secretField(page)).toBeVisible(patient);
  await expect(page.getByText("It was locked in another tab")).toBeVisible();
  await unlock(page);
  await expect(page.getByText("The last word is heron")).toBeVisible();
});

test("a tab that nobody touches locks itself, and not the one that is in use", async ({ page, context }) => {
  await makeJournal(page);
  const other = await context.newPage();
  // The test's clock is one for all tabs; this one is for the other alone.
  await other.addInitScript(() => {
    const now = Date.now.bind(Date);
    let later = 0;
    Date.now = () => now() + later;
    Object.assign(window, { anHourLater: () => (later += 3_600_000) });
  });
  await openJournal(other);
  await unlock(other);
  await other.evaluate(() => (window as unknown as { anHourLater: () => void }).anHourLater());
  await expect(secretField(other)).toBeVisible(patient);
  await page.waitForTimeout(500);
  await atHome(page);
  await expect(secretField(page)).toHaveCount(0);
});

test("what went wrong on one way in is not said on another", async ({ page }) => {
  await makeJournal(page);
  await lock(page);
  await secretField(page).fill("not this one at all");
  await page.getByRole("button", { name: "Unlock", exact: true }).click();
  await expect(page.getByRole("alert")).toContainText("That did not open it", patient);
  await page.getByRole("button", { name: "Use my 24 words" }).click();
  await expect(page.getByRole("button", { name: "Unlock with these words" })).toBeVisible();
  await expect(page.getByRole("alert")).toHaveCount(0);
});

test("a page whose program is gone from the site puts away what was typed, says so, and goes on once it is loaded again", async ({ page, context, troubles }) => {
  troubles.announce(/journal-worker/);
  await makeJournal(page);
  await page.getByRole("button", { name: /^Write/ }).first().click();
  await page.locator("#journal textarea").first().fill("The site was renewed while I wrote");
  await context.route("**/pkg/journal-worker*", (route) => route.fulfill({ status: 404, body: "" }));
  await page.getByRole("button", { name: "Lock", exact: true }).click();
  await expect(page.getByRole("heading", { name: "The journal has stopped" })).toBeVisible(patient);
  await expect(page.getByText("What was saved is safe").first()).toBeVisible();
  await context.unroute("**/pkg/journal-worker*");
  await page.getByRole("link", { name: "Load the page again" }).click();
  await unlock(page);
  await expect(page.getByText("The site was renewed while I wrote")).toBeVisible();
});

test("words that are not saved yet are put away before it locks, said to be so after unlocking, and are all there", async ({ page }) => {
  await makeJournal(page);
  const text = page.getByLabel("Text", { exact: true });
  await page.getByRole("list", { name: "Begin" }).getByRole("button", { name: "Write" }).click();
  await text.fill("The water was warm,");
  for (const more of [" and then", " it was quiet"]) {
    // At once: no draft has been written of these words when it is locked.
    await text.press("End");
    await page.keyboard.insertText(more);
    const whole = await text.inputValue();
    expect(whole).toMatch(new RegExp(`${more}$`));
    await lock(page);
    await unlock(page);
    const waiting = page.getByRole("region", { name: "Not saved yet" });
    await expect(waiting).toContainText("You typed this and did not save it. It is kept on this device until you do.");
    await waiting.getByRole("button").first().click();
    await expect(text).toHaveValue(whole);
  }
  // By itself, too, when nobody is there.
  await page.clock.install();
  await page.reload();
  await unlock(page);
  await page.getByRole("region", { name: "Not saved yet" }).getByRole("button").first().click();
  await text.press("End");
  await page.keyboard.insertText(".");
  await page.clock.fastForward("01:00:00");
  await page.clock.runFor(2_000);
  await expect(secretField(page)).toBeVisible(patient);
  await expect(page.getByRole("status").filter({ hasText: "What you wrote was put away first." })).toBeVisible();
  // The clock that was moved takes no timer back; a fresh page has none.
  await page.reload();
  await unlock(page);
  await page.getByRole("region", { name: "Not saved yet" }).getByRole("button").first().click();
  await expect(text).toHaveValue("The water was warm, and then it was quiet.");
});

test("the way in works with a keyboard alone", async ({ page }) => {
  await makeJournal(page);
  await lock(page);
  await secretField(page).focus();
  await page.keyboard.type(passphrase);
  await page.keyboard.press("Enter");
  await atHome(page);
  await expect(page.getByRole("heading", { level: 1 })).toBeFocused();
});

/** An authenticator in Chromium itself. Passkeys need a name and not a number as the host. */
async function authenticator(page: Page, hasPrf: boolean): Promise<CDPSession> {
  const session = await page.context().newCDPSession(page);
  await session.send("WebAuthn.enable");
  await session.send("WebAuthn.addVirtualAuthenticator", {
    options: {
      protocol: "ctap2", ctap2Version: "ctap2_1", transport: "internal", hasResidentKey: true,
      hasUserVerification: true, isUserVerified: true, automaticPresenceSimulation: true, hasPrf,
    },
  });
  return session;
}

async function addPasskey(page: Page) {
  await page.getByText("More", { exact: true }).click();
  await page.getByRole("button", { name: "Settings", exact: true }).click();
  await page.getByRole("button", { name: "Add a passkey" }).click();
}

test.describe("passkeys", () => {
  test.use({ baseURL: (process.env.BASE_URL ?? "http://127.0.0.1:3000").replace("127.0.0.1", "localhost") });

  test("a passkey is offered once the recovery words are confirmed, and then opens the journal", async ({ page }) => {
    await authenticator(page, true);
    await makeConfirmed(page);
    await addPasskey(page);
    await expect(page.locator(".ways")).toContainText("Passkey");
    await lock(page);
    await page.getByRole("button", { name: "Unlock with your passkey" }).click();
    await atHome(page);
  });

  test("T35 a passkey without PRF is refused, and the journal stays as it was", async ({ page }) => {
    await authenticator(page, false);
    await makeConfirmed(page);
    await addPasskey(page);
    await expect(page.getByRole("alert").filter({ hasText: "The passkey gave nothing" })).toBeVisible(patient);
    await expect(page.locator(".ways")).not.toContainText("Passkey");
    await lock(page);
    await unlock(page);
  });

  test("T35 a browser that says it can and gives nothing, or something else each time, is not believed", async ({ page }) => {
    await authenticator(page, true);
    await makeConfirmed(page);
    for (const lie of ["nothing", "changing"] as const) {
      await page.evaluate((lie) => {
        const real = PublicKeyCredential.prototype.getClientExtensionResults;
        PublicKeyCredential.prototype.getClientExtensionResults = function () {
          const results = real.call(this) as { prf?: object };
          const first = crypto.getRandomValues(new Uint8Array(32)).buffer;
          results.prf = lie === "nothing" ? { enabled: true } : { enabled: true, results: { first } };
          return results as AuthenticationExtensionsClientOutputs;
        };
      }, lie);
      await addPasskey(page);
      await expect(page.getByRole("alert").filter({ hasText: "The passkey gave nothing" })).toBeVisible(patient);
      await page.getByRole("button", { name: "Journal", exact: true }).click();
      await atHome(page);
    }
  });

  test("T35 a passkey that gives something else later is said to be wrong, and the passphrase still opens it", async ({ page }) => {
    await authenticator(page, true);
    await makeConfirmed(page);
    await addPasskey(page);
    await expect(page.locator(".ways")).toContainText("Passkey");
    await lock(page);
    await page.evaluate(() => {
      PublicKeyCredential.prototype.getClientExtensionResults = () =>
        ({ prf: { results: { first: new Uint8Array(32).map((_, at) => at).buffer } } }) as AuthenticationExtensionsClientOutputs;
    });
    await page.getByRole("button", { name: "Unlock with your passkey" }).click();
    await expect(page.getByRole("alert")).toContainText("That did not open it");
    await unlock(page);
  });
});

test("a photo that takes longer than locking waits for does not lock the journal again once it is open", async ({ page }) => {
  // When the photo is sealed all the same.
  await page.addInitScript(() => {
    const post = Worker.prototype.postMessage as (this: Worker, ...given: unknown[]) => void;
    Worker.prototype.postMessage = function (this: Worker, ...given: unknown[]) {
      const [letter] = given as [[number, number, Uint8Array]];
      if (new TextDecoder().decode(letter[2]).startsWith('{"EndAttachment"')) Object.assign(window, { sealed: true });
      post.apply(this, given);
    };
  });
  await makeJournal(page);
  await page.getByRole("list", { name: "Begin" }).getByRole("button", { name: "Write" }).click();
  await page.getByRole("textbox", { name: "Text", exact: true }).fill("The last word is heron");
  await holdPictures(page);
  const pixel = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==";
  await page.getByLabel("Add a photo").setInputFiles({ name: "one.png", mimeType: "image/png", buffer: Buffer.from(pixel, "base64") });
  await lock(page);
  await unlock(page);
  await page.evaluate(() => (window as unknown as { release: () => void }).release());
  await page.waitForFunction(() => "sealed" in window);
  await page.waitForTimeout(1_000);
  await expect(page.getByText("The last word is heron")).toBeVisible();
  await expect(secretField(page)).toHaveCount(0);
});

test("a browser that asks whether the journal may stay keeps nobody out of it who does not answer", async ({ page }) => {
  await page.addInitScript(() => {
    StorageManager.prototype.persist = () => new Promise(() => {});
  });
  await makeJournal(page);
});
