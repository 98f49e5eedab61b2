// Every page in both languages: accessible, valid, narrow, quiet and light.

import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';

import { AxeBuilder } from '@axe-core/playwright';
import { HtmlValidate } from 'html-validate';

import { dayPath, giveDetails, holdTime, say } from './steps.js';
import { LANGUAGES, PHONE, setUp } from './town.js';
import { everyPage, open } from './walk.js';

const WCAG = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];

/** Rules about style alone are off: HTML is equally valid either way. */
const html = new HtmlValidate({
  root: true,
  extends: ['html-validate:recommended'],
  rules: {
    'doctype-style': 'off', // upper or lower case
    'void-style': 'off', // with or without a slash
    'no-inline-style': 'error', // the policy forbids them
    'long-title': 'off', // a search engine's taste, not HTML
    'no-trailing-whitespace': 'off', // the server writes no lines
    'attribute-boolean-style': 'off', // hidden or hidden=""
    'attribute-empty-style': 'off', // alt or alt=""
    'tel-non-breaking': 'off', // how a number wraps
    'require-sri': ['error', { target: 'crossorigin' }],
  },
});

let here;
let pages;
before(async () => {
  here = await setUp();
  const lists = await Promise.all(LANGUAGES.map((language, place) => everyPage(here, language, 8 + place * 10)));
  pages = Object.fromEntries(LANGUAGES.map((language, place) => [language, lists[place]]));
});
after(() => here.close());

/** Does the same with every page; all that is wrong is told at once. */
async function onEveryPage(language, page, look) {
  const wrong = [];
  for (const one of pages[language]) {
    await open(page, one);
    for (const finding of await look(one)) wrong.push(`${one.name}: ${finding}`);
  }
  assert.deepEqual(wrong, []);
}

/** What is coloured how doesn't depend on the language: the first is looked at, in the light and in the dark. */
const COLOURS = ['color-contrast', 'link-in-text-block'];
const looksAtColours = (language) => language === LANGUAGES[0];

const findings = async (page, choose) => {
  // What is right needn't be described. No page has frames, so that nothing has to be put together in another page.
  const builder = choose(new AxeBuilder({ page }).options({ resultTypes: ['violations'] }).setLegacyMode());
  const { violations } = await builder.analyze();
  return violations.map(({ id, nodes }) => `${id} (${nodes.length}): ${nodes[0].html.slice(0, 160)} – ${nodes[0].failureSummary.replaceAll('\n', ' ').slice(0, 200)}`);
};

const axe = (page, { colours = true } = {}) =>
  findings(page, (builder) => builder.withTags(WCAG).disableRules(colours ? [] : COLOURS));

/** In the dark only colours differ. */
async function axeInTheDark(page) {
  await page.emulateMedia({ colorScheme: 'dark' });
  const wrong = await findings(page, (builder) => builder.withRules(COLOURS));
  await page.emulateMedia({ colorScheme: 'light' });
  return wrong.map((finding) => `dark: ${finding}`);
}

/** One h1, the landmarks, the language, a skip link that works. */
async function outline(page, language) {
  const wrong = [];
  if (await page.locator('h1').count() !== 1) wrong.push('not one h1');
  for (const landmark of ['header', 'main', 'footer']) {
    if (await page.locator(`body > ${landmark}`).count() !== 1) wrong.push(`not one ${landmark}`);
  }
  if (await page.getAttribute('html', 'lang') !== language) wrong.push('html[lang]');
  await page.evaluate(() => document.activeElement.blur());
  const skip = page.locator('.skip');
  await skip.focus();
  const box = await skip.boundingBox();
  if (!box || box.x < 0 || box.width < 24) wrong.push('the skip link isn’t seen in focus');
  await page.keyboard.press('Enter');
  if (await page.evaluate(() => document.activeElement.id) !== 'main') wrong.push('the skip link leads nowhere');
  return wrong;
}

/** In the browser: what is too low for a finger. */
const smallTargets = () =>
  [...document.querySelectorAll('button, select, input:not([type=hidden]), .btn, nav a, .times a')]
    // What takes the Enter key of a form is hidden from everybody: nobody aims at it.
    .filter((element) => element.checkVisibility() && !element.closest('[aria-hidden=true]'))
    .filter((element) => {
      const box = element.getBoundingClientRect();
      const label = element.type === 'radio' && element.labels[0]?.getBoundingClientRect();
      return Math.max(box.height, label?.height ?? 0) < 23.5;
    })
    .map((element) => `a small target: ${element.outerHTML.slice(0, 120)}`);

/** In the browser: what makes a page of 320 px scroll sideways. */
const tooWide = () => {
  const width = document.documentElement.scrollWidth;
  if (width <= 320) return [];
  const wide = [...document.querySelectorAll('main *, header *, footer *')].filter((element) =>
    !element.closest('.scroll, .grid-frame') && element.getBoundingClientRect().right > 321);
  return [`${width} px: ${wide.slice(-1).map((element) => element.outerHTML.slice(0, 120))}`];
};

