// The whole way: a resident books ice on the other bank and pays in the currency at home.

import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';

import {
  PERSON, at, atTerminal, bookingPath, choosePath, giveDetails, goAndPay, inOrder, path_words, say, textOf, tokenOf,
} from './steps.js';
import { LANGUAGES, PHONE, setUp } from './town.js';

/** What a resident of each town books, and what the pages should then say. */
const STORIES = {
  sv: {
    facility: 'tornion-jaahalli', town: 'tornio', place: 'Torneå ishall', space: 'Hela isen',
    currency: 'SEK', price: '125,00 €', paid: '1 372,25 kr', rate: '1 € = 10,978 kr den 2026-10-30 (ECB)',
    local: '18:00–19:00', other: '17:00–18:00', clocks: ['finsk tid', 'svensk tid'], date: '2026-12-10',
    longDate: 'torsdag 10 december 2026', receiptDate: '2026-11-23',
    seller: ['Tornion kaupunki', 'FO-nummer (finskt organisationsnummer) 0193524-6', 'Suensaarenkatu 4', '95400 Tornio', 'https://www.tornio.fi/'],
    vat: 'Moms 13,5 %: 14,87 € på 110,13 €.', running: /^TORNIO-\d+$/,
    receiver: 'Haparanda kommun (Haparanda stad)', start: '2026-12-10T16:00:00Z', zone: 'Europe/Helsinki', wall: '180000',
    letter: 'Bokat: Torneå ishall', hello: 'Hej Åsa Näätänen!', cancelled: 'Avbokat: Torneå ishall',
  },
  fi: {
    facility: 'norra-affars-arena', town: 'haparanda', place: 'Norra Affärs Arena (jäähalli Kuben)', space: 'Koko jää',
    currency: 'EUR', price: '825,00 kr', paid: '75,15 €', rate: '1 € = 10,978 kr, kurssi 30.10.2026 (ECB)',
    local: '17.00–18.00', other: '18.00–19.00', clocks: ['Ruotsin aikaa', 'Suomen aikaa'], date: '10.12.2026',
    longDate: 'torstai 10. joulukuuta 2026', receiptDate: '23.11.2026',
    seller: ['Haparanda kommun (Haparanda stad)', 'Organisaationumero 212000-2775', 'Torget 9', 'kommunen@haparanda.se'],
    vat: 'Arvonlisäveroton.', running: /^HAPARANDA-\d+$/,
    receiver: 'Tornion kaupunki', start: '2026-12-10T16:00:00Z', zone: 'Europe/Stockholm', wall: '170000',
    letter: 'Varattu: Norra Affärs Arena', hello: 'Hei Åsa Näätänen!', cancelled: 'Peruttu: Norra Affärs Arena',
  },
};

/** All parts are in the text. Case aside: a style sheet may make a weekday begin with a capital. */
const holds = (text, parts) => {
  const small = text.toLowerCase();
  for (const part of [parts].flat()) assert.ok(small.includes(part.toLowerCase()), `“${part}” isn't in: ${text}`);
};

