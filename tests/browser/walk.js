// Every page there is, with the states it can be in, for tests that look at them all.

import {
  at, atTerminal, bookAndPay, bookSeries, bookingPath, chargePath, choosePath, dayPath, giveDetails, goAndPay, holdTime, path_words, seriesPath,
} from './steps.js';
import { until } from './town.js';

const ICE = { facility: 'norra-affars-arena', space: 'hela-isen' };

/** Its key has a deposit. */
const WITH_DEPOSIT = { facility: 'folkets-hus-haparanda', space: 'stora-salen' };

const HALL = { facility: 'tornion-jaahalli', space: 'hela-isen' };
const HALLS_LIST = {
  dated_by: 'booking',
  prices: [{ groups: ['adult', 'youth', 'club', 'company'], unit: 'hour', price: { EUR: '125.00' } }],
  after_use: [
    { kind: 'lost_key', amount: { fixed: { EUR: '50.00', SEK: '500.00' } } },
    { kind: 'unlocked', amount: { fixed: { EUR: '70.00', SEK: '750.00' } } },
  ],
};

/** By the place that is looked at: what may be charged after use in its hall is published once. */
const published = new WeakMap();

async function publish({ town }) {
  await town.write('list.json', JSON.stringify(HALLS_LIST));
  const [draft] = await town.command('tariff', 'put', `${HALL.facility}/${HALL.space}`, '2026-11-23', 'list.json');
  await town.command('tariff', 'publish', draft.split('\t')[0]);
  await until('the list', async () => {
    const facility = await fetch(`${town.url}/sv/${path_words('sv').places}/${HALL.facility}`);
    return (await facility.text()).includes('500,00');
  });
}

/** A booking with two charges: the first is to be paid, the second is paid. Its token. */
async function bookAndCharge(here, page, language, start) {
  if (!published.has(here)) published.set(here, publish(here));
  await published.get(here);
  const token = await bookAndPay(page, language, { ...HALL, start, currency: 'EUR' });
  const reference = await page.locator('.ticket .code').innerText();
  const after = new Date(Date.parse(start) + 7_200_000).toISOString();
  for (const kind of ['lost_key', 'unlocked']) {
    await here.town.commandAt(after, 'charge', reference, kind, '--reason-sv', 'Dörren stod öppen.', '--reason-fi', 'Ovi oli auki.');
  }
  await page.goto(chargePath(language, token, 2));
  await page.click('#pay button[value=SEK]');
  await page.waitForURL('**/terminal/*');
  await page.click('#outcome button[value=pay]');
  await page.waitForURL(`**/${path_words(language).charge}/2`);
  return token;
}

/**
 * Pages by name, for a language: `{ name, path, status }`. Bookings are made on the way, each on a
 * day of its own, counted on from `firstDay` days after Epiphany 2027.
 */
