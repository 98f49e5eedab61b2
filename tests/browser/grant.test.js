// A municipality pays a part: a code is typed on the pay page, the rest is paid, and the receipt says who paid what.

import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';

import { AxeBuilder } from '@axe-core/playwright';

import { atTerminal, bookingPath, giveDetails, holdTime, path_words, say, textOf } from './steps.js';
import { LANGUAGES, PHONE, setUp } from './town.js';

const STORIES = {
  sv: { start: '2026-12-10T16:00:00Z', currency: 'SEK', rest: '686,12 kr', part: '−62,50 € · −686,13 kr', town: 'Haparanda' },
  fi: { start: '2026-12-10T18:00:00Z', currency: 'EUR', rest: '62,50 €', part: '−62,50 € · −686,13 kr', town: 'Haaparanta' },
};

let here;
let grant;
before(async () => {
  here = await setUp();
  const [made] = await here.town.command('grant', 'add', 'haparanda', '--name-sv', 'Lokalbidrag', '--name-fi', 'Tila-avustus',
    '--percent', '50', '--budget', '50000.00', '--from', '2026-08-01', '--until', '2027-05-31');
  [grant] = made.split('\t');
});
after(() => here.close());

for (const language of LANGUAGES) {
  for (const js of [true, false]) {
    describe(`a grant, ${language}, ${js ? 'with' : 'without'} JavaScript`, () => {
      test('is typed, taken off, typed again and paid with', async () => {
        const story = STORIES[language];
        const start = js ? story.start : new Date(Date.parse(story.start) + 86_400_000).toISOString();
        const [code] = await here.town.command('grant', 'vouchers', grant);
        const page = await here.visit({ js, viewport: PHONE });
        const token = await holdTime(page, language, { start });
        await giveDetails(page, language);
        await page.goto(bookingPath(language, token, 'pay'));
        const button = (key) => page.getByRole('button', { name: say(language, key), exact: true });
        await page.fill('#grant', 'K7MQ');
        await button('grant-submit').click();
        await page.locator('.summary').waitFor();
        assert.equal(await page.inputValue('#grant'), 'K7MQ');
        if (js) assert.deepEqual((await new AxeBuilder({ page }).analyze()).violations, []);
        await page.fill('#grant', code.toLowerCase());
        await button('grant-submit').click();
        const sums = await textOf(page.locator('.granted'));
        assert.ok(sums.includes(story.part) && sums.includes(story.town), sums);
        if (js) assert.deepEqual((await new AxeBuilder({ page }).analyze()).violations, []);
        await button('grant-remove').click();
        await page.fill('#grant', code);
        await button('grant-submit').click();
        const pay = page.locator(`#pay button[value=${story.currency}]`);
        assert.ok((await textOf(pay)).includes(story.rest));
        await pay.click();
        await page.waitForURL('**/terminal/*');
        await atTerminal(page, language, 'pay');
        assert.ok((await textOf(page.locator('main'))).includes(story.town));
        await page.goto(bookingPath(language, token, 'receipt'));
        const receipt = await textOf(page.locator('main'));
        for (const part of ['125,00 €', '−62,50 €', '14,87 €', story.town]) assert.ok(receipt.includes(part), `${part}: ${receipt}`);
        assert.equal(new URL(page.url()).pathname, `/${language}/${path_words(language).booking}/${token}/${path_words(language).receipt}`);
      });
    });
  }
}
