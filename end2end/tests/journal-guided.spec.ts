// What an article asks becomes something to write in, in one tap, and never a task that nobody has.

import type { Page } from "@playwright/test";
import { expect, test } from "../helpers/test.ts";
import { addRecords, ask, atHome, begin, home, makeJournal, passphrase, record } from "../helpers/journal.ts";
import { expectNoSidewaysScroll, wake } from "../helpers/page.ts";

const day = (back: number) => new Date(Date.now() - back * 86_400_000).toISOString().slice(0, 10);

/** Follows *Write about this* on the first block of a kind, to the journal's door. */
async function comeFrom(page: Page, article: string, kind: string) {
  await page.goto(`/articles/${article}`);
  await wake(page);
  await page.locator(`.block[data-kind="${kind}"]`).first().getByRole("link", { name: "Write about this" }).click();
  await expect(page).toHaveURL(/\/journal$/);
}

/** Follows *Write about this* on the first block of a kind, and unlocks. */
async function writeAbout(page: Page, article: string, kind: string) {
  await comeFrom(page, article, kind);
  await page.getByLabel("Passphrase", { exact: true }).fill(passphrase);
  await page.getByRole("button", { name: "Unlock", exact: true }).click();
}

async function thisWeek(page: Page) {
  await page.getByText("More", { exact: true }).click();
  await page.getByRole("button", { name: "This week" }).click();
}

const things = async (page: Page) => {
  const { answer } = await ask(page, { List: { filter: {}, from: 0, count: 10 } });
  return (answer as { things: { title: string; facts: { items: number } }[] }).things;
};

test("warning signs are quoted with a question, and are no tasks of the week", async ({ page }) => {
  await makeJournal(page);
  await writeAbout(page, "when-to-call-for-help", "red-flags");
  await page.getByLabel("Which of these do I want to notice early, and whom would I tell?").fill("My sister");
  await expect(page.getByRole("group", { name: "To tick" })).toHaveCount(0);
  await expect(page.getByText("What the article says")).toBeVisible();
  await expectNoSidewaysScroll(page);
  await page.getByRole("button", { name: "Done" }).click();
  await expect(page.getByText("My sister", { exact: true })).toBeVisible();
  await home(page);
  await expect(page.getByText(/\d of \d+ done/)).toHaveCount(0);
  await thisWeek(page);
  await expect(page.getByRole("region", { name: "What the week had" })).toContainText("Entry");
  await expect(page.getByRole("heading", { name: "Still open" })).toHaveCount(0);
});

test("warning signs that were once made tasks are none in the line and in the week", async ({ page }) => {
  await makeJournal(page);
  const from = (kind: string) => ({ article: "when-to-call-for-help", title: "When to call for help", kind, label: "Call now" });
  await addRecords(page, [
    record("entry", day(0), { title: "Signs", origin: from("red-flags"), items: [{ text: "You might act on it" }] }),
    record("entry", day(0), { title: "List", origin: from("checklist"), items: [{ text: "Water the plant" }] }),
  ]);
  const lines = page.getByRole("region", { name: "What you have written" });
  await expect(lines.getByText("0 of 1 done")).toHaveCount(1);
  await thisWeek(page);
  const had = page.getByRole("region", { name: "What the week had" });
  await expect(had).toContainText("Water the plant");
  await expect(had).not.toContainText("You might act on it");
});

test("what a session of the last four weeks was begun with is looked at again in the week", async ({ page }) => {
  await makeJournal(page);
  const session = (back: number, intention: string) => record("session", day(back), { at: `${day(back)}T10:00:00.000+00:00`, intention });
  await addRecords(page, [session(14, "Be kind to my hands"), session(40, "Long past")]);
  await thisWeek(page);
  const had = page.getByRole("region", { name: "What the week had" });
  await expect(had).toContainText("Be kind to my hands");
  await expect(had).not.toContainText("Long past");
});

test("each factor of an article is asked as a question", async ({ page }) => {
  await makeJournal(page);
  await writeAbout(page, "integration-therapy-maximizing-benefits", "factors");
  await expect(page.locator(".question label").first()).toHaveText(/^\w[^?]*: how is it for me now\?$/);
});

test("the points to remember are quoted with a question, and whom to call is not written about", async ({ page }) => {
  await makeJournal(page);
  await page.goto("/articles/after-the-session");
  await expect(page.locator('.block[data-kind="help"] [data-act="write"]')).toHaveCount(0);
  await writeAbout(page, "after-the-session", "takeaways");
  await expect(page.getByLabel("Which of these do I want to remember?")).toBeVisible();
  await expect(page.getByText("What the article says")).toBeVisible();
});

test("what an article says is quoted as it stands there: a point a line, and in brackets what a claim rests on", async ({ page }) => {
  await makeJournal(page);
  await writeAbout(page, "from-insight-to-action", "takeaways");
  const quoted = page.getByRole("blockquote");
  await expect(quoted).toContainText(/^• \S/);
  await expect(quoted).toContainText(/\n• \S/);
  await expect(quoted).toContainText(/ \[[^\]]+ · 94 tests; not about ketamine\]\n/);
});

