// The day between two banks: each quarter once, both clocks, and keys to walk in it.

import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';

import { at, choosePath, dayPath, say, textOf } from './steps.js';
import { LANGUAGES, PHONE, setUp } from './town.js';

/** Never closed: its day shows every quarter there is. */
const COURTS = 'tornion-tenniskentat';

/** What stands beside each row, and how many quarters its cells are. */
const readRows = (page) => page.locator('.grid tbody tr').evaluateAll((rows) => rows.map((row) => ({
  west: row.querySelector('th.west').firstChild.textContent.trim(),
  east: row.querySelector('th.east').firstChild.textContent.trim(),
  own: row.querySelector('th.own').className,
  class: row.className,
  text: row.innerText,
})));

/** Where each free cell of the first column begins, in seconds; an empty day has no other cells. */
const readStarts = (page) => page.locator('.grid tbody tr > td:nth-of-type(1) > a').evaluateAll((links) => links.map(
  (link) => Number(new URL(link.href).searchParams.get('start'))));

const minutes = (time) => {
  const [, hours, rest] = /^(\d+)[.:](\d\d)/.exec(time);
  return Number(hours) * 60 + Number(rest);
};

/**
 * The days, each with a walk over the hour of the change: from two o’clock in Tornio on, what the wall there shows at
 * each half hour, as Swedish writes it.
 */