for (const language of LANGUAGES) {
  for (const js of [true, false]) {
    describe(`the whole way, ${language}, ${js ? 'with' : 'without'} JavaScript`, () => {
      const story = STORIES[language];
      const email = `resident-${js ? 'js' : 'plain'}@example.org`;
      let here;
      let page;
      let token;
      const step = inOrder();
      before(async () => {
        here = await setUp();
        page = await here.visit({ js, viewport: PHONE });
      });
      after(() => here.close());

      step('finds ice on the other bank', async () => {
        await page.goto(`/${language}/`);
        await page.selectOption('#kind', 'ice');
        await page.selectOption('#town', story.town);
        await page.fill('#date', story.date);
        await page.fill('#from', story.local.slice(0, 2));
        await page.click('#finder .btn');
        const hit = page.locator('.hit').filter({ hasText: story.place }).first();
        const text = await textOf(hit);
        holds(text, [story.place, story.space, story.local, story.other, ...story.clocks, story.price, `≈ ${story.paid}`]);
        await hit.locator('.btn').first().click();
      });

      step('sees time and price, and holds the time', async () => {
        assert.equal(new URL(page.url()).pathname, choosePath(language, story.facility, 'hela-isen'));
        holds(await textOf(page.locator('.offer')), [story.longDate, story.local, story.other, story.price, story.paid, story.rate]);
        await page.click('#choose .btn:not(.quiet)');
        await page.waitForURL(`**/${path_words(language).details}`);
        token = tokenOf(page);
      });

      step('says who books, checks the answers', async () => {
        await giveDetails(page, language, { ...PERSON, email });
        holds(await textOf(page.locator('main')), [PERSON.name, email, '12', story.longDate, story.local, story.price,
          story.paid, story.rate]);
      });

      step('goes back and finds what was typed', async () => {
        await page.click('.answers .change >> nth=0');
        assert.equal(await page.inputValue('#name'), PERSON.name);
        assert.equal(await page.inputValue('#email'), email);
        await page.click('#details .btn');
      });

      step('pays in the currency at home', async () => {
        await goAndPay(page, language, story.currency);
        holds(await textOf(page.locator('.terminal')), [story.paid, story.receiver]);
        await atTerminal(page, language, 'pay');
      });

      step('sees the ticket', async () => {
        assert.equal(new URL(page.url()).pathname, bookingPath(language, token));
        assert.equal(await textOf(page.locator('h1')), say(language, 'ticket-confirmed'));
        const reference = await textOf(page.locator('.code'));
        assert.match(reference, /^[A-Z]{2}(-[A-Z0-9]+)+$/);
        holds(await textOf(page.locator('main')), [reference, email, story.place, story.space, story.local, story.other,
          ...story.clocks, story.longDate, story.price, story.paid, story.rate]);
      });

      step('reads a receipt with all that a receipt must say', async () => {
        await page.click(`.ticket a[href="${bookingPath(language, token, 'receipt')}"]`);
        const receipt = page.locator('.receipt');
        const text = await textOf(receipt);
        holds(text, [...story.seller, PERSON.name, story.receiptDate, story.place, story.space,
          `${story.date} ${story.local} ${story.clocks[0]}`, story.price, story.vat, story.paid, story.receiver, story.rate]);
        const values = await receipt.locator('dd').allInnerTexts();
        assert.ok(values.some((value) => story.running.test(value)), `a running number in ${values}`);
      });

      step('gets a letter in the language of the booking, with a link that opens it', async () => {
        const [letter] = await here.town.letters(email);
        holds(letter.subject, story.letter);
        holds(letter.text.replaceAll('\u00a0', ' '), [story.hello, story.place, story.local, story.other, story.paid]);
        const link = letter.text.split('\n').find((line) => line.startsWith('http'));
        assert.equal(link, `${here.town.url}${bookingPath(language, token)}`);
        await page.goto(link);
        assert.equal(await textOf(page.locator('h1')), say(language, 'ticket-confirmed'));
        isCalendar(letter.calendar, story);
      });

      step('takes the time into a calendar', async () => {
        const href = bookingPath(language, token, 'calendar');
        assert.equal(await page.locator('.ticket .acts a').first().getAttribute('href'), href);
        const answer = await page.request.get(href);
        assert.match(answer.headers()['content-type'], /^text\/calendar/);
        isCalendar(await answer.text(), story);
      });

      step('cancels and gets the money back', async () => {
        await page.click(`.ticket a[href="${bookingPath(language, token, 'cancel')}"]`);
        holds(await textOf(page.locator('main')), [say(language, 'cancel-refund', { amount: story.paid }), story.local]);
        await page.click('main form .btn');
        assert.equal(await textOf(page.locator('h1')), say(language, 'ticket-cancelled'));
        holds(await textOf(page.locator('.note')), say(language, 'ticket-refunded', { amount: story.paid }).split('.')[0]);
        await page.click(`.ticket a[href="${bookingPath(language, token, 'receipt')}"]`);
        holds(await textOf(page.locator('.receipt')),
          say(language, 'receipt-refund', { amount: story.paid, date: story.receiptDate }));
        const [, letter] = await here.town.letters(email, 2);
        holds(letter.subject, story.cancelled);
        assert.match(letter.calendar, /STATUS:CANCELLED/);
      });

      step('and the time is free again', async () => {
        await page.goto(choosePath(language, story.facility, 'hela-isen', `?start=${at(story.start)}&minutes=60`));
        await page.click('#choose .btn:not(.quiet)');
        await page.waitForURL(`**/${path_words(language).details}`);
      });
    });
  }
}

function isCalendar(text, story) {
  const lines = text.replaceAll(/\r?\n[ \t]/g, '').split(/\r?\n/);
  assert.equal(lines[0], 'BEGIN:VCALENDAR');
  assert.ok(lines.includes(`DTSTART;TZID=${story.zone}:20261210T${story.wall}`), text);
  assert.ok(lines.some((line) => line.startsWith('SUMMARY:') && line.includes(story.place.split(' (')[0])), text);
}

describe('with a keyboard alone', () => {
  let here;
  before(async () => { here = await setUp(); });
  after(() => here.close());

  test('a booking from the first page to the ticket', async () => {
    const page = await here.visit();
    const key = (name) => page.keyboard.press(name);
    /** Tab until the focus is where it should be; each stop on the way must be seen. */
    const tabTo = async (selector) => {
      for (let stop = 0; stop < 80; stop += 1) {
        await key('Tab');
        const focus = await page.evaluate((wanted) => {
          const element = document.activeElement;
          const box = element.getBoundingClientRect();
          return { there: element.matches(wanted), box: [box.width, box.height], html: element.outerHTML.slice(0, 120) };
        }, selector);
        assert.ok(Math.min(...focus.box) > 0, `the focus can't be seen: ${focus.html}`);
        if (focus.there) return;
      }
      assert.fail(`Tab never comes to ${selector}`);
    };
    const type = async (selector, text) => {
      await tabTo(selector);
      await key('Control+A');
      await page.keyboard.type(text);
    };
    await page.goto('/sv/');
    await tabTo('#kind');
    await page.keyboard.type('Is');
    await type('#date', '2026-12-10');
    await type('#from', '17');
    await key('Enter');
    await page.waitForURL('**/sv/?*');
    await tabTo('.hit .btn');
    await key('Enter');
    await page.waitForURL('**/sv/boka/**');
    await tabTo('#group');
    await key('ArrowDown');
    assert.equal(await page.isChecked('#group-1'), true);
    await tabTo('#choose .btn:not(.quiet)');
    await key('Enter');
    await page.waitForURL('**/uppgifter');
    await type('#name', PERSON.name);
    await type('#email', PERSON.email);
    await key('Enter');
    await page.waitForURL('**/granska');
    await tabTo('main form .btn');
    await key('Enter');
    await page.waitForURL('**/betala');
    await tabTo('#pay button');
    await key('Enter');
    await page.waitForURL('**/terminal/*');
    await tabTo('#outcome button[value=pay]');
    await key('Enter');
    await page.waitForURL('**/sv/bokning/*');
    assert.equal(await textOf(page.locator('h1')), say('sv', 'ticket-confirmed'));
  });
});
