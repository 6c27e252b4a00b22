// What someone sees: squiggle, hover, quick fixes, the fix applied, and a squiggle of its own accord when the CSS
// changes on disk. Each is asserted and then photographed.

import { appendFileSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

export const SQUIGGLE = '.squiggly-warning, .squiggly-error';

/** Goes through it all; the pictures are written into the folder `pictures`. */
export async function drive(code, pictures, report) {
  const page = await code.browser.newPage();
  const photograph = async (name) => {
    await page.locator('.statusbar-item', { hasText: 'Activating' }).waitFor({ state: 'hidden' });
    // What fades in is shown as it will stay.
    await page.screenshot({ path: join(pictures, `${name}.png`), animations: 'disabled' });
  };
  const step = async (name, work) => {
    try {
      await work();
      report(`ok     ${name}`);
    } catch (error) {
      await photograph('failed');
      throw new Error(`${name}: ${error.message}`);
    }
  };
  const template = join(code.workspace, 'templates/base.html');

  await step('a template without versions gets a squiggle', async () => {
    await page.goto(code.address(`folder=${code.workspace}`));
    await page.locator('.explorer-folders-view .monaco-list-row').first().waitFor();
    await open(page, 'base.html');
    await page.keyboard.press('Control+B');
    await page.locator(SQUIGGLE).first().waitFor({ timeout: 60_000 });
    await page.locator('.statusbar-item', { hasText: 'cachelint 1' }).waitFor();
    await photograph('squiggle');
  });

  await step('the hover names the file, its digest and the versioned URL', async () => {
    await point(page, SQUIGGLE);
    await shows(page, '.monaco-hover', /css\/site\.css.*has no version in its URL.*File now [0-9a-f]{8}.*Versioned: \/static\/css\/site\.css\?v=[0-9a-f]{8}/s);
    await photograph('hover');
  });

  await step('the quick fixes are offered, the versioning one first', async () => {
    await point(page, SQUIGGLE, { click: true });
    await page.keyboard.press('Control+.');
    await shows(page, '.action-widget .monaco-list-row.action', /^Add v='[0-9a-f]{8}'/);
    await photograph('quick-fix');
  });

  await step('the chosen fix writes the version and ends the squiggle', async () => {
    await page.keyboard.press('Enter');
    await page.locator(SQUIGGLE).first().waitFor({ state: 'detached' });
    await shows(page, '.view-lines', /url_for\('static',\sfilename='css\/site\.css',\sv='[0-9a-f]{8}'\)/);
    await page.locator('.statusbar-item', { hasText: /^\W*cachelint$/ }).waitFor();
    await photograph('fixed');
    await page.keyboard.press('Control+S');
    await until(() => /v='[0-9a-f]{8}'/.test(readFileSync(template, 'utf8')), 'the template is saved');
  });

  await step('the CSS changes on disk, and a squiggle says that the version is out of date', async () => {
    appendFileSync(join(code.workspace, 'static/css/site.css'), '\nmain {\n  padding: 1rem;\n}\n');
    await page.locator('.squiggly-error').first().waitFor();
    await point(page, '.squiggly-error');
    await shows(page, '.monaco-hover', /out of date.*Written [0-9a-f]{8} → now [0-9a-f]{8}/s);
    await photograph('stale');
  });

  await step('a server that does not run is said, with a way to the instructions', async () => {
    const settings = join(code.workspace, '.vscode/settings.json');
    mkdirSync(join(settings, '..'));
    writeFileSync(settings, '{ "cachelint.path": "/nowhere/cachelint" }\n');
    await page.locator('.statusbar-item.warning-kind', { hasText: 'cachelint' }).waitFor();
    await page.locator('[id="status.notifications"]').click();
    await shows(page, '.notification-list-item', /cachelint\.path is \/nowhere\/cachelint, which does not run/);
    await page.locator('.notification-list-item').getByText('How to Install').click();
    await page.locator('.tab', { hasText: 'INSTALL.md' }).waitFor();
    rmSync(settings);
    await page.locator('.statusbar-item', { hasText: 'cachelint 1' }).waitFor();
  });
  await page.close();
}

/** Opens a file as people do. */
export async function open(page, name) {
  await page.keyboard.press('Control+P');
  await page.locator('.quick-input-widget input').first().waitFor();
  await page.keyboard.type(name);
  await page.locator('.quick-input-list .monaco-list-row', { hasText: name }).first().click();
  await page.locator('.monaco-editor .view-line').first().waitFor();
}

/** Puts the mouse on an element, coming from elsewhere so that what was shown goes away first. */
async function point(page, selector, { click = false } = {}) {
  await page.mouse.move(5, 400);
  await page.locator('.monaco-hover:visible').first().waitFor({ state: 'detached' });
  const box = await page.locator(selector).first().boundingBox();
  const [x, y] = [box.x + box.width / 2, box.y + box.height / 2];
  await (click ? page.mouse.click(x, y) : page.mouse.move(x, y));
}

/** Waits until an element's text matches; non-breaking spaces count as spaces. */
async function shows(page, selector, pattern) {
  let seen = [];
  await until(async () => {
    const texts = await page.locator(selector).allInnerTexts();
    seen = texts.map((text) => text.replaceAll('\u00a0', ' '));
    return seen.some((text) => pattern.test(text));
  }, () => `${selector} shows ${pattern}; it showed ${JSON.stringify(seen)}`);
}

/** Waits until something holds; `what` says what never happened. */
export async function until(holds, what) {
  const end = Date.now() + 30_000;
  while (!(await holds())) {
    if (Date.now() > end) throw new Error(typeof what === 'function' ? what() : what);
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}
