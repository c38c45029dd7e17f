// The test that every spec starts from: it fails on any trouble that a reader's browser would have.
//
// A trouble is an error in the console, an uncaught exception, a failed or refused request, a request to
// another host, or a violation of the Content-Security-Policy (which Chromium both prints and reports).

import { test as base, type Page } from "@playwright/test";

export { expect } from "@playwright/test";

/** What went wrong on a page, but for what a test has announced. */
export class Troubles {
  readonly #found: string[] = [];
  readonly #announced: RegExp[] = [];

  /** This test brings such trouble about on purpose. */
  announce(...patterns: RegExp[]) {
    this.#announced.push(...patterns);
  }

  get unannounced() {
    return this.#found.filter((trouble) => !this.#announced.some((pattern) => pattern.test(trouble)));
  }

  watch(page: Page, home: string) {
    page.on("console", (message) => {
      if (["error", "warning"].includes(message.type())) {
        this.#found.push(`console: ${message.text()} (${message.location().url})`);
      }
    });
    page.on("pageerror", (error) => {
      // A transition that the browser cuts short loses its animation and nothing else.
      if (!/^Transition was (aborted|skipped)/.test(error.message)) this.#found.push(`exception: ${error.message}`);
    });
    page.on("requestfailed", (request) => {
      // Leaving a page ends what it was still loading: that is nobody's failure.
      const why = request.failure()?.errorText ?? "";
      if (why !== "net::ERR_ABORTED") this.#found.push(`failed: ${request.url()} ${why}`);
    });
    page.on("response", (response) => {
      if (response.status() >= 400) this.#found.push(`refused: ${response.url()} ${response.status()}`);
    });
    page.on("request", (request) => {
      const url = new URL(request.url());
      if (!["data:", "blob:"].includes(url.protocol) && url.origin !== home) this.#found.push(`foreign: ${url}`);
      if (url.pathname === "/csp-report") this.#found.push(`policy: ${request.postData()}`);
    });
  }
}

export const test = base.extend<{ troubles: Troubles }>({
  troubles: [
    async ({ page, baseURL }, use) => {
      const troubles = new Troubles();
      troubles.watch(page, new URL(baseURL ?? "").origin);
      await use(troubles);
      // A request that was still being answered by the test when it ended is nobody's failure either.
      await page.context().unrouteAll({ behavior: "ignoreErrors" });
      if (!page.isClosed()) await page.unrouteAll({ behavior: "ignoreErrors" });
      base.expect(troubles.unannounced, "troubles in the browser").toEqual([]);
    },
    { auto: true },
  ],
});
