// The steps that a resident takes, in words that tests share.

import { readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';

import { root } from './town.js';

const WORDS = {
  sv: { book: 'boka', series: 'serie', booking: 'bokning', day: 'dag', places: 'anlaggningar', details: 'uppgifter', check: 'granska',
    pay: 'betala', change: 'flytta', cancel: 'avboka', receipt: 'kvitto', charge: 'avgift', calendar: 'kalender.ics', feeds: 'kalender', accessibility: 'tillganglighet' },
  fi: { book: 'varaa', series: 'vakiovuoro', booking: 'varaus', day: 'paiva', places: 'liikuntapaikat', details: 'tiedot', check: 'tarkista',
    pay: 'maksa', change: 'siirra', cancel: 'peru', receipt: 'kuitti', charge: 'lisamaksu', calendar: 'kalenteri.ics', feeds: 'kalenteri', accessibility: 'saavutettavuus' },
};

/** The words of a language's addresses. */
export const path_words = (language) => WORDS[language];

/** The address of a page about a booking; without a step that of the booking itself. */
export function bookingPath(language, token, step) {
  const words = WORDS[language];
  return `/${language}/${words.booking}/${token}${step ? `/${words[step]}` : ''}`;
}

/** The address of one of a booking's charges. */
export const chargePath = (language, token, number) => `${bookingPath(language, token, 'charge')}/${number}`;

export const choosePath = (language, facility, space, query = '') =>
  `/${language}/${WORDS[language].book}/${facility}/${space}${query}`;

export const dayPath = (language, place, date) =>
  `/${language}/${WORDS[language].day}/${place}${date ? `/${date}` : ''}`;

/** Seconds of Unix time. */
export const at = (instant) => Date.parse(instant) / 1000;

/** The token in the address of a page about a booking. */
export const tokenOf = (page) => new URL(page.url()).pathname.split('/')[3];

export const PERSON = { name: 'Åsa Näätänen', email: 'asa@example.org', people: '12' };

/** Chooses a time and holds it; ends on the details. */
export async function holdTime(page, language, { facility = 'tornion-jaahalli', space = 'hela-isen', start, minutes = 60 }) {
  await page.goto(choosePath(language, facility, space, `?start=${at(start)}&minutes=${minutes}`));
  await page.click('#choose .btn:not(.quiet)');
  await page.waitForURL(`**/${WORDS[language].details}`);
  return tokenOf(page);
}

/** Fills in who books; ends on the check of the answers. */
export async function giveDetails(page, language, person = PERSON) {
  for (const [field, value] of Object.entries(person)) await page.fill(`#${field}`, value);
  await page.click('#details .btn');
  await page.waitForURL(`**/${WORDS[language].check}`);
}

/** From the check to the terminal, paying in a currency. */
export async function goAndPay(page, language, currency) {
  await page.click('main form:not(.hold form) .btn');
  await page.waitForURL(`**/${WORDS[language].pay}`);
  await page.click(`#pay button[value=${currency}]`);
  await page.waitForURL('**/terminal/*');
}

/** What the bank does; ends on the booking. */
export async function atTerminal(page, language, outcome) {
  await page.click(`#outcome button[value=${outcome}]`);
  await page.waitForURL(`**/${WORDS[language].booking}/*`);
}

/** All steps at once; ends on the ticket. */
export async function bookAndPay(page, language, { currency = 'EUR', person, ...time }) {
  const token = await holdTime(page, language, time);
  await giveDetails(page, language, person);
  await goAndPay(page, language, currency);
  await atTerminal(page, language, 'pay');
  return token;
}

export const seriesPath = (language, rest) => `/${language}/${WORDS[language].series}/${rest}`;

/** Books all that is free of a time on two weeks; ends on the series. */
export async function bookSeries(page, language, { facility, space, date, time, person = PERSON }) {
  await page.goto(seriesPath(language, `${facility}/${space}?date=${date}&time=${time}&count=2`));
  await page.click('#series button[value=show]');
  await page.locator('#dates').waitFor();
  for (const [field, value] of Object.entries(person)) await page.fill(`#${field}`, value);
  await page.click('#series button[value=book]');
  await page.waitForURL(`**/${WORDS[language].pay}`);
  const token = tokenOf(page);
  await page.click('#pay button[value=EUR]');
  await page.waitForURL('**/terminal/*');
  await page.click('#outcome button[value=pay]');
  await page.waitForURL(`**/${token}`);
  return token;
}

/** Messages of a language without placeables, by their keys, as the files under locales/ have them. */
export function messages(language) {
  const folder = path.join(root, 'locales', language);
  const found = new Map();
  for (const file of readdirSync(folder).filter((name) => name.endsWith('.ftl'))) {
    for (const line of readFileSync(path.join(folder, file), 'utf8').split('\n')) {
      const [, key, value] = /^([a-z][a-z0-9-]*) = (.+)$/.exec(line) ?? [];
      if (key) found.set(key, value);
    }
  }
  return found;
}

/** A message with its placeables filled in. */
export function say(language, key, values = {}) {
  const text = messages(language).get(key);
  if (text === undefined) throw new Error(`no message ${key} in ${language}`);
  return text.replaceAll(/\{ \$(\w+) \}/g, (_, name) => values[name] ?? `{${name}}`);
}

/** The visible text, with any run of spaces as one: no-break spaces are tested where they matter. */
export const textOf = async (locator) => (await locator.innerText()).replaceAll(/\s+/g, ' ').trim();

/** Tests that build on each other: after one fails, the rest are skipped. */
export function inOrder() {
  let broken = false;
  return (name, act) => test(name, async (t) => {
    if (broken) {
      t.skip('a step before it failed');
      return;
    }
    broken = true;
    await act(t);
    broken = false;
  });
}
