// Photos are made smaller, lose what the camera wrote beside them, and are all there whatever moment one leaves.

import type { Page } from "@playwright/test";

import { ask, begin, holdPictures, home, lock, makeJournal, pixel, status, text, unlock } from "../helpers/journal.ts";
import { expect, test } from "../helpers/test.ts";

/** Photos as a camera gives them: large ones, and one that is none. */
async function photos(page: Page, ...names: string[]) {
  const jpeg = await page.evaluate(async () => {
    const canvas = new OffscreenCanvas(3600, 2400);
    const context = canvas.getContext("2d")!;
    for (let at = 0; at < 60; at += 1) {
      context.fillStyle = `hsl(${at * 6} 60% 50%)`;
      context.fillRect((at * 970) % 3600, (at * 610) % 2400, 300, 300);
    }
    return [...new Uint8Array(await (await canvas.convertToBlob({ type: "image/jpeg", quality: 0.5 })).arrayBuffer())];
  });
  const bytes = (name: string) => Buffer.from(name.startsWith("broken") ? [0xff, 0xd8, 1, 2, 3] : jpeg);
  return names.map((name) => ({ name, mimeType: "image/jpeg", buffer: bytes(name) }));
}

test("a photo is made smaller, loses what the camera wrote beside it, and is described", async ({ page }) => {
  await makeJournal(page);
  await begin(page, "Write");
  // A JPEG with an EXIF segment that names a place.
  const jpeg = await page.evaluate(async () => {
    const canvas = new OffscreenCanvas(3000, 1500);
    canvas.getContext("2d")!.fillRect(0, 0, 1500, 1500);
    const bytes = new Uint8Array(await (await canvas.convertToBlob({ type: "image/jpeg" })).arrayBuffer());
    const place = new TextEncoder().encode("Exif\0\0SECRET-PLACE");
    const segment = [0xff, 0xe1, 0, place.length + 2, ...place];
    return [...bytes.slice(0, 2), ...segment, ...bytes.slice(2)];
  });
  await page.getByLabel("Add a photo").setInputFiles({ name: "IMG_0001.jpg", mimeType: "image/jpeg", buffer: Buffer.from(jpeg) });
  await expect(page.locator(".photos img")).toBeVisible();
  await page.getByLabel("What does it show?").fill("The jetty in the morning");
  await page.getByRole("button", { name: "Done" }).click();
  await expect(page.getByRole("img", { name: "The jetty in the morning" })).toBeVisible();
  const { answer } = await ask(page, { List: { filter: {}, from: 0, count: 1 } });
  const [{ id }] = (answer as { things: { id: string }[] }).things as [{ id: string }];
  const { answer: opened } = await ask(page, { Open: { id } });
  const photo = (opened as { record: { attachments: Record<string, unknown>[] } }).record.attachments[0]!;
  expect(photo).toMatchObject({ width: 2048, height: 1024, alt: "The jetty in the morning" });
  expect(JSON.stringify(photo)).not.toContain("IMG_0001");
  const { beside } = await ask(page, { ReadAttachment: { id: photo.id, part: 0 } });
  const stored = Buffer.from(beside.flat());
  expect(stored.length).toBe(photo.bytes);
  expect(stored.includes("SECRET-PLACE") || stored.includes("Exif")).toBe(false);
});

test("photos that are chosen while another is made smaller are all taken in, and Done waits for them", async ({ page }) => {
  await makeJournal(page);
  await begin(page, "Write");
  const [one, two, three] = await photos(page, "one.jpg", "two.jpg", "three.jpg");
  const input = page.getByLabel("Add a photo");
  await input.setInputFiles(one!);
  await input.setInputFiles([two!, three!]);
  await page.getByRole("button", { name: "Done" }).click();
  await expect(page.getByRole("button", { name: "Edit" })).toBeVisible({ timeout: 15_000 });
  await expect(page.locator("#journal img")).toHaveCount(3);
});

test("a photo that is still made smaller is kept if one leaves or locks", async ({ page }) => {
  await makeJournal(page);
  await begin(page, "Write");
  await text(page).fill("By the water");
  const [one, two] = await photos(page, "one.jpg", "two.jpg");
  await page.getByLabel("Add a photo").setInputFiles(one!);
  await home(page);
  const lines = page.getByRole("region", { name: "What you have written" });
  await lines.getByRole("button", { name: /By the water/ }).click();
  await expect(page.locator("#journal img")).toHaveCount(1);
  await page.getByRole("button", { name: "Edit" }).click();
  await page.getByLabel("Add a photo").setInputFiles(two!);
  await page.getByRole("button", { name: "Lock", exact: true }).click();
  await unlock(page);
  await page.getByRole("region", { name: "Not saved yet" }).getByRole("button").first().click();
  await expect(page.locator(".photos img")).toHaveCount(2);
});

