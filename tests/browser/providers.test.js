// Paying at real providers, as they are published: Paytrail's page and back, Swish's code and the page that waits.

import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { createInterface } from 'node:readline';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, before, describe, test } from 'node:test';

import { AxeBuilder } from '@axe-core/playwright';
import { HtmlValidate } from 'html-validate';

import { bookingPath, giveDetails, holdTime, path_words, say, textOf } from './steps.js';
import { PHONE, binary, setUp } from './town.js';

let here;
let fakes;
before(async () => {
  fakes = await openFakes();
  here = await setUp({ settings: fakes.settings });
});
after(async () => {
  await here?.close();
  await fakes?.close();
});

/** Paytrail and Swish on this machine, and the settings that lead there. */
async function openFakes() {
  const folder = await mkdtemp(path.join(tmpdir(), 'vayla-providers-'));
  const program = spawn(path.join(path.dirname(binary), 'fake-providers'), [folder], { stdio: ['ignore', 'pipe', 'inherit'] });
  process.once('exit', () => program.kill());
  const settings = {};
  for await (const line of createInterface({ input: program.stdout })) {
    const [name, value] = line.split(/=(.*)/);
    settings[name] = value;
    if (name === 'SWISH_APP') break;
  }
  const { SWISH_APP: app, ...ours } = settings;
  const close = async () => {
    program.kill();
    await rm(folder, { recursive: true, force: true });
  };
  const post = (url, body) => fetch(url, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) });
  return {
    settings: ours,
    close,
    paytrail: ours.VAYLA_PAYTRAIL_TORNIO_URL,
    /** What the payer's app does with a code. */
    payInApp: async (token) => assert.equal((await post(`${app}/app/${token}/pay`, {})).status, 200),
    swishFaults: (faults) => post(`${app}/faults`, faults),
    paytrailFaults: (faults) => post(`${ours.VAYLA_PAYTRAIL_TORNIO_URL}/faults`, faults),
  };
}

/** From a free time to the choice of currency. */
async function toPayment(page, language, start) {
  const token = await holdTime(page, language, { start });
  await giveDetails(page, language);
  await page.click('main form:not(.hold form) .btn');
  await page.waitForURL(`**/${path_words(language).pay}`);
  return token;
}

const onSwish = async (page, language) => {
  await page.click('#pay button[value=SEK]');
  await page.waitForURL(`**/${language}/swish/*`);
  const link = await page.locator('.swish a.btn:not(.quiet)').getAttribute('href');
  return new URL(link).searchParams.get('token');
};

for (const [language, day] of [['sv', '2026-12-10'], ['fi', '2026-12-11']]) {
  describe(`paying, ${language}`, () => {
    test('at Paytrail, and back to the ticket', async () => {
      const page = await here.visit();
      const token = await toPayment(page, language, `${day}T08:00:00Z`);
      await page.click('#pay button[value=EUR]');
      await page.waitForURL(`${fakes.paytrail}/pay/*`);
      await page.click('button[value=ok]');
      await page.waitForURL(`**${bookingPath(language, token)}`);
      assert.equal(await textOf(page.locator('h1')), say(language, 'ticket-confirmed'));
    });

    test('at Paytrail, cancelled: the time is still held', async () => {
      const page = await here.visit();
      const token = await toPayment(page, language, `${day}T09:00:00Z`);
      await page.click('#pay button[value=EUR]');
      await page.waitForURL(`${fakes.paytrail}/pay/*`);
      await page.click('button[value=fail]');
      await page.waitForURL(`**${bookingPath(language, token)}`);
      assert.equal(await textOf(page.locator('h1')), say(language, 'ticket-held'));
    });

    for (const js of [true, false]) {
      test(`by Swish, while the page waits ${js ? 'with' : 'without'} a script`, async () => {
        const page = await here.visit({ js, viewport: PHONE });
        const token = await toPayment(page, language, `${day}T${js ? 10 : 11}:00:00Z`);
        const app = await onSwish(page, language);
        await fakes.swishFaults({ loses_calls: true });
        await fakes.payInApp(app);
        await page.waitForURL(`**${bookingPath(language, token)}`);
        assert.equal(await textOf(page.locator('h1')), say(language, 'ticket-confirmed'));
        await fakes.swishFaults({});
      });
    }

    test('by Swish, given up: the time is still held', async () => {
      const page = await here.visit();
      const token = await toPayment(page, language, `${day}T12:00:00Z`);
      await onSwish(page, language);
      await page.click('.swish form button');
      await page.waitForURL(`**${bookingPath(language, token)}`);
      assert.equal(await textOf(page.locator('h1')), say(language, 'ticket-held'));
    });

    test('while Paytrail is down, by Swish instead', async () => {
      const page = await here.visit();
      await toPayment(page, language, `${day}T13:00:00Z`);
      await fakes.paytrailFaults({ down: true });
      const answered = page.waitForResponse((response) => response.request().method() === 'POST');
      await page.click('#pay button[value=EUR]');
      assert.equal((await answered).status(), 503);
      await fakes.paytrailFaults({});
      assert.equal(await textOf(page.locator('.summary li')), say(language, 'problem-provider-down'));
      await onSwish(page, language);
    });

    test('the page for Swish is accessible, valid and narrow enough', async () => {
      for (const colorScheme of ['light', 'dark']) {
        const page = await here.visit({ viewport: PHONE, colorScheme });
        await toPayment(page, language, `${day}T${colorScheme === 'dark' ? 14 : 15}:00:00Z`);
        await onSwish(page, language);
        const { violations } = await new AxeBuilder({ page }).analyze();
        assert.deepEqual(violations.map(({ id, nodes }) => `${id}: ${nodes[0].html}`), []);
        assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= window.innerWidth));
        if (process.env.VAYLA_TEST_PICTURES) {
          await page.screenshot({ path: `${process.env.VAYLA_TEST_PICTURES}/swish-${language}-${colorScheme}.png`, fullPage: true });
        }
      }
      const page = await here.visit();
      await toPayment(page, language, `${day}T16:00:00Z`);
      await onSwish(page, language);
      if (process.env.VAYLA_TEST_PICTURES) {
        await page.screenshot({ path: `${process.env.VAYLA_TEST_PICTURES}/swish-${language}-desktop.png`, fullPage: true });
      }
      const source = await (await page.request.get(page.url())).text();
      const html = new HtmlValidate({ root: true, extends: ['html-validate:recommended'], rules: {
        'doctype-style': 'off', 'void-style': 'off', 'long-title': 'off', 'no-trailing-whitespace': 'off',
        'attribute-boolean-style': 'off', 'attribute-empty-style': 'off', 'tel-non-breaking': 'off',
      } });
      const { results } = await html.validateString(source);
      assert.deepEqual(results.flatMap(({ messages }) => messages.map(({ ruleId, message }) => `${ruleId}: ${message}`)), []);
    });
  });
}