for (const { name, clock, date, quarters, two, walk } of [
  { name: 'an ordinary day', clock: '2026-11-23T08:00:00Z', date: '2026-12-10', quarters: 96,
    two: at('2026-12-10T00:00:00Z'), walk: ['02:00', '02:30', '03:00', '03:30', '04:00'] },
  { name: 'the day of 23 hours', clock: '2027-02-01T08:00:00Z', date: '2027-03-28', quarters: 92,
    two: at('2027-03-28T00:00:00Z'), walk: ['02:00', '02:30', '04:00', '04:30', '05:00'] },
  { name: 'the day of 25 hours', clock: '2027-09-01T08:00:00Z', date: '2027-10-31', quarters: 100,
    two: at('2027-10-30T23:00:00Z'), walk: ['02:00', '02:30', '03:00 a', '03:30 a', '03:00 b'] },
]) {
  describe(name, () => {
    let here;
    before(async () => { here = await setUp({ clock }); });
    after(() => here.close());

    for (const language of LANGUAGES) {
      test(`has ${quarters} quarters, ${language}`, async () => {
        const page = await here.visit();
        await page.goto(dayPath(language, COURTS, date));
        const starts = await readStarts(page);
        const step = starts[1] - starts[0];
        for (const [place, start] of starts.entries()) assert.equal(start, starts[0] + place * step, 'no gap');
        assert.equal((starts.at(-1) + step - starts[0]) / 900, quarters);
        const rows = await readRows(page);
        assert.equal(rows.length, starts.length);
        assert.ok(rows.every((row) => /\beast\b/.test(row.own)), 'the facility’s own bank is in full ink');
        // One hour apart on every row: the two countries change their clocks at the same moment.
        for (const { west, east } of rows) {
          assert.equal((minutes(east) - minutes(west) + 1440) % 1440, 60, `${west} | ${east}`);
        }
      });

      test(`says what happens to the clock, ${language}`, async () => {
        const page = await here.visit();
        await page.goto(dayPath(language, COURTS, date));
        const rows = await readRows(page);
        const seams = rows.filter((row) => row.class.split(' ').includes('seam'));
        const again = rows.filter((row) => row.class.split(' ').includes('again'));
        const note = await page.locator('main > .note').allInnerTexts();
        const time = (text) => (language === 'fi' ? text.replace(/^0/, '').replace(':', '.') : text);
        assert.equal(rows.filter((row) => row.class.includes('midnight')).length, 1, 'Sweden’s midnight is a line');
        assert.deepEqual(note, quarters === 92 ? [say(language, 'day-short')] : quarters === 100 ? [say(language, 'day-long')] : []);
        assert.equal(seams.length, quarters === 92 ? 1 : 0);
        if (quarters === 92) {
          assert.equal(seams[0].west, time('03:00'));
          assert.equal(seams[0].east, time('04:00'));
          assert.ok(seams[0].text.includes(say(language, 'day-seam')));
          assert.ok(!rows.some((row) => row.east.startsWith(time('03:'))), 'that hour isn’t there');
        }
        const twice = rows.map((row) => row.east).filter((east) => /[ab]$/.test(east));
        assert.equal(again.length, twice.length / 2, 'the second of them is marked');
        if (quarters === 100) {
          const hour = twice.map((east) => east.replaceAll(/\s/g, ''));
          const half = hour.length / 2;
          assert.ok(half >= 2 && Number.isInteger(half));
          assert.ok(hour.slice(0, half).every((east) => east.endsWith('a')) && hour.slice(half).every((east) => east.endsWith('b')), `${hour}`);
          assert.deepEqual(hour.slice(0, half).map((east) => east.slice(0, -1)), hour.slice(half).map((east) => east.slice(0, -1)));
          const west = rows.filter((row) => /[ab]$/.test(row.west));
          assert.equal(west.length, twice.length, 'Sweden’s hour comes twice too');
        } else {
          assert.equal(twice.length, 0);
        }
      });
    }

    const openGrid = async () => {
      const page = await here.visit();
      await page.goto(dayPath('sv', COURTS, date));
      await page.locator('table[role=grid]').waitFor();
      const cell = (half) => page.locator(`.grid td[data-column="0"] > a[href$="?start=${two + half * 1800}"]`);
      return { page, cell };
    };

    /** Two hours from two o’clock are picked: the bar says so on the facility’s wall, and leads on. */
    const twoHoursArePicked = async (page) => {
      const bar = page.locator('.foot');
      assert.ok((await textOf(bar)).includes(`${walk[0]}–${walk[4]} finsk tid`), await textOf(bar));
      assert.equal(await page.locator('.grid td[aria-selected=true]').count(), 4);
      await bar.locator('a').click();
      await page.waitForURL(`**${choosePath('sv', COURTS, 'bana-1')}?start=${two}&minutes=120`);
      assert.equal(await page.inputValue('#time'), '02:00');
      assert.equal(await page.inputValue('#minutes'), '120');
    };

    test('keys walk over the hour of the change, and pick two hours around it', async () => {
      const { page, cell } = await openGrid();
      await cell(0).focus();
      for (const [half, wall] of walk.entries()) {
        const name = await page.evaluate(() => document.activeElement.getAttribute('aria-label'));
        assert.ok(name.replaceAll(/\s/g, ' ').includes(`, ${wall}–`), `${name} begins at ${wall}`);
        assert.ok(await cell(half).evaluate((link) => link === document.activeElement), `${half} half hours on`);
        await page.keyboard.press('ArrowDown');
      }
      await cell(0).focus();
      for (const key of ['Space', 'Shift+ArrowDown', 'Shift+ArrowDown', 'Shift+ArrowDown']) await page.keyboard.press(key);
      await twoHoursArePicked(page);
    });

    test('a mouse picks two hours around the change', async () => {
      const { page, cell } = await openGrid();
      await cell(0).click();
      await cell(3).click();
      await twoHoursArePicked(page);
    });

    test('a screen reader finds a grid, its heads, and each cell by its time', async () => {
      const { page } = await openGrid();
      const grid = page.getByRole('grid', { name: say('sv', 'day-grid-label') });
      assert.equal(await grid.getByRole('columnheader').count(), 4, 'two banks and two courts');
      const rows = await grid.getByRole('row').count();
      assert.equal(rows, 1 + quarters / 2);
      assert.equal(await grid.getByRole('rowheader').count(), 2 * (rows - 1));
      for (const wall of walk.slice(0, 4)) {
        const cells = grid.getByRole('gridcell').filter({ has: page.getByRole('link', { name: `, ${wall}–` }) });
        assert.equal(await cells.count(), 2, `${wall} on two courts`);
      }
    });

    if (quarters === 100) {
      test('both of the two hours can be chosen and held', async () => {
        const page = await here.visit();
        for (const [which, instant] of [['a', '2027-10-31T00:00:00Z'], ['b', '2027-10-31T01:00:00Z']]) {
          await page.goto(choosePath('sv', COURTS, 'bana-1', `?start=${Date.parse(instant) / 1000}&minutes=60`));
          assert.equal(await page.isChecked(`input[name=which][value=${which}]`), true);
          await page.click('#choose .btn:not(.quiet)');
          await page.waitForURL('**/uppgifter');
          assert.match(await textOf(page.locator('.held')), new RegExp(`03:00\\s?${which}`));
        }
      });
    }

    if (quarters === 92) {
      test('a time that doesn’t exist is refused with a reason', async () => {
        const page = await here.visit();
        const answer = await page.goto(choosePath('sv', COURTS, 'bana-1', '?date=2027-03-28&time=03:30&minutes=60'));
        assert.equal(answer.status(), 422);
        assert.equal(await textOf(page.locator('.summary a')), say('sv', 'problem-nonexistent-time', { time: '03:30' }));
      });
    }
  });
}

