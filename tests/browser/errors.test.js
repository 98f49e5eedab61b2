// What goes wrong: in what is typed, at the bank, on the way.

import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';

import {
  PERSON, at, atTerminal, bookAndPay, bookingPath, choosePath, giveDetails, goAndPay, holdTime, path_words, say, textOf,
  tokenOf,
} from './steps.js';
import { LANGUAGES, PHONE, setUp, until } from './town.js';

let here;
before(async () => { here = await setUp(); });
after(() => here.close());

const ICE = { facility: 'norra-affars-arena', space: 'hela-isen' };
/** Each test has a day of its own, beyond the demonstration's bookings. */
let day = 0;
const freeStart = () => {
  day += 1;
  return new Date(Date.UTC(2027, 0, 7 + day, 16)).toISOString();
};

const FAULT = { sv: 'Fel: ', fi: 'Virhe: ' };

/** All that a page with errors must have; `fields` are those at fault. */
async function isErrorPage(page, language, fields) {
  assert.ok((await page.title()).startsWith(FAULT[language]), await page.title());
  await page.waitForFunction(() => document.activeElement?.matches('.summary'));
  const links = page.locator('.summary a');
  assert.deepEqual(await links.evaluateAll((all) => all.map((link) => link.getAttribute('href'))), fields.map((id) => `#${id}`));
  const count = await textOf(page.locator('.summary h2'));
  assert.match(count, fields.length === 1 ? /\b(En|yksi)\b/ : new RegExp(`\\b${fields.length}\\b`));
  for (const [place, id] of fields.entries()) {
    const message = await textOf(links.nth(place));
    assert.equal(await page.getAttribute(`#${id}`, 'aria-invalid'), 'true', id);
    const described = (await page.getAttribute(`#${id}`, 'aria-describedby'))?.split(' ') ?? [];
    assert.ok(described.includes(`${id}-error`), `${id} is described by ${described}`);
    assert.equal(await textOf(page.locator(`#${id}-error`)), message);
    await links.nth(place).click();
    assert.equal(await page.evaluate(() => document.activeElement.id), id, 'the link leads to the field');
  }
}

const answerTo = (page, act) => Promise.all([
  page.waitForResponse((response) => response.request().isNavigationRequest()), act(),
]).then(([response]) => response);

for (const language of LANGUAGES) {
  describe(`fields, ${language}`, () => {
    test('a search that isn’t understood', async () => {
      const page = await here.visit({ viewport: PHONE });
      const answer = await page.goto(`/${language}/?date=31.2.&from=kväll&people=många&kind=ice`);
      assert.equal(answer.status(), 422);
      await isErrorPage(page, language, ['date', 'from', 'people']);
      assert.equal(await page.inputValue('#date'), '31.2.');
      assert.equal(await page.inputValue('#from'), 'kväll');
      assert.equal(await page.inputValue('#people'), 'många');
      assert.equal(await page.inputValue('#kind'), 'ice');
    });

    test('a time that isn’t one', async () => {
      const page = await here.visit();
      await page.goto(choosePath(language, 'norra-affars-arena', 'hela-isen', `?start=${at(freeStart())}`));
      await page.fill('#date', 'någon gång');
      await page.fill('#time', '25:61');
      const answer = await answerTo(page, () => page.click('#choose .btn:not(.quiet)'));
      assert.equal(answer.status(), 422);
      await isErrorPage(page, language, ['date', 'time']);
      assert.equal(await page.inputValue('#date'), 'någon gång');
      assert.equal(await page.inputValue('#time'), '25:61');
    });

    test('times that can’t be booked say why', async () => {
      const page = await here.visit();
      for (const [time, field, key] of [
        ['2026-11-22T16:00:00Z', 'time', 'problem-in-the-past'],
        ['2026-12-10T02:00:00Z', 'time', 'problem-closed'],
        ['2028-12-10T16:00:00Z', 'date', null],
      ]) {
        const answer = await page.goto(choosePath(language, 'norra-affars-arena', 'hela-isen', `?start=${at(time)}`));
        assert.equal(answer.status(), 422);
        await isErrorPage(page, language, [field]);
        if (key) assert.equal(await textOf(page.locator('.summary a')), say(language, key, { why: say(language, 'closed-hours') }));
      }
    });

    test('details that are missing or wrong', async () => {
      const page = await here.visit({ viewport: PHONE });
      await holdTime(page, language, { ...ICE, start: freeStart() });
      await page.evaluate(() => { document.querySelector('#details').noValidate = true; });
      const typed = { name: ' ', email: 'asa@', phone: 'ring mig', purpose: 'Träning 🏒', people: 'tolv' };
      for (const [field, value] of Object.entries(typed)) await page.fill(`#${field}`, value);
      const answer = await answerTo(page, () => page.click('#details .btn'));
      assert.equal(answer.status(), 422);
      await isErrorPage(page, language, ['name', 'email', 'phone', 'people']);
      for (const [field, value] of Object.entries(typed)) assert.equal(await page.inputValue(`#${field}`), value);
      await giveDetails(page, language, { ...PERSON, phone: '+46 70 123 45 67' });
    });

    test('details without JavaScript', async () => {
      const page = await here.visit({ js: false });
      await holdTime(page, language, { ...ICE, start: freeStart() });
      await page.fill('#name', PERSON.name);
      await page.fill('#email', PERSON.email);
      await page.fill('#people', '-3');
      const answer = await answerTo(page, () => page.click('#details .btn'));
      assert.equal(answer.status(), 422);
      assert.equal(await page.inputValue('#name'), PERSON.name);
      assert.equal(await page.inputValue('#people'), '-3');
      assert.equal(await page.getAttribute('.summary', 'autofocus'), '');
    });
  });
}