test("a picture that cannot be read is named and nothing else is said, and the others are taken in", async ({ page }) => {
  await makeJournal(page);
  await begin(page, "Write");
  // What was on its way and did not come is seen, even where one was about to go on: while the last is still being made.
  const done = await page.getByRole("button", { name: "Done" }).elementHandle();
  await done!.evaluate((button) => {
    const last = new MutationObserver(() => {
      if (!document.querySelector("[role=alert]")) return;
      last.disconnect();
      (button as HTMLElement).click();
    });
    last.observe(document.getElementById("journal")!, { childList: true, subtree: true });
  });
  await page.getByLabel("Add a photo").setInputFiles(await photos(page, "one.jpg", "broken.jpg", "two.jpg"));
  await expect(page.locator(".photos img")).toHaveCount(2, { timeout: 15_000 });
  const said = page.getByRole("alert");
  await expect(said).toHaveText("“broken.jpg” was not added. This browser cannot read it. Try it as JPEG or PNG.");
  await status(page, "Saved");
  await page.getByLabel("Add a photo").setInputFiles(await photos(page, "three.jpg"));
  await expect(page.locator(".photos img")).toHaveCount(3);
  await expect(said).toHaveCount(0);
  await page.getByRole("button", { name: "Done" }).click();
  await expect(page.getByRole("button", { name: "Edit" })).toBeVisible();
  await expect(page.locator("#journal img")).toHaveCount(3);
});

test("a photo that is taken out can be brought back with what was written beside it", async ({ page }) => {
  await makeJournal(page);
  await begin(page, "Write");
  await page.getByLabel("Add a photo").setInputFiles(await photos(page, "one.jpg", "two.jpg"));
  await expect(page.locator(".photos img")).toHaveCount(2);
  await page.getByLabel("What does it show?").first().fill("The jetty");
  await page.getByRole("button", { name: "Take it out" }).first().click();
  await expect(page.locator(".photos img")).toHaveCount(1);
  await expect(page.getByText("Taken out.")).toBeVisible();
  const back = page.getByRole("button", { name: "Bring it back" });
  await expect(back).toBeFocused();
  expect((await back.boundingBox())!.height).toBeGreaterThanOrEqual(44);
  await page.keyboard.press("Enter");
  await expect(page.getByRole("img", { name: "The jetty" })).toBeVisible();
  await expect(page.getByLabel("What does it show?").first()).toHaveValue("The jetty");
  await expect(page.getByRole("button", { name: "Take it out" }).first()).toBeFocused();
  await page.getByRole("button", { name: "Done" }).click();
  await expect(page.locator("#journal img")).toHaveCount(2);
});

test("a photo that is still made smaller when its entry is left is there although the journal is locked at once", async ({ page }) => {
  await makeJournal(page);
  await begin(page, "Write");
  await text(page).fill("By the water");
  await holdPictures(page);
  await page.getByLabel("Add a photo").setInputFiles({ name: "one.png", mimeType: "image/png", buffer: Buffer.from(pixel) });
  await home(page);
  // In one breath: locking waits for the photo no longer than for a while.
  await page.getByRole("button", { name: "Lock", exact: true }).evaluate((lock: HTMLElement) => {
    lock.click();
    (window as unknown as { release: () => void }).release();
  });
  await unlock(page);
  await page.getByRole("region", { name: "What you have written" }).getByRole("button", { name: /By the water/ }).click();
  await expect(page.locator("#journal img")).toHaveCount(1);
});

for (const end of ["the journal locks", "the page is gone"]) {
  test(`photos that are cut off because ${end} are told where the journal opens, and can be chosen again`, async ({ page }) => {
    await makeJournal(page);
    await begin(page, "Write");
    await text(page).fill("By the water");
    const [one, two, three] = await photos(page, "one.jpg", "two.jpg", "three.jpg");
    await page.getByLabel("Add a photo").setInputFiles(one!);
    await expect(page.locator(".photos img")).toHaveCount(1);
    await holdPictures(page);
    await page.getByLabel("Add a photo").setInputFiles(two!);
    await page.getByLabel("Add a photo").setInputFiles(three!);
    if (end === "the journal locks") {
      // Longer than locking waits.
      await lock(page);
      await page.evaluate(() => (window as unknown as { release: () => void }).release());
    } else {
      // As all that is typed, they are named on disk within a second.
      await page.waitForTimeout(1_000);
      await page.reload();
    }
    await unlock(page);
    const unsaved = page.getByRole("region", { name: "Not saved yet" });
    await expect(unsaved).toContainText("By the water");
    await expect(unsaved).toContainText("cut off before it was kept");
    await unsaved.getByRole("button").first().click();
    await expect(page.locator(".photos img")).toHaveCount(1);
    const told = page.locator(".photos .notice");
    await expect(told).toHaveCount(2);
    await expect(told.first()).toContainText("cut off before it was kept");
    await page.getByLabel("Add a photo").setInputFiles([two!, three!]);
    await expect(page.locator(".photos img")).toHaveCount(3);
    for (const left of [2, 1]) {
      await expect(told).toHaveCount(left);
      await page.locator(".photos > li").filter({ has: page.locator(".notice") }).first().getByRole("button", { name: "Take it out" }).click();
    }
    await page.getByRole("button", { name: "Done" }).click();
    await expect(page.getByRole("button", { name: "Edit" })).toBeVisible();
    await expect(page.locator("#journal img")).toHaveCount(3);
    await expect(page.getByRole("alert")).toHaveCount(0);
    await home(page);
    await expect(page.locator("#journal")).not.toContainText("cut off");
  });
}