describe('the grid with a keyboard', () => {
  let here;
  let page;
  before(async () => { here = await setUp(); });
  after(() => here.close());

  const open = async (language, place, date = '2026-12-10') => {
    page = await here.visit();
    await page.goto(dayPath(language, place, date));
    await page.locator('table[role=grid]').waitFor();
  };
  const focus = () => page.evaluate(() => {
    const element = document.activeElement;
    const cell = element.closest('td');
    return { name: element.getAttribute('aria-label') ?? cell?.innerText, start: Number(/start=(\d+)/.exec(element.href ?? '')?.[1]), column: cell && [...cell.parentNode.querySelectorAll('td')].indexOf(cell) };
  });
  const press = async (...keys) => {
    for (const key of keys) await page.keyboard.press(key);
    return focus();
  };

  test('is one tab stop', async () => {
    await open('sv', COURTS);
    assert.equal(await page.locator('.grid [tabindex="0"]').count(), 1);
    const inside = await page.locator('.grid a, .grid td').evaluateAll((all) => all.filter((one) => one.tabIndex >= 0).length);
    assert.equal(inside, 1);
    await page.locator('.grid [tabindex="0"]').focus();
    await press('Tab');
    assert.equal(await page.evaluate(() => document.activeElement.closest('.grid')), null);
    await press('Shift+Tab', 'ArrowDown');
    assert.equal(await page.locator('.grid [tabindex="0"]').count(), 1);
  });

  test('arrows, Home, End, Page Up, Page Down', async () => {
    await open('sv', COURTS);
    await page.locator('.grid [tabindex="0"]').focus();
    const first = await focus();
    assert.equal(first.column, 0);
    const next = await press('ArrowDown');
    assert.equal(next.start - first.start, 1800);
    assert.deepEqual(await press('ArrowUp'), first);
    assert.deepEqual(await press('ArrowUp'), first, 'the edge holds');
    assert.equal((await press('ArrowRight')).column, 1);
    assert.equal((await press('ArrowRight')).column, 1);
    assert.equal((await press('ArrowLeft')).column, 0);
    assert.equal((await press('End')).column, 1);
    assert.equal((await press('Home')).column, 0);
    const further = await press('PageDown');
    assert.equal(further.start - first.start, 4 * 3600);
    assert.deepEqual(await press('PageUp'), first);
  });

  test('space picks, shift with an arrow stretches, Escape lets go', async () => {
    for (const language of LANGUAGES) {
      await open(language, COURTS);
      await page.locator('.grid [tabindex="0"]').focus();
      const first = await press('PageDown');
      await press('Space');
      assert.equal(await page.locator('.grid [aria-selected=true]').count(), 2, 'the shortest booking is an hour');
      await press('Shift+ArrowDown', 'Shift+ArrowDown');
      assert.equal(await page.locator('.grid [aria-selected=true]').count(), 3);
      const bar = page.locator('.foot');
      assert.equal(await bar.getAttribute('role'), 'status');
      assert.ok((await textOf(bar)).includes(first.name.split(',')[0]));
      await press('Shift+ArrowUp');
      assert.equal(await page.locator('.grid [aria-selected=true]').count(), 2, 'shift with an arrow up makes it shorter again');
      await press('Shift+ArrowDown');
      const href = await bar.locator('a').getAttribute('href');
      assert.equal(href, choosePath(language, COURTS, 'bana-1', `?start=${first.start}&minutes=90`));
      await press('Escape');
      assert.equal(await page.locator('.foot').count(), 0);
      await press('Space', 'Shift+ArrowDown');
      await page.locator('.foot a').click();
      await page.waitForURL(`**${choosePath(language, COURTS, 'bana-1')}?*`);
      assert.equal(await page.inputValue('#minutes'), '60');
    }
  });

  test('the bar says how long in the reader’s own words', async () => {
    await open('fi', COURTS);
    await page.locator('.grid [tabindex="0"]').focus();
    await press('Space', 'Shift+ArrowDown');
    const text = await textOf(page.locator('.foot b'));
    assert.match(text, /0\.00–1\.00/, 'from the first cell’s start to the last one’s end');
  });

  test('Enter picks a time, as a click does', async () => {
    await open('sv', COURTS);
    await page.locator('.grid [tabindex="0"]').focus();
    const { start } = await press('Enter');
    assert.equal(await page.locator('.foot a').getAttribute('href'), choosePath('sv', COURTS, 'bana-1', `?start=${start}&minutes=60`));
  });

  test('a click picks; one further down stretches', async () => {
    await open('sv', COURTS);
    const cells = page.locator('.grid tbody tr > td:nth-of-type(1) > a');
    await cells.nth(20).click();
    await cells.nth(22).click();
    assert.match(await page.locator('.foot a').getAttribute('href'), /minutes=90$/);
  });
});

