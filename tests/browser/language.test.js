// Two languages, one site: nothing is lost between them, and neither has the other's words.

import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';

import { PERSON, at, bookingPath, choosePath, holdTime, messages, path_words, say, textOf, tokenOf } from './steps.js';
import { LANGUAGES, PHONE, setUp } from './town.js';
import { everyPage, open } from './walk.js';

let here;
let pages;
before(async () => {
  here = await setUp();
  const lists = await Promise.all(LANGUAGES.map((language, place) => everyPage(here, language, 8 + place * 10)));
  pages = Object.fromEntries(LANGUAGES.map((language, place) => [language, lists[place]]));
});
after(() => here.close());

const other = (language) => (language === 'sv' ? 'fi' : 'sv');
const switchTo = (page, language) => page.locator('.lang').locator(`a[lang=${language}], button[lang=${language}]`).click();

describe('the first visit', () => {
  for (const [wish, language] of [['fi', 'fi'], ['sv', 'sv'], ['fi-FI,fi;q=0.9,en;q=0.8', 'fi'], ['en-GB,fi;q=0.4,sv;q=0.3', 'fi'],
    ['en,sv-FI;q=0.7,fi;q=0.5', 'sv'], ['sv;q=0,fi;q=0.1', 'fi'], ['nb,sv;q=0.5', 'sv'], ['en', 'sv'], ['*', 'sv'], ['', 'sv']]) {
    test(`a browser that wants “${wish}” gets ${language}`, async () => {
      const answer = await fetch(here.town.url, { headers: { 'accept-language': wish }, redirect: 'manual' });
      assert.equal(answer.headers.get('location'), `/${language}/`);
    });
  }

  test('the choice is remembered, whatever the browser wants', async () => {
    const page = await here.visit({ locale: 'fi-FI' });
    await page.goto('/');
    assert.equal(new URL(page.url()).pathname, '/fi/');
    await switchTo(page, 'sv');
    await page.waitForURL('**/sv/*');
    await page.goto('/');
    assert.equal(new URL(page.url()).pathname, '/sv/');
    const [cookie] = await page.context().cookies();
    assert.deepEqual([cookie.value, cookie.httpOnly, cookie.sameSite], ['sv', true, 'Lax']);
    await page.goto('/fi/liikuntapaikat');
    await page.goto('/');
    assert.equal(new URL(page.url()).pathname, '/fi/', 'a page in a language is a choice');
  });
});

/** A page's address without its language, for comparing: both languages' words become the same. */
const bare = (path) => {
  const all = LANGUAGES.flatMap((language) => Object.entries(path_words(language)).map(([key, word]) => [word, key]));
  const named = Object.fromEntries(all);
  return path.split('?')[0].split('/').slice(2).map((part) => named[part] ?? part).join('/');
};

for (const language of LANGUAGES) {
  describe(`from ${language} to ${other(language)}`, () => {
    for (const js of [true, false]) {
      test(`every page has its like, ${js ? 'with' : 'without'} JavaScript`, async () => {
        const page = await here.visit({ js, viewport: PHONE });
        const wrong = [];
        for (const one of pages[language].filter(({ status }) => status !== 404)) {
          if (js) await open(page, one); else await page.goto(one.path);
          const before = new URL(page.url());
          const values = await page.locator('main [name]:not([type=hidden])').evaluateAll((fields) => fields.length);
          await switchTo(page, other(language));
          await page.waitForURL(`**/${other(language)}/**`);
          const there = new URL(page.url());
          if (bare(there.pathname) !== bare(before.pathname)) wrong.push(`${one.name}: leads to ${there.pathname}`);
          if (await page.getAttribute('html', 'lang') !== other(language)) wrong.push(`${one.name}: html[lang]`);
          const fields = await page.locator('main [name]:not([type=hidden])').evaluateAll((all) => all.length);
          if (fields !== values) wrong.push(`${one.name}: ${values} fields become ${fields}`);
        }
        assert.deepEqual(wrong, []);
      });

      test(`a search as far as it was typed, ${js ? 'with' : 'without'} JavaScript`, async () => {
        const page = await here.visit({ js });
        await page.goto(`/${language}/?kind=hall`);
        const typed = { date: '10/12', from: '1730', people: '14' };
        await page.selectOption('#kind', 'ice');
        await page.selectOption('#town', 'tornio');
        await page.selectOption('#minutes', '90');
        for (const [field, value] of Object.entries(typed)) await page.fill(`#${field}`, value);
        await switchTo(page, other(language));
        await page.waitForURL(`**/${other(language)}/?*`);
        assert.equal(await page.inputValue('#kind'), 'ice');
        assert.equal(await page.inputValue('#town'), 'tornio');
        assert.equal(await page.inputValue('#minutes'), '90');
        assert.equal(await page.inputValue('#from'), '1730');
        assert.equal(await page.inputValue('#people'), '14');
        // A date that is understood is said back in the language's own way.
        assert.equal(await page.inputValue('#date'), language === 'sv' ? '10.12.2026' : '2026-12-10');
      });

      test(`a time as far as it was typed, ${js ? 'with' : 'without'} JavaScript`, async () => {
        const page = await here.visit({ js });
        await page.goto(choosePath(language, 'norra-affars-arena', 'hela-isen', `?start=${at('2026-12-20T16:00:00Z')}&minutes=60`));
        await page.fill('#date', '21/12');
        await page.fill('#time', 'halv nio');
        await page.selectOption('#minutes', '120');
        await page.check('input[name=group][value=club]');
        await page.check('input[name=use][value=event]');
        await switchTo(page, other(language));
        await page.waitForURL(`**${choosePath(other(language), 'norra-affars-arena', 'hela-isen')}*`);
        assert.equal(await page.inputValue('#date'), '21/12');
        assert.equal(await page.inputValue('#time'), 'halv nio');
        assert.equal(await page.inputValue('#minutes'), '120');
        assert.ok(await page.isChecked('input[name=group][value=club]'));
        assert.ok(await page.isChecked('input[name=use][value=event]'));
      });

      test(`details as far as they were typed, ${js ? 'with' : 'without'} JavaScript`, async () => {
        const page = await here.visit({ js });
        const day = 10 + (js ? 1 : 0) + (language === 'sv' ? 2 : 0);
        await holdTime(page, language, { facility: 'norra-affars-arena', start: `2027-01-${day}T10:00:00Z` });
        const token = tokenOf(page);
        const typed = { ...PERSON, email: 'asa@', phone: '+46 7', people: 'tolv', purpose: 'Träning 🏒 <b>' };
        for (const [field, value] of Object.entries(typed)) await page.fill(`#${field}`, value);
        await switchTo(page, other(language));
        await page.waitForURL(`**${bookingPath(other(language), token, 'details')}`);
        for (const [field, value] of Object.entries(typed)) assert.equal(await page.inputValue(`#${field}`), value);
        // Half-typed isn't wrong yet: nobody has sent it.
        assert.equal(await page.locator('.summary').count(), 0);
      });
    }
  });
}