describe('a time that another takes first', () => {
  for (const language of LANGUAGES) {
    test(`offers what is free nearby, ${language}`, async () => {
      const start = freeStart();
      const [first, second] = [await here.visit(), await here.visit({ viewport: PHONE })];
      await second.goto(choosePath(language, ICE.facility, ICE.space, `?start=${at(start)}&minutes=60`));
      await holdTime(first, language, { ...ICE, start });
      const answer = await answerTo(second, () => second.click('#choose .btn:not(.quiet)'));
      assert.equal(answer.status(), 422);
      await isErrorPage(second, language, ['time']);
      assert.equal(await textOf(second.locator('.summary a')), say(language, 'problem-occupied'));
      const link = second.locator('.alternatives a').first();
      assert.match(await link.getAttribute('href'), /\?start=\d+&minutes=60&group=adult&use=sport$/);
      await link.click();
      await second.click('#choose .btn:not(.quiet)');
      await second.waitForURL(`**/${path_words(language).details}`);
    });
  }
});

describe('at the bank', () => {
  const toTerminal = async (page, language) => {
    await holdTime(page, language, { ...ICE, start: freeStart() });
    await giveDetails(page, language);
    await goAndPay(page, language, 'SEK');
  };
  const heading = (page) => textOf(page.locator('h1'));
  const lead = (page) => textOf(page.locator('.lead'));

  for (const language of LANGUAGES) {
    test(`it says no, ${language}: the time is still held, and paying again works`, async () => {
      const page = await here.visit();
      await toTerminal(page, language);
      await atTerminal(page, language, 'refuse');
      assert.equal(await heading(page), say(language, 'ticket-held'));
      assert.equal(await lead(page), say(language, 'ticket-held-refused'));
      await page.click('.ticket .acts .btn:not(.quiet)');
      await page.click('#pay button[value=SEK]');
      await page.waitForURL('**/terminal/*');
      await atTerminal(page, language, 'pay');
      assert.equal(await heading(page), say(language, 'ticket-confirmed'));
    });

    test(`the payer turns back, ${language}`, async () => {
      const page = await here.visit();
      await toTerminal(page, language);
      await atTerminal(page, language, 'abandon');
      assert.equal(await lead(page), say(language, 'ticket-held-abandoned'));
    });

    test(`the money comes late, ${language}: who looks again finds the time booked`, async () => {
      const page = await here.visit();
      await toTerminal(page, language);
      await atTerminal(page, language, 'late');
      assert.equal(await heading(page), say(language, 'ticket-waiting'));
      assert.equal(await page.getByRole('link', { name: say(language, 'ticket-look-again') }).count(), 1);
      const confirmed = say(language, 'ticket-confirmed');
      await until('the confirmed time', async () => {
        await page.reload();
        return (await heading(page)) === confirmed;
      });
    });

    test(`the money comes twice, ${language}: one payment goes back`, async () => {
      const page = await here.visit();
      await toTerminal(page, language);
      await atTerminal(page, language, 'twice');
      assert.equal(await heading(page), say(language, 'ticket-confirmed'));
      const note = say(language, 'ticket-paid-twice', { amount: '825,00 kr' });
      await until('the refund', async () => {
        await page.reload();
        const notes = await page.locator('.note').allInnerTexts();
        return notes.some((text) => text.replaceAll('\u00a0', ' ') === note);
      });
    });

    test(`no answer at all, ${language}`, async () => {
      const page = await here.visit();
      await toTerminal(page, language);
      await page.evaluate(() => {
        const form = document.querySelector('#outcome');
        form.querySelectorAll('button').forEach((button) => { button.value = 'perhaps'; });
      });
      const answer = await answerTo(page, () => page.click('#outcome .btn >> nth=0'));
      assert.equal(answer.status(), 422);
      assert.ok((await page.title()).startsWith(FAULT[language]));
      assert.equal(await page.locator(await page.locator('.summary a').getAttribute('href')).count(), 1);
    });
  }
});