describe('the grid in words', () => {
  let here;
  before(async () => { here = await setUp(); });
  after(() => here.close());

  for (const language of LANGUAGES) {
    test(`every cell says space, both clocks and state, ${language}`, async () => {
      const page = await here.visit();
      const states = ['free', 'short', 'taken', 'partly', 'closed', 'shut', 'past', 'too-late'].map((state) => say(language, `state-${state}`));
      const names = (place) => page.goto(dayPath(language, place, '2026-11-24'))
        .then(() => page.locator('.grid tbody td').evaluateAll((cells) => cells.map((cell) =>
          cell.querySelector('a')?.getAttribute('aria-label') ?? cell.querySelector('.hidden').textContent)));
      const facility = await names('putaan-liikuntahalli');
      for (const name of facility) {
        const [, , state] = /^(.+), \d+[.:]\d\d.?[ab]?–\d+[.:]\d\d.?[ab]?, \d+[.:]\d\d.?[ab]? \D+?: (.+)$/.exec(name)
          ?? assert.fail(name);
        assert.ok(states.includes(state), name);
      }
      // Where a town's facilities stand side by side, two with a “whole hall” must be told apart.
      for (const place of ['haparanda', 'tornio']) {
        const all = await names(place);
        assert.equal(new Set(all).size, all.length, `${place}: names come twice, such as ${all.find((name, index) => all.indexOf(name) !== index)}`);
      }
    });

    test(`a list says the same, ${language}`, async () => {
      const page = await here.visit({ viewport: PHONE, js: false });
      await page.goto(dayPath(language, 'tornion-jaahalli', '2026-12-10'));
      assert.equal(await page.locator('.grid').isVisible(), false);
      assert.ok((await page.locator('.day-list').innerText()).length > 0);
      const link = page.locator('.times a').first();
      assert.match(await textOf(link), language === 'fi' ? /^\d+\.\d\d–\d+\.\d\d Suomen aikaa \d+\.\d\d–\d+\.\d\d Ruotsin aikaa$/
        : /^\d\d:\d\d–\d\d:\d\d finsk tid \d\d:\d\d–\d\d:\d\d svensk tid$/);
      await link.click();
      await page.click('#choose .btn:not(.quiet)');
      await page.locator('#details').waitFor();
    });

    test(`without JavaScript each free cell is a link to its time, ${language}`, async () => {
      const page = await here.visit({ js: false });
      await page.goto(dayPath(language, 'tornion-jaahalli', '2026-12-10'));
      const cell = page.locator('.grid td.free a').nth(10);
      const shown = await textOf(cell);
      await cell.click();
      assert.equal(await page.inputValue('#time'), shown);
    });
  }
});
