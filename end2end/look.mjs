import { chromium } from "@playwright/test";
const [,, w="360", h="740", scheme="light"] = process.argv;
const out = `/tmp/lead/shots/${w}-${scheme}`;
const b = await chromium.launch({ executablePath: "/usr/bin/chromium", args: ["--no-sandbox","--use-fake-device-for-media-stream","--use-fake-ui-for-media-stream"] });
const c = await b.newContext({ viewport: { width: +w, height: +h }, colorScheme: scheme, deviceScaleFactor: 1, hasTouch: +w<500, isMobile: +w<500, locale:"en-GB" });
const p = await c.newPage();
p.on("console", m => console.log("console", m.type(), m.text().slice(0,300)));
p.on("pageerror", e => console.log("pageerror", e.message.slice(0,500)));
let n=0; const shot = async (name) => { await p.waitForTimeout(300); await p.screenshot({ path: `${out}-${String(++n).padStart(2,"0")}-${name}.png`, fullPage: true }); };
const B = process.env.BASE ?? "http://127.0.0.1:3020";
try {
await p.goto(B+"/journal");
await p.waitForSelector("#journal h1"); await shot("first");
await p.getByRole("button",{name:"Make my journal"}).click(); await shot("passphrase");
await p.getByLabel("Passphrase",{exact:true}).fill("seven slow herons cross the water"); await shot("passphrase-typed");
const t=Date.now(); await p.getByRole("button",{name:"Make my journal"}).click(); await p.waitForTimeout(150); await shot("deriving");
await p.getByRole("button",{name:"Later"}).waitFor({timeout:60000}); console.log("made in", Date.now()-t); await shot("words");
await p.getByRole("button",{name:"Later"}).click(); await p.getByRole("button",{name:"Write"}).click(); await shot("home-empty"); await p.getByRole("button",{name:/^Write/}).or(p.getByRole("link",{name:/^Write/})).first().click(); await shot("write");
console.log(await p.locator("main").innerText());
const ta=p.locator("textarea").first(); await ta.fill("# After the session\n\nThe room was **blue** and the music went on.\n\n- a door\n- my grandmother's kitchen\n\n> stay with it"); await p.waitForTimeout(1500); await shot("written");
await p.getByRole("button",{name:"Save"}).first().click(); await p.waitForTimeout(800); await shot("saved"); console.log(await p.locator("main").innerText());
await p.getByRole("button",{name:"Journal",exact:true}).or(p.getByRole("link",{name:"Journal",exact:true})).first().click(); await p.waitForTimeout(500); await shot("home"); console.log(await p.locator("main").innerText());
for (const name of ["Check in","Session","Capture"]) { const x=p.getByRole("button",{name}).or(p.getByRole("link",{name})).first(); if (await x.count()) { await x.click(); await shot(name.replace(" ","-")); await p.goBack(); await p.waitForTimeout(300);} else console.log("no", name); }
await p.getByRole("button",{name:"More"}).or(p.locator("summary",{hasText:"More"})).first().click(); await shot("more"); console.log(await p.locator("body").innerText());
} catch (e) { console.log("FAILED", e.message.slice(0,800)); await shot("failed"); }
await b.close();