export async function everyPage(here, language, firstDay) {
  const page = await here.visit();
  const words = path_words(language);
  let day = firstDay;
  const start = () => {
    day += 1;
    return new Date(Date.UTC(2027, 0, 6 + day, 16)).toISOString();
  };
  const held = await holdTime(page, language, { ...ICE, start: start() });
  await giveDetails(page, language);
  await goAndPay(page, language, 'SEK');
  const terminal = new URL(page.url()).pathname;
  const paid = await bookAndPay(page, language, { ...ICE, start: start(), currency: 'EUR' });
  const freed = start();
  const cancelled = await bookAndPay(page, language, { ...ICE, start: freed, currency: 'SEK' });
  await page.goto(bookingPath(language, cancelled, 'cancel'));
  await page.click('main form .btn');
  await page.waitForURL(`**/${cancelled}`);
  const moving = await bookAndPay(page, language, { ...ICE, start: freed, currency: 'SEK' });
  await page.goto(`${bookingPath(language, moving, 'change')}?minutes=120`);
  await page.click('#move .btn:not(.quiet)');
  await page.waitForURL(`**/${words.pay}`);
  const refused = await holdTime(page, language, { ...ICE, start: start() });
  await giveDetails(page, language);
  await goAndPay(page, language, 'SEK');
  await atTerminal(page, language, 'refuse');
  const given = await holdTime(page, language, { ...ICE, start: start() });
  await page.goto(bookingPath(language, given, 'cancel'));
  await page.click('main form .btn');
  await page.waitForURL(`**/${given}`);
  const secured = await holdTime(page, language, { ...WITH_DEPOSIT, start: start() });
  await giveDetails(page, language);
  const kept = await bookAndPay(page, language, { ...WITH_DEPOSIT, start: start(), currency: 'SEK' });
  const series = await bookSeries(page, language, { ...ICE, date: start().slice(0, 10), time: '13:00' });
  const used = await bookAndCharge(here, page, language, new Date(Date.UTC(2026, 11, firstDay, 10)).toISOString());
  await page.context().close();
  const ok = (name, path) => ({ name, path, status: 200 });
  const failed = (name, path) => ({ name, path, status: 422 });
  const choose = choosePath(language, ICE.facility, ICE.space);
  return [
    ok('search', `/${language}/`),
    ok('search with all fields', `/${language}/?kind=ice&town=tornio&date=2026-12-10&from=17&minutes=90&people=12&more=1`),
    ok('search: nothing that week', `/${language}/?kind=court&date=2026-11-23&from=03:00&minutes=240&town=haparanda`),
    failed('search: errors', `/${language}/?date=31.2.&from=x&people=y`),
    ok('facilities', `/${language}/${words.places}`),
    ok('facility', `/${language}/${words.places}/tornion-jaahalli`),
    ok('facility with many parts', `/${language}/${words.places}/putaan-liikuntahalli`),
    ok('day of a town', dayPath(language, 'haparanda', '2026-11-24')),
    ok('day of a facility', dayPath(language, 'putaan-liikuntahalli', '2026-11-24')),
    ok('day with a clock change', dayPath(language, 'tornion-tenniskentat', '2027-03-28')),
    ok('day closed all through', dayPath(language, 'porthan', '2026-11-30')),
    ok('choose', `${choose}?start=${at(start())}&minutes=60`),
    failed('choose a time that comes twice, too far ahead', choosePath(language, 'tornion-tenniskentat', 'bana-1', `?start=${at('2027-10-31T00:00:00Z')}`)),
    failed('choose: errors', `${choose}?date=x&time=y`),
    ok('details', bookingPath(language, held, 'details')),
    ok('check', bookingPath(language, held, 'check')),
    ok('pay', bookingPath(language, held, 'pay')),
    ok('check: with a deposit', bookingPath(language, secured, 'check')),
    ok('pay: with a deposit', bookingPath(language, secured, 'pay')),
    ok('ticket: with a deposit', bookingPath(language, kept)),
    ok('receipt: with a deposit', bookingPath(language, kept, 'receipt')),
    ok('terminal', terminal),
    ok('booking held', bookingPath(language, held)),
    ok('booking refused by the bank', bookingPath(language, refused)),
    ok('ticket', bookingPath(language, paid)),
    ok('receipt', bookingPath(language, paid, 'receipt')),
    ok('move', bookingPath(language, paid, 'change')),
    ok('move: cheaper', `${bookingPath(language, paid, 'change')}?time=12&date=2026-12-29`),
    failed('move: errors', `${bookingPath(language, paid, 'change')}?date=x&time=y`),
    ok('pay the difference', bookingPath(language, moving, 'pay')),
    ok('ticket: about to be moved', bookingPath(language, moving)),
    ok('cancel', bookingPath(language, paid, 'cancel')),
    ok('booking cancelled', bookingPath(language, cancelled)),
    ok('receipt with a refund', bookingPath(language, cancelled, 'receipt')),
    ok('booking: hold given back', bookingPath(language, given)),
    ok('ticket: charged', bookingPath(language, used)),
    ok('charge', chargePath(language, used, 1)),
    ok('charge: paid', chargePath(language, used, 2)),
    ok('receipt of a charge', `${chargePath(language, used, 2)}/${words.receipt}`),
    ok('series: laid out', seriesPath(language, `${ICE.facility}/${ICE.space}`)),
    ok('series', seriesPath(language, series)),
    ok('series: move', seriesPath(language, `${series}/${words.change}`)),
    ok('feeds', `/${language}/${words.feeds}`),
    ok('accessibility', `/${language}/${words.accessibility}`),
    { name: 'not found', path: `/${language}/finns-inte`, status: 404 },
  ];
}

/** Opens a page and waits until its islands are alive. */
export async function open(page, { path, status }) {
  const answer = await page.goto(path);
  if (answer.status() !== status) throw new Error(`${path}: ${answer.status()}, not ${status}`);
  if (await page.locator('.grid').count() > 0) await page.locator('table[role=grid]').waitFor({ state: 'attached' });
}
