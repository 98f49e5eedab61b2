// The receipt on paper.

import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { after, before, test } from 'node:test';

import { bookAndPay, bookingPath, textOf } from './steps.js';
import { LANGUAGES, setUp } from './town.js';

let here;
before(async () => { here = await setUp(); });
after(() => here.close());

const MILLIMETRE = 72 / 25.4;

/** How many pages, and how large, in points. */
function measure(pdf) {
  const text = execFileSync('pdfinfo', ['-'], { input: pdf, encoding: 'utf8' });
  return {
    pages: Number(/^Pages:\s+(\d+)/m.exec(text)[1]),
    size: /^Page size:\s+([\d.]+) x ([\d.]+)/m.exec(text).slice(1).map(Number),
  };
}

for (const [place, language] of LANGUAGES.entries()) {
  test(`a receipt is one A4, ${language}`, async () => {
    const page = await here.visit();
    // Across 16:00 the price changes: the receipt has two lines.
    const start = `2026-12-${10 + place}T13:00:00Z`;
    const token = await bookAndPay(page, language, { start, minutes: 120, currency: 'SEK', person: {
      name: 'Föreningen för långa namn på båda sidor om Torne älv och dess vänner', email: 'forening@example.org',
    } });
    await page.goto(bookingPath(language, token, 'receipt'));
    const rows = await page.locator('.receipt tbody tr').count();
    assert.ok(rows > 1, `${rows} lines`);
    const total = await textOf(page.locator('.receipt tfoot td'));
    const pdf = await page.pdf({ format: 'A4', preferCSSPageSize: true, tagged: true });
    const { pages, size } = measure(pdf);
    assert.equal(pages, 1);
    assert.ok(Math.abs(size[0] - 210 * MILLIMETRE) < 2 && Math.abs(size[1] - 297 * MILLIMETRE) < 2, `${size}`);
    const text = execFileSync('pdftotext', ['-layout', '-', '-'], { input: pdf, encoding: 'utf8' }).replaceAll(/\s+/g, ' ');
    assert.ok(text.includes(total), text);
    assert.ok(text.includes('0193524-6'), 'the seller’s number');
    // Only the receipt: nothing of the page around it.
    for (const gone of ['Svenska', 'Lipas.fi']) assert.ok(!text.includes(gone), `${gone} is printed`);
  });
}
