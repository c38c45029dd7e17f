// One engine on both sides: what the browser finds by itself is what the server finds, down to the marked words.

import type { Page } from "@playwright/test";

import { articles } from "../helpers/library.ts";
import { openAwake } from "../helpers/page.ts";
import { expect, test } from "../helpers/test.ts";

const QUESTIONS = 500;

/** Numbers that are the same in every run (mulberry32). */
function dice(seed: number) {
  return (end: number) => {
    seed = (seed + 0x6d2b79f5) | 0;
    let mixed = Math.imul(seed ^ (seed >>> 15), 1 | seed);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) % end;
  };
}

/** Questions of one to seven words of the library's own: some mistyped, cut short, quoted, left out. */
function questions(words: string[]): string[] {
  const roll = dice(20);
  const mistyped = (word: string) => {
    const at = roll(word.length);
    return [word.slice(0, at) + word.slice(at + 1), word.slice(0, at) + "e" + word.slice(at), word.slice(0, at + 1)][roll(3)]!;
  };
  const word = () => {
    const one = words[roll(words.length)]!;
    return roll(5) === 0 ? mistyped(one) : one;
  };
  return Array.from({ length: QUESTIONS }, () => {
    const all = Array.from({ length: 1 + roll(7) }, word);
    if (roll(12) === 0) all[0] = `"${all[0]}"`;
    if (roll(12) === 0) all.push(`-${word()}`);
    return all.join(" ") + (roll(4) === 0 ? " " : "");
  });
}

/** In the page: what each side shows for every question, as text. */
async function bothSides(page: Page, asked: string[]) {
  return page.evaluate(async (asked) => {
    const plain = (html: string | undefined) => (html ?? "").replace(/<!--.*?-->/g, "").replace(/ (class|data-\w+)="[^"]*"/g, "");
    const server = async (question: string) => {
      const answer = await fetch("/search", { method: "POST", body: new URLSearchParams({ q: question }) });
      const document = new DOMParser().parseFromString(await answer.text(), "text/html");
      return [...document.querySelectorAll(".results .hit")].slice(0, 5).map((hit) => ({
        title: plain(hit.querySelector("h3 a")?.innerHTML),
        places: [...hit.querySelectorAll(".places > li")].map((place) => ({
          to: place.querySelector("a.heading")?.getAttribute("href") ?? hit.querySelector("h3 a")?.getAttribute("href"),
          heading: plain(place.querySelector("a.heading")?.innerHTML) || "From the start",
          kind: place.querySelector(".kind")?.textContent ?? "",
          snippet: plain(place.querySelector(".snippet")?.innerHTML),
        })),
      }));
    };
    const input = document.querySelector<HTMLInputElement>("main input[type=search]")!;
    const device = async (question: string) => {
      input.value = question;
      input.dispatchEvent(new Event("input", { bubbles: true }));
      await new Promise((done) => setTimeout(done));
      const list = document.getElementById(input.getAttribute("aria-controls")!)!;
      return [...list.querySelectorAll("[role=group]")].map((group) => ({
        title: plain(group.querySelector(".of")?.innerHTML),
        places: [...group.querySelectorAll("[role=option]")].map((option) => ({
          to: option.getAttribute("href"),
          heading: plain(option.querySelector("b")?.innerHTML),
          kind: option.querySelector(".kind")?.textContent ?? "",
          snippet: plain(option.querySelector(".snippet")?.innerHTML),
        })),
      }));
    };
    const sides: { question: string; server: string; device: string }[] = [];
    for (const question of asked) {
      sides.push({ question, server: JSON.stringify(await server(question)), device: JSON.stringify(await device(question)) });
    }
    return sides;
  }, asked);
}

test("server and browser give the same answers to five hundred questions", async ({ page }, { project }) => {
  test.skip(project.name !== "desktop", "the engine does not know how wide the screen is");
  test.setTimeout(240_000);
  await openAwake(page, "/search");
  // The texts have come when a sentence is shown.
  await page.getByRole("main").getByRole("combobox").fill("session");
  await expect(page.getByRole("main").getByRole("option").first()).toContainText(/\w+ \w+ \w+ \w+/);
  const texts = await page.evaluate(async (paths) => {
    const pages = await Promise.all(paths.map(async (path) => (await fetch(path)).text()));
    return pages.map((page) => new DOMParser().parseFromString(page, "text/html").querySelector("main")!.textContent);
  }, articles.map((article) => `/articles/${article.slug}`));
  const words = [...new Set(texts.join(" ").match(/\p{L}[\p{L}\p{N}’-]{2,}/gu))].sort();
  expect(words.length).toBeGreaterThan(1000);

  const sides = await bothSides(page, questions(words));
  expect(sides.length).toBe(QUESTIONS);
  for (const { question, server, device } of sides) expect(device, question).toBe(server);
  // And they are answers.
  const answered = sides.filter(({ server }) => server !== "[]");
  expect(answered.length).toBeGreaterThan(QUESTIONS * 0.95);
});
