// How the browser tests run: a phone and a desk, each with JavaScript and without.
//
// `cargo xtask test browser` builds and starts the server, and sets what is read here: BASE_URL names the server,
// DOORWAY_CHROMIUM the browser (without it the system's own is taken, or the one that Playwright has installed),
// DOORWAY_REPORT the file for the results, DOORWAY_LOG the server's log, DOORWAY_PYTHONPATH the packages of the vault's
// independent reader.

import { existsSync } from "node:fs";
import { defineConfig } from "@playwright/test";

const known = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"];
const executablePath = process.env.DOORWAY_CHROMIUM ?? known.find((path) => existsSync(path));
const report = process.env.DOORWAY_REPORT;
const root = process.getuid?.() === 0;

const phone = { viewport: { width: 360, height: 740 }, deviceScaleFactor: 2, isMobile: true, hasTouch: true };
const desktop = { viewport: { width: 1440, height: 900 } };

// Promises that hold whether scripts run or not are tested both ways; the others are about one of the two.
const always = ["**/every-page.spec.ts"];
const scriptless = ["**/without-javascript.spec.ts"];
// The journal's worker, asked directly: it is the same on a phone.
const screenless = ["**/vault*.spec.ts"];

export default defineConfig({
  testDir: "tests",
  outputDir: "test-results",
  fullyParallel: true,
  forbidOnly: Boolean(process.env.CI),
  workers: 2,
  timeout: 30_000,
  expect: { timeout: 8_000 },
  // The list says at its end what went wrong with each test that failed.
  reporter: report ? [["list"], ["json", { outputFile: report }]] : [["list"]],
  use: {
    baseURL: process.env.BASE_URL ?? "http://127.0.0.1:3000",
    launchOptions: { executablePath, args: root ? ["--no-sandbox"] : [] },
    locale: "en-GB",
  },
  projects: [
    { name: "phone", use: phone, testIgnore: [...scriptless, ...screenless] },
    { name: "desktop", use: desktop, testIgnore: scriptless },
    { name: "phone, no JavaScript", use: { ...phone, javaScriptEnabled: false }, testMatch: [...always, ...scriptless] },
    { name: "desktop, no JavaScript", use: { ...desktop, javaScriptEnabled: false }, testMatch: [...always, ...scriptless] },
  ],
});