test("what came from an article and was only begun is saved where the keeper saves it, and not where they leave", async ({ page }) => {
  await makeJournal(page);
  await writeAbout(page, "the-first-three-days", "questions");
  await expect(page.locator(".question textarea").first()).toBeVisible();
  await home(page);
  await expect(page.getByRole("region", { name: "Not saved yet" })).toHaveCount(0);
  expect(await things(page)).toHaveLength(0);
  await writeAbout(page, "the-first-three-days", "questions");
  await page.getByRole("button", { name: "Save", exact: true }).click();
  await expect(page.locator(".foot .status")).toHaveText("Saved");
  await page.getByRole("button", { name: "Done" }).click();
  await expect(page.getByRole("complementary", { name: "Where this comes from" })).toBeVisible();
  expect(await things(page)).toHaveLength(1);
});

test("who makes a journal to write along with an article writes along with it first", async ({ page }) => {
  await comeFrom(page, "the-first-three-days", "questions");
  await page.getByRole("button", { name: "Make my journal" }).click();
  await page.getByLabel("Passphrase", { exact: true }).fill(passphrase);
  await page.getByRole("button", { name: "Make my journal" }).click();
  await page.getByRole("button", { name: "Later" }).click({ timeout: 30_000 });
  await page.getByRole("button", { name: "Write", exact: true }).click();
  await expect(page.locator(".question textarea").first()).toBeVisible();
  await page.goBack();
  await atHome(page);
});

test("what a keeper came with opens as soon as the journal does, and back leads home", async ({ page }) => {
  await makeJournal(page);
  await writeAbout(page, "the-first-three-days", "questions");
  await expect(page.locator(".question textarea").first()).toBeVisible({ timeout: 30_000 });
  await page.goBack();
  await atHome(page);
  await expect(page.getByRole("region", { name: "From an article" })).toHaveCount(0);
  await page.goto("/journal#write=damaged");
  await page.reload();
  await page.getByLabel("Passphrase", { exact: true }).fill(passphrase);
  await page.getByRole("button", { name: "Unlock", exact: true }).click();
  await atHome(page);
  await expect(page.getByRole("region", { name: "From the library" })).toContainText("cannot be opened");
});

test("a block of an article becomes an entry, and nothing of it reaches the server", async ({ page }) => {
  await makeJournal(page);
  const sent: string[] = [];
  page.on("request", (request) => sent.push(`${request.url()} ${request.postData() ?? ""} ${JSON.stringify(request.headers())}`));
  await page.goto("/articles/the-first-three-days");
  await wake(page);
  const block = page.locator('.block[data-kind="questions"]').first();
  const questions = await block.locator("li").allTextContents();
  const label = (await block.locator(".label").textContent())!.trim();
  await block.getByRole("link", { name: "Write about this" }).click();
  await expect(page).toHaveURL(/\/journal$/);
  await page.getByLabel("Passphrase", { exact: true }).fill(passphrase);
  await page.getByRole("button", { name: "Unlock", exact: true }).click();
  await expect(page.getByLabel(questions[0]!.trim())).toBeVisible();
  await expect(page.getByText("What the article says")).toBeVisible();
  await page.getByLabel(questions[0]!.trim()).fill("The smell of cinnamon");
  await page.getByRole("button", { name: "Done" }).click();
  await expect(page.getByText("The smell of cinnamon")).toBeVisible();
  await expect(page.locator('a[href^="/articles/the-first-three-days#"]').first()).toBeVisible();
  const words = [encodeURIComponent(label), label, questions[0]!.trim(), "write=", "cinnamon"];
  expect(sent.filter((request) => words.some((word) => request.includes(word)))).toEqual([]);
  expect(await page.evaluate(() => JSON.stringify([location.href, history.state, document.title, { ...localStorage }]))).not.toContain(label);
});

test("questions are answered one at a time or all at once, and any can be left out", async ({ page }) => {
  await makeJournal(page);
  await begin(page, "Write");
  await page.getByText("Begin from a set of questions").click();
  await page.getByRole("button", { name: "The days after" }).click();
  await expect(page.getByText("1 of 5")).toBeVisible();
  await page.getByRole("button", { name: "Leave this one out" }).click();
  await page.getByRole("button", { name: "Next" }).click();
  await expect(page.getByText("2 of 5")).toBeVisible();
  await expect(page.locator(".question textarea")).toBeFocused();
  await page.keyboard.type("My sister, a little");
  await page.getByRole("button", { name: "Show all questions" }).click();
  await expect(page.getByText("Left out. Answer it after all")).toBeVisible();
  await expect(page.locator(".question textarea").first()).toHaveValue("My sister, a little");
  await page.getByRole("button", { name: "Done" }).click();
  await expect(page.getByText("My sister, a little")).toBeVisible();
});
