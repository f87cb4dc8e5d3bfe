// Looks at notices and pictures of the data flow in a browser: no accessibility violation (axe) and nothing wider than the screen, on a desk and on a
// telephone, by day and by night.
//
// usage: node look.mjs CHROMIUM PAGE.html… [--pictures DIR]

import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { basename, join, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { chromium } from "playwright-core";

const [executablePath, ...rest] = process.argv.slice(2);
const at = rest.indexOf("--pictures");
const pictures = at >= 0 ? rest.splice(at, 2)[1] : undefined;
const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const tags = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];

let wrong = 0;
const complain = (...words) => {
  wrong += 1;
  console.error(...words);
};

const browser = await chromium.launch({ executablePath, args: ["--no-sandbox", "--disable-gpu"] });
for (const page of rest) {
  for (const [width, colorScheme] of [[1280, "light"], [390, "light"], [320, "dark"]]) {
    const context = await browser.newContext({ viewport: { width, height: 900 }, colorScheme });
    const tab = await context.newPage();
    const where = `${page} (${width} px, ${colorScheme})`;
    tab.on("pageerror", (error) => complain(where, "fails:", error.message));
    tab.on("requestfailed", (request) => complain(where, "asks for", request.url()));
    await tab.goto(pathToFileURL(resolve(page)).href);
    const widest = await tab.evaluate(() => document.documentElement.scrollWidth);
    if (widest > width) complain(where, `is ${widest} px wide`);
    await tab.evaluate(axe);
    const found = await tab.evaluate((tags) => axe.run(document, { runOnly: tags }), tags);
    for (const violation of found.violations) {
      const places = violation.nodes.slice(0, 3).map((node) => node.target.join(" ")).join("; ");
      complain(where, `${violation.id}: ${violation.help} (${places})`);
    }
    // A picture of the data flow opens where its labels can be read, and one that is chosen tells its clauses.
    const box = tab.locator(".node").first();
    if (await box.count()) {
      const size = await box.locator(".label").first().evaluate((label) => label.getBoundingClientRect().height);
      if (size < 8) complain(where, `opens with letters of ${size.toFixed(1)} px`);
      const seen = await box.evaluate((box) => {
        const column = [...document.querySelectorAll(`.${box.classList[1]}`)].filter((box) => box.matches(".node"));
        const places = column.map((box) => box.getBoundingClientRect());
        return places.filter(({ x, y }) => x >= 0 && y >= 0 && x < innerWidth && y < innerHeight).length;
      });
      if (!seen) complain(where, "opens without its first column");
    }
    if (found.passes.length < 10) complain(where, "axe looked at too little");
    if (pictures) {
      const name = `${basename(page, ".html")}-${width}-${colorScheme}.png`;
      await tab.screenshot({ path: join(pictures, name), fullPage: true });
    }
    if (await box.count()) {
      await box.dispatchEvent("click");
      if (!(await tab.locator("aside p").count())) complain(where, "a box tells no clause");
    }
    await context.close();
  }
}
await browser.close();
console.log(`${rest.length} pages looked at, ${wrong} faults`);
process.exit(wrong ? 1 : 0);
