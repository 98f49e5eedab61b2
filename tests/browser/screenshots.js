// Pictures of the pages for the documentation, into docs/screenshots/. Run by `make screenshots`.

import { mkdir } from 'node:fs/promises';
import path from 'node:path';

import { bookAndPay, dayPath } from './steps.js';
import { LANGUAGES, PHONE, root, setUp } from './town.js';

const folder = path.join(root, 'docs/screenshots');
const SIZES = { phone: PHONE, desktop: { width: 1120, height: 700 } };

const here = await setUp();
await mkdir(folder, { recursive: true });

const shoot = async (page, name) => {
  const file = path.join(folder, `${name}.png`);
  await page.screenshot({ path: file, animations: 'disabled', caret: 'hide' });
  console.log(path.relative(root, file));
};

/** Each visitor comes from the other bank. */
const STORIES = {
  sv: { town: 'tornio', grid: 'putaan-liikuntahalli', facility: 'tornion-jaahalli', currency: 'SEK' },
  fi: { town: 'haparanda', grid: 'gransvallen-bandy', facility: 'norra-affars-arena', currency: 'EUR' },
};

async function pictures(language, size, { dark = false, day }) {
  const page = await here.visit({ viewport: SIZES[size], colorScheme: dark ? 'dark' : 'light', reducedMotion: 'reduce' });
  const story = STORIES[language];
  const name = (what) => `${language}-${what}-${size}${dark ? '-dark' : ''}`;
  await page.goto(`/${language}/?kind=ice&town=${story.town}&date=2026-11-26&from=15`);
  await shoot(page, name('search'));
  await page.goto(dayPath(language, story.grid, '2026-11-26'));
  await page.locator('table[role=grid]').waitFor({ state: 'attached' });
  await page.locator(size === 'phone' ? '.day-list' : '.grid').evaluate((element) => {
    window.scrollTo({ top: element.getBoundingClientRect().top + window.scrollY - 140 });
  });
  await shoot(page, name('grid'));
  await bookAndPay(page, language, { facility: story.facility, start: `2026-12-${day}T16:00:00Z`, currency: story.currency });
  await shoot(page, name('ticket'));
  await page.context().close();
}

try {
  let day = 9;
  for (const language of LANGUAGES) {
    for (const size of Object.keys(SIZES)) {
      day += 1;
      await pictures(language, size, { day });
    }
    day += 1;
    await pictures(language, 'desktop', { day, dark: true });
  }
} finally {
  await here.close();
}