describe('links and forms that somebody has changed', () => {
  test('a booking’s link with another letter leads nowhere', async () => {
    for (const language of LANGUAGES) {
      const page = await here.visit();
      const token = await bookAndPay(page, language, { ...ICE, start: freeStart(), currency: 'SEK' });
      const other = `${token.slice(0, 20)}${token[20] === 'A' ? 'B' : 'A'}${token.slice(21)}`;
      for (const step of [undefined, 'details', 'check', 'pay', 'cancel', 'receipt', 'calendar']) {
        const answer = await page.goto(bookingPath(language, other, step));
        assert.equal(answer.status(), 404, `${step}`);
        assert.equal(await textOf(page.locator('h1')), say(language, 'trouble-not-found'));
      }
      // A finished booking has no steps any more: they lead to the ticket.
      for (const step of ['details', 'check', 'pay']) {
        await page.goto(bookingPath(language, token, step));
        assert.equal(new URL(page.url()).pathname, bookingPath(language, token));
      }
    }
  });

  test('a hold that was given back is over: each step says so', async () => {
    for (const language of LANGUAGES) {
      const page = await here.visit();
      const token = await holdTime(page, language, { ...ICE, start: freeStart() });
      await page.goto(bookingPath(language, token, 'cancel'));
      await page.click('main form .btn');
      await page.waitForURL(`**/${token}`);
      for (const step of ['details', 'check', 'pay', 'cancel']) {
        await page.goto(bookingPath(language, token, step));
        assert.equal(new URL(page.url()).pathname, bookingPath(language, token));
        assert.notEqual(await textOf(page.locator('h1')), say(language, 'ticket-held'));
      }
      assert.equal(await page.locator('.ticket .acts .btn').last().getAttribute('href'), `/${language}/`);
    }
  });

  test('a currency that isn’t offered', async () => {
    for (const language of LANGUAGES) {
      const page = await here.visit();
      await holdTime(page, language, { ...ICE, start: freeStart() });
      await giveDetails(page, language);
      await page.click('main form:not(.hold form) .btn');
      await page.waitForURL(`**/${path_words(language).pay}`);
      await page.evaluate(() => { document.querySelector('#pay button').value = 'NOK'; });
      const answer = await answerTo(page, () => page.click('#pay button >> nth=0'));
      assert.equal(answer.status(), 422);
      assert.ok((await page.title()).startsWith(FAULT[language]));
      assert.equal(await textOf(page.locator('.summary a')), say(language, 'problem-currency'));
      assert.equal(await page.locator(await page.locator('.summary a').getAttribute('href')).count(), 1);
    }
  });

  test('a language, place, day or page that doesn’t exist', async () => {
    const page = await here.visit();
    for (const path of ['/no/', '/en/', '/sv/finns-inte', '/fi/ei-ole', '/sv/dag/kiruna', '/fi/paiva/tornio/2026-13-45',
      '/sv/anlaggningar/kiruna-ishall', '/fi/varaa/tornion-jaahalli/puolikas', '/sv/terminal/1', '/sv/uppgifter']) {
      const answer = await page.goto(path);
      assert.equal(answer.status(), 404, path);
      const language = path.startsWith('/fi') ? 'fi' : 'sv';
      assert.equal(await page.getAttribute('html', 'lang'), language, path);
      assert.equal(await textOf(page.locator('h1')), say(language, 'trouble-not-found'));
    }
  });

  test('names from anywhere are shown as they were typed', async () => {
    for (const name of ['<script>alert(1)</script>', '"><img src=x onerror=alert(1)>', 'Åsa 🏒🇫🇮 Ωmega', 'عائشة', '&amp;']) {
      const page = await here.visit();
      page.on('dialog', (dialog) => assert.fail(dialog.message()));
      await holdTime(page, 'sv', { ...ICE, start: freeStart() });
      await giveDetails(page, 'sv', { ...PERSON, name });
      assert.ok((await page.locator('.answers').innerText()).includes(name), name);
      await page.click('.answers .change >> nth=0');
      assert.equal(await page.inputValue('#name'), name);
    }
  });

  test('a form of more than 64 kB is refused, and the booking is as it was', async () => {
    const page = await here.visit();
    await holdTime(page, 'sv', { ...ICE, start: freeStart() });
    const token = tokenOf(page);
    const headers = { origin: here.town.url };
    const send = (name) => page.request.post(bookingPath('sv', token, 'details'), {
      headers, form: { name, email: PERSON.email }, maxRedirects: 0,
    });
    assert.equal((await send('å'.repeat(64 * 1024))).status(), 413);
    assert.equal((await send('å'.repeat(200))).status(), 422);
    await page.goto(bookingPath('sv', token, 'details'));
    assert.equal(await page.inputValue('#name'), '');
  });

  test('a form from another site is refused', async () => {
    const page = await here.visit();
    await holdTime(page, 'sv', { ...ICE, start: freeStart() });
    const answer = await page.request.post(bookingPath('sv', tokenOf(page), 'cancel'), { headers: { origin: 'https://example.org' } });
    assert.equal(answer.status(), 403);
  });
});
