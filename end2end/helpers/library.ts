// What the bundled library holds, read from its files.

import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

const folder = join(import.meta.dirname, "..", "..", "content", "articles");

/** A bundled article that is published. */
export interface Bundled {
  slug: string;
  title: string;
  words: number;
}

function field(front: string, name: string): string | undefined {
  return new RegExp(`^${name}:\\s*"?(.*?)"?\\s*$`, "m").exec(front)?.[1];
}

/** Every bundled article that readers see today, in the order of the files. */
export const articles: Bundled[] = readdirSync(folder)
  .filter((name) => name.endsWith(".md") && !/^[_.]/.test(name))
  .sort()
  .flatMap((name) => {
    const [, front = "", body = ""] = readFileSync(join(folder, name), "utf8").split(/^---$/m);
    const today = new Date().toISOString().slice(0, 10);
    const hidden = field(front, "draft") === "true" || (field(front, "publishedAt") ?? "") > today;
    const words = body.split(/\s+/).filter((word) => /\p{L}/u.test(word)).length;
    return hidden ? [] : [{ slug: field(front, "slug") ?? "", title: field(front, "title") ?? "", words }];
  });

/** The article whose length is nearest to a number of words. */
export function nearest(words: number): Bundled {
  return articles.toSorted((a, b) => Math.abs(a.words - words) - Math.abs(b.words - words))[0]!;
}

/** An article with explained words, sources, blocks and takeaways: most specs read this one. */
export const sample = articles.find((article) => article.slug === "the-day-of-your-session")!;
export const samplePath = `/articles/${sample.slug}`;

/** One address of every kind of page, and every article. */
export const addresses: string[] = [
  "/",
  "/articles",
  "/articles?phase=first",
  "/articles?category=patient-education&sort=title&length=medium",
  "/articles?phase=before&tag=nothing-has-this-tag",
  ...articles.map((article) => `/articles/${article.slug}`),
  `${samplePath}?view=short`,
  `${samplePath}/handout`,
  `${samplePath}/handout?view=one-page&type=large`,
  "/poster",
  "/poster/side-effects?size=a3",
  "/topics",
  "/topics/side-effects",
  "/categories/patient-education",
  "/authors/doorway-editors",
  "/paths",
  "/paths/your-first-session",
  "/pack",
  "/pack/new",
  "/packs",
  "/packs/going-home-today",
  "/glossary",
  "/about",
  "/privacy",
  "/accessibility",
  "/crisis",
  "/api",
  "/infobutton",
  "/infobutton?mainSearchCriteria.v.cs=2.16.840.1.113883.6.90&mainSearchCriteria.v.c=R42&mainSearchCriteria.v.dn=Dizziness",
  "/search",
  "/search?q=what+should+I+bring",
  "/search?q=i+want+to+die&phase=day",
];

/** An address at which there is nothing. */
export const missing = "/articles/there-is-no-such-article";
