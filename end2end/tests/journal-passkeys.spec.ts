// Passkeys open a journal, and one that gives nothing, or something else each time, is not believed.

import type { CDPSession, Page } from "@playwright/test";

import { atHome, go, lock, makeConfirmed, patient, unlock } from "../helpers/journal.ts";
import { expect, test } from "../helpers/test.ts";

// A key is derived at full cost, and each lock begins a new worker: on a slow machine that takes its time.
test.describe.configure({ timeout: 120_000 });

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
  await go(page, "Settings");
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