/** Function words of English that are no words of Swedish or Finnish. */
const ENGLISH = ['the', 'and', 'with', 'your', 'you', 'please', 'error', 'not', 'found', 'invalid', 'required', 'from', 'this',
  'submit', 'cancel', 'failed'];

/** All that can be read or heard: text, names, titles, descriptions. Addresses and what people typed aside. */
const words = (page) => page.evaluate(() => {
  const spoken = [...document.querySelectorAll('[aria-label], [title], [placeholder], [content], [alt]')].flatMap((element) =>
    ['aria-label', 'title', 'placeholder', 'alt', ...(element.name === 'description' ? ['content'] : [])].map((name) => element.getAttribute(name)));
  const body = document.body.cloneNode(true);
  const own = document.documentElement.lang;
  body.querySelectorAll(`script, details ul, [lang]:not([lang=${own}])`).forEach((element) => element.remove());
  const texts = [];
  for (const walker = document.createTreeWalker(body, NodeFilter.SHOW_TEXT); walker.nextNode();) texts.push(walker.currentNode.data);
  return [document.title, ...spoken.filter(Boolean), ...texts].join('\n');
});

describe('neither language has the other’s words', () => {
  const [sv, fi] = [messages('sv'), messages('fi')];
  test('both have the same messages', () => {
    assert.deepEqual([...sv.keys()].sort(), [...fi.keys()].sort());
  });

  for (const language of LANGUAGES) {
    test(language, async () => {
      const [own, foreign] = language === 'sv' ? [sv, fi] : [fi, sv];
      const owned = [...own.values()].join('\n');
      const strangers = [...foreign].filter(([, text]) => text.length >= 8 && !text.includes('{') && !owned.includes(text));
      assert.ok(strangers.length > 150, `${strangers.length} messages to look for`);
      const page = await here.visit();
      const wrong = [];
      const met = new Set();
      for (const one of pages[language]) {
        await open(page, one);
        const text = await words(page);
        for (const [key, message] of own) if (text.includes(message)) met.add(key);
        for (const [key, message] of strangers) if (text.includes(message)) wrong.push(`${one.name}: ${key}, “${message}”`);
        for (const word of ENGLISH) {
          if (new RegExp(`(?<![\\p{L}])${word}(?![\\p{L}])`, 'iu').test(text)) wrong.push(`${one.name}: English “${word}”`);
        }
        if (/\{\s*\$|undefined|\bNaN\b|None|Some\(/.test(text)) wrong.push(`${one.name}: an unfilled place`);
      }
      assert.deepEqual(wrong, []);
      // The pages do show most of their own messages: so a stranger would have been seen.
      assert.ok(met.size > 120, `${met.size} messages met`);
    });
  }

  test('each language is called by its own name, marked as such', async () => {
    const page = await here.visit();
    for (const language of LANGUAGES) {
      await page.goto(`/${language}/`);
      for (const one of LANGUAGES) {
        assert.equal(await textOf(page.locator(`.lang [lang=${one}]`)), say(one, 'language-own-name'));
      }
      assert.equal(await page.getAttribute(`.lang [lang=${language}]`, 'aria-current'), 'true');
    }
  });
});
