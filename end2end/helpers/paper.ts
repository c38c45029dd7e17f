// What comes out of a printer: the browser's PDF of a page, read as text and looked at as a scanner does.

import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

import type { Page } from "@playwright/test";
import jsqr from "jsqr";

// The package is CommonJS with a default of its own.
const read = (jsqr as unknown as { default: typeof jsqr.default }).default;

/** A room of its own for drawing PDFs, in the same browser: the site's pages allow no other scripts. */
const room = "http://paper.test/";
const drawer = fileURLToPath(import.meta.resolve("unpdf/pdfjs"));

/** What a page prints as. */
export function printed(page: Page, format: "A4" | "Letter" = "A4"): Promise<Buffer> {
  return page.pdf({ format, preferCSSPageSize: true, tagged: true, outline: true, printBackground: false });
}

/** A code as a phone finds it on a sheet: what it says, and the width of its dark part in millimetres. */
export interface Code {
  text: string;
  width: number;
}

/** The code on the last sheet of a PDF; undefined where a camera finds none. The sheet is drawn with about 220 dots an inch. */
export async function codeOnLastSheet(page: Page, pdf: Buffer): Promise<Code | undefined> {
  const scale = 3;
  const desk = await page.context().newPage();
  try {
    await desk.route(`${room}**`, (route) =>
      route.request().url().endsWith(".mjs")
        ? route.fulfill({ contentType: "text/javascript", body: readFileSync(drawer, "utf8") })
        : route.fulfill({ contentType: "text/html", body: "<!doctype html><link rel=icon href=data:,><title>A sheet</title>" }),
    );
    await desk.goto(room);
    const { width, height, dots } = await desk.evaluate(
      async ({ address, bytes, scale }) => {
        const drawer = (await import(address)) as typeof import("unpdf/pdfjs");
        const sheets = await drawer.getDocument({ data: Uint8Array.from(atob(bytes), (byte) => byte.charCodeAt(0)) }).promise;
        const sheet = await sheets.getPage(sheets.numPages);
        const viewport = sheet.getViewport({ scale });
        const canvas = Object.assign(document.createElement("canvas"), { width: Math.round(viewport.width), height: Math.round(viewport.height) });
        const canvasContext = canvas.getContext("2d")!;
        await sheet.render({ canvas, canvasContext, viewport }).promise;
        const { width, height } = canvas;
        const { data } = canvasContext.getImageData(0, 0, width, height);
        let dots = "";
        for (let at = 0; at < data.length; at += 4) dots += String.fromCharCode(data[at + 1]!);
        return { width, height, dots };
      },
      { address: `${room}drawer.mjs`, bytes: pdf.toString("base64"), scale },
    );
    const grey = new Uint8ClampedArray(width * height * 4).fill(255);
    for (let at = 0; at < dots.length; at += 1) grey.fill(dots.charCodeAt(at), at * 4, at * 4 + 3);
    const found = read(grey, width, height);
    if (!found) return undefined;
    const { topLeftCorner: from, topRightCorner: to } = found.location;
    return { text: found.data, width: (Math.hypot(to.x - from.x, to.y - from.y) * 25.4) / (72 * scale) };
  } finally {
    await desk.close();
  }
}
