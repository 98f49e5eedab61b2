// Feeds of booked times, read back by ical.js, which goes by the rules in the calendar itself: the same instants
// that calendar_test.py reads, also around both changes of the clock.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';

import ICAL from 'ical.js';

import { openTown } from '../browser/town.js';

const HOUR_MS = 3_600_000;
const BOOKER = { name: 'Åsa', email: 'asa@example.se', language: 'sv' };

/** The moments that the clock is set to, each with the bookings to make: a local start and the instant it means. */
const cases = JSON.parse(readFileSync(new URL('clocks.json', import.meta.url), 'utf8'));
const clocks = [...new Set(cases.map(({ clock }) => clock))];

async function call(url, body) {
  const sent = body && { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) };
  const answer = await fetch(url, sent);
  assert.ok(answer.ok, `${url}: ${answer.status} ${await answer.clone().text()}`);
  return answer;
}

const json = async (...asked) => (await call(...asked)).json();

/** A tennis court is open around the clock, and free for the young. */
async function tennisCourt(api) {
  const { items } = await json(`${api}/spaces?municipality=tornio&kind=court&limit=200`);
  return items.find(({ name }) => name.sv === 'Tennisbana 2');
}

const after = (instant, ms) => new Date(Date.parse(instant) + ms).toISOString();

/** The start as the wall shows it; the end as an instant. */
async function book(api, space, { start, instant }) {
  const end = after(instant, HOUR_MS);
  const booking = await json(`${api}/bookings`, { space: space.id, start, end, price_group: 'youth', booker: BOOKER });
  assert.equal(booking.status, 'confirmed');
}

/** The feed in the letter that is sent when the links are asked for on the page. */
async function personFeed(town, lettersBefore) {
  const body = new URLSearchParams({ email: BOOKER.email });
  assert.equal((await fetch(`${town.url}/sv/kalender`, { method: 'POST', body })).status, 200);
  const letters = await town.letters(BOOKER.email, lettersBefore + 1);
  return letters.map(({ text }) => /\S+\/api\/v1\/feeds\/\S+/.exec(text)?.[0]).find(Boolean);
}

/** Begin and end of each event, in order. */
async function instants(url) {
  const calendar = new ICAL.Component(ICAL.parse(await (await call(url)).text()));
  const events = calendar.getAllSubcomponents('vevent').map((event) => new ICAL.Event(event));
  return events.map(({ startDate, endDate }) => [startDate, endDate].map((moment) => {
    // Nothing is known of zones but what the calendar says.
    if (moment.zone !== ICAL.Timezone.utcTimezone) assert.equal(moment.zone.component.parent, calendar);
    return moment.toJSDate().toISOString();
  }));
}

for (const clock of clocks) {
  const here = cases.filter((one) => one.clock === clock);
  test(`feeds with ${here.map(({ start }) => start).join(', ')}`, async () => {
    const town = await openTown({ clock, demo: false });
    try {
      const api = `${town.url}/api/v1`;
      const space = await tennisCourt(api);
      for (const one of here) await book(api, space, one);
      const expected = here.map(({ instant }) => [after(instant, 0), after(instant, HOUR_MS)]);
      const person = await personFeed(town, here.length);
      for (const feed of [person, space.calendar.sv, space.calendar.fi]) {
        assert.deepEqual(await instants(feed), expected, feed);
      }
    } finally {
      await town.close();
    }
  });
}
