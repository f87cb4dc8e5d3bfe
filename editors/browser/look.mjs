// Opens the page as a person would: a finding under the text, what a name is beside it, the notice that follows the text.
//
// usage: node look.mjs CHROMIUM PROGRAM [PICTURE.png]

import assert from "node:assert/strict";
import { cpSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { chromium } from "playwright-core";
import { serve } from "./serve.mjs";

const [executablePath, program, picture] = process.argv.slice(2);
const folder = mkdtempSync(join(tmpdir(), "kupuya-"));
cpSync(fileURLToPath(new URL("../../examples/modern", import.meta.url)), folder, { recursive: true });
const served = await serve(join(folder, "policy.kup"), program);
const browser = await chromium.launch({ executablePath, args: ["--no-sandbox", "--disable-gpu"] });
try {
  const tab = await browser.newPage({ viewport: { width: 1400, height: 900 } });
  tab.on("pageerror", (error) => assert.fail(error));
  await tab.goto(served.address);
  const notice = tab.frameLocator("#notice");
  await notice.locator("h1").first().waitFor({ timeout: 60000 });

  // A purpose that says what it is by a name that is nowhere.
  await tab.locator(".cm-content").click();
  await tab.keyboard.press("Control+End");
  await tab.keyboard.insertText('\npurpose lottery "утуш оюндарын өткөрүү" is no_such_thing\n');
  await tab.locator(".cm-lintRange-error").first().waitFor({ timeout: 60000 });
  console.log("ok: a finding stands under the text");

  await notice.getByText("утуш оюндарын өткөрүү").first().waitFor({ timeout: 60000 });
  console.log("ok: the notice follows the text");

  await notice.locator("[data-unit]", { hasText: "утуш оюндарын өткөрүү" }).last().click();
  await tab.locator(".cm-activeLine", { hasText: "purpose lottery" }).waitFor({ timeout: 60000 });
  console.log("ok: a clause leads to its line");

  await tab.locator(".cm-line", { hasText: "purpose lottery" }).getByText("lottery").first().hover({ position: { x: 80, y: 6 } });
  await tab.locator(".cm-lsp-hover-tooltip, .cm-tooltip-hover").first().waitFor({ timeout: 60000 });
  const shown = await tab.locator(".cm-tooltip-hover").first().innerText();
  assert.match(shown, /утуш|no_such_thing/);
  console.log("ok: a name is told beside it");
  if (picture) await tab.screenshot({ path: picture });
  console.log("4 passed, 0 failed");
} finally {
  await browser.close();
  served.close();
  rmSync(folder, { recursive: true });
}