describe('every page', { concurrency: LANGUAGES.length }, () => {
  for (const language of LANGUAGES) {
    describe(`in ${language}`, () => {
      test('on a desktop: axe finds nothing, light or dark; one h1, landmarks, the right language, a skip link that works', async () => {
        const page = await here.visit();
        await onEveryPage(language, page, async () => {
          const wrong = await axe(page, { colours: looksAtColours(language) });
          if (looksAtColours(language)) wrong.push(...await axeInTheDark(page));
          return [...wrong, ...await outline(page, language)];
        });
      });

      test('on a phone: axe finds nothing, targets are 24 px or stand apart, nothing scrolls sideways at 320 px but tables in their frames', async () => {
        const page = await here.visit({ viewport: PHONE });
        await onEveryPage(language, page, async () => {
          await page.setViewportSize(PHONE);
          const wrong = await axe(page, { colours: looksAtColours(language) });
          wrong.push(...await page.evaluate(smallTargets));
          await page.setViewportSize({ width: 320, height: 640 });
          return [...wrong, ...await page.evaluate(tooWide)];
        });
      });

      test('the HTML is valid, and each title is its own', async () => {
        const page = await here.visit();
        const titles = new Map();
        const wrong = [];
        for (const { name, path } of pages[language]) {
          const source = await (await page.request.get(path)).text();
          const { results } = await html.validateString(source);
          const messages = results.flatMap((result) => result.messages);
          for (const { ruleId, message, selector } of messages) wrong.push(`${name}: ${ruleId}: ${message} (${selector})`);
          const [, title] = source.match(/<title>(.*?)<\/title>/);
          // One page in several states may keep its title, but pages may not share one.
          const kind = name.split(':')[0].replace(/^(search|choose|receipt|booking).*/, '$1');
          const other = titles.get(title);
          titles.set(title, kind);
          if (other && other !== kind) wrong.push(`${name}: “${title}” is that of ${other} too`);
        }
        assert.deepEqual([...new Set(wrong)], []);
      });

      test('with forced colours nothing to click disappears', async () => {
        const page = await here.visit({ forcedColors: 'active' });
        await open(page, pages[language].find(({ name }) => name === 'day of a facility'));
        const borders = await page.locator('.grid td > a').first().evaluate((cell) => getComputedStyle(cell).borderTopStyle);
        assert.equal(borders, 'solid');
      });

      test('no request leaves the town, the console is silent, the policy is kept', async () => {
        const page = await here.visit();
        const wrong = [];
        page.on('request', (request) => {
          if (!request.url().startsWith(here.town.url)) wrong.push(`asks ${request.url()}`);
        });
        page.on('pageerror', (error) => wrong.push(error.message));
        page.on('console', (message) => {
          // Chromium notes the status of an error page as well.
          const status = /status of (422|404)/.test(message.text());
          if (!status) wrong.push(`${message.type()}: ${message.text()}`);
        });
        page.on('response', (response) => {
          if (response.status() >= 400 && !response.request().isNavigationRequest()) wrong.push(`${response.status()} ${response.url()}`);
        });
        await page.addInitScript(() => {
          document.addEventListener('securitypolicyviolation', (event) => console.error(`policy: ${event.violatedDirective}`));
        });
        await onEveryPage(language, page, async ({ path }) => {
          await page.waitForLoadState('networkidle');
          const found = wrong.splice(0);
          const policy = (await page.request.get(path)).headers()['content-security-policy'];
          if (!policy?.includes("default-src 'none'")) found.push('no policy');
          return found;
        });
      });

      test('the errors of a form are as good as the rest', async () => {
        for (const colorScheme of ['light', 'dark']) {
          const page = await here.visit({ colorScheme, viewport: PHONE });
          await holdTime(page, language, { start: `2027-01-${language === 'sv' ? 11 : 12}T${colorScheme === 'dark' ? 10 : 12}:00:00Z` });
          await page.evaluate(() => { document.querySelector('#details').noValidate = true; });
          await Promise.all([page.waitForEvent('load'), page.click('#details .btn')]);
          assert.ok((await page.title()).startsWith(say(language, 'error-title').split('{')[0]));
          assert.deepEqual(await axe(page), []);
          const { results } = await html.validateString(await page.content());
          const ids = results.flatMap((result) => result.messages).map(({ ruleId, message }) => `${ruleId}: ${message}`);
          assert.deepEqual(ids, []);
          await giveDetails(page, language);
        }
      });
    });
  }
});

describe('weight', () => {
  /** What a first visit takes over the wire: heads and bodies, as encoded. */
  const weigh = async (path) => {
    const page = await here.visit({ viewport: PHONE });
    const responses = [];
    page.on('response', (response) => responses.push(response));
    await page.goto(path, { waitUntil: 'networkidle' });
    const lines = await Promise.all(responses.map(async (response) => {
      const sizes = await response.request().sizes();
      return { url: new URL(response.url()).pathname, bytes: sizes.responseBodySize + sizes.responseHeadersSize,
        encoding: response.headers()['content-encoding'] };
    }));
    return { lines, bytes: lines.reduce((sum, line) => sum + line.bytes, 0) };
  };

  for (const language of LANGUAGES) {
    test(`the first visit takes at most 100 kB, ${language}`, async (t) => {
      const { lines, bytes } = await weigh(`/${language}/`);
      t.diagnostic(`search: ${(bytes / 1000).toFixed(1)} kB in ${lines.length} answers`);
      assert.ok(bytes <= 100_000, JSON.stringify(lines));
      for (const { url, encoding } of lines.filter((line) => line.url.startsWith('/assets/'))) {
        assert.equal(encoding, 'br', url);
      }
    });

    test(`and a day's grid, script and all, ${language}`, async (t) => {
      const { lines, bytes } = await weigh(dayPath(language, 'tornion-jaahalli', '2026-12-10'));
      t.diagnostic(`grid: ${(bytes / 1000).toFixed(1)} kB in ${lines.length} answers: ${lines.map((line) => `${line.url.split('/').pop()} ${line.bytes} ${line.encoding}`).join(', ')}`);
      assert.ok(bytes <= 250_000, JSON.stringify(lines));
    });
  }
});
