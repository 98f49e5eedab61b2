// A server of one's own with demonstration data, and a browser to visit it with.

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdtemp, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

import { chromium } from 'playwright-core';

export const root = fileURLToPath(new URL('../..', import.meta.url));
export const binary = process.env.VAYLA_TEST_BINARY
  ?? path.join(process.env.CARGO_TARGET_DIR ?? path.join(root, 'target'), 'release/vayla');

export const LANGUAGES = ['sv', 'fi'];
export const PHONE = { width: 390, height: 844 };
export const DESKTOP = { width: 1280, height: 860 };

/** Where the clock stands in tests that don't say otherwise: a Monday morning, 9:00 in Haparanda. */
export const MONDAY = '2026-11-23T08:00:00Z';

/**
 * Starts a server in a folder of its own, with demonstration bookings or without, and with more settings. Nothing of the tester's
 * environment reaches it.
 */
export async function openTown({ clock = MONDAY, demo = true, settings = {} } = {}) {
  const folder = await mkdtemp(path.join(tmpdir(), 'vayla-browser-'));
  const letters = path.join(folder, 'letters');
  const env = {
    PATH: process.env.PATH,
    VAYLA_LISTEN: '127.0.0.1:0',
    VAYLA_DATABASE_URL: `sqlite:${path.join(folder, 'vayla.db')}`,
    VAYLA_SECRET_FILE: path.join(folder, 'secret'),
    VAYLA_MAIL_FOLDER: letters,
    VAYLA_CLOCK: clock,
    VAYLA_LOG: 'warn',
    ...settings,
  };
  const runAt = (now, ...args) =>
    spawn(binary, args, { cwd: folder, env: { ...env, VAYLA_CLOCK: now }, stdio: ['ignore', 'pipe', 'inherit'] });
  const run = (...args) => runAt(clock, ...args);
  const seed = run('seed', ...(demo ? ['--demo'] : []));
  seed.stdout.resume();
  const [code] = await once(seed, 'close');
  if (code !== 0) throw new Error(`seed ended with ${code}`);
  const server = run('serve');
  // A test run that is broken off leaves no server behind.
  process.once('exit', () => server.kill());
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.once(signal, () => process.exit(1));
  const url = await addressOf(server);
  return {
    url,
    /** Lays a file down for a command. */
    write: (name, text) => writeFile(path.join(folder, name), text),
    /** What a command of the program says, line by line. */
    command(...args) {
      return this.commandAt(clock, ...args);
    },
    /** The same at another time. */
    async commandAt(now, ...args) {
      const told = runAt(now, ...args);
      let said = '';
      told.stdout.on('data', (piece) => { said += piece; });
      const [ended] = await once(told, 'close');
      if (ended !== 0) throw new Error(`${args.join(' ')} ended with ${ended}`);
      return said.trim().split('\n');
    },
    /** The letters to an address, oldest first; waits until there are so many. */
    letters: (to, count = 1) => until(`${count} letters to ${to}`, async () => {
      const known = await readLetters(letters, to);
      return known.length >= count && known;
    }),
    async close() {
      if (server.exitCode === null) {
        const ended = once(server, 'close');
        server.kill();
        await ended;
      }
      await rm(folder, { recursive: true, force: true });
    },
  };
}

async function addressOf(server) {
  let said = '';
  for await (const piece of server.stdout) {
    said += piece;
    const found = /https?:\/\/\S+/.exec(said);
    if (found) {
      server.stdout.destroy();
      return found[0];
    }
  }
  throw new Error(`the server ended before it said its address: ${said}`);
}

/** Asks again and again until there is an answer. */
export async function until(what, ask, { seconds = 30 } = {}) {
  const end = Date.now() + seconds * 1000;
  for (;;) {
    const answer = await ask();
    if (answer) return answer;
    if (Date.now() > end) throw new Error(`waited ${seconds} s for: ${what}`);
    await new Promise((resolve) => { setTimeout(resolve, 100); });
  }
}

const browsers = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];

export function openBrowser() {
  const executablePath = process.env.VAYLA_TEST_CHROMIUM ?? browsers.find((file) => existsSync(file));
  return chromium.launch({
    executablePath,
    args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking', '--disable-component-update',
      '--disable-sync', '--no-first-run'],
  });
}

/**
 * A browser and a town for a file of tests; `visit` opens a page in a context of its own, so that
 * nothing is remembered from another test.
 */
export async function setUp(options) {
  const [town, browser] = await Promise.all([openTown(options), openBrowser()]);
  const visit = async ({ viewport = DESKTOP, js = true, ...more } = {}) => {
    const context = await browser.newContext({ viewport, javaScriptEnabled: js, baseURL: town.url, ...more });
    context.setDefaultTimeout(20_000);
    return context.newPage();
  };
  const close = async () => {
    await browser.close();
    await town.close();
  };
  return { town, browser, visit, close };
}

// Letters, read just well enough: what lettre writes, nothing more.

async function readLetters(folder, to) {
  const names = await readdir(folder).catch(() => []);
  const letters = await Promise.all(names.filter((name) => name.endsWith('.eml'))
    .map(async (name) => readLetter(await readFile(path.join(folder, name), 'utf8'))));
  return letters.filter((letter) => letter.to.includes(to)).sort((a, b) => a.date - b.date);
}

function readLetter(raw) {
  const letter = part(raw);
  const [, boundary] = /boundary="([^"]+)"/.exec(letter.headers['content-type']) ?? [];
  const parts = boundary
    ? letter.body.split(`--${boundary}`).slice(1, -1).map((text) => part(text.trimStart()))
    : [letter];
  const ofType = (type) => parts.find(({ headers }) => headers['content-type']?.startsWith(type));
  return {
    to: words(letter.headers.to),
    subject: words(letter.headers.subject),
    date: new Date(letter.headers.date),
    text: ofType('text/plain')?.content ?? '',
    calendar: ofType('text/calendar')?.content,
  };
}

function part(raw) {
  const text = raw.replaceAll('\r\n', '\n');
  const [head, ...rest] = text.split('\n\n');
  const body = rest.join('\n\n');
  const lines = head.replaceAll(/\n[ \t]+/g, ' ').split('\n');
  const headers = Object.fromEntries(lines.map((line) => {
    const [name, ...value] = line.split(':');
    return [name.toLowerCase(), value.join(':').trim()];
  }));
  const encoding = headers['content-transfer-encoding'];
  const content = encoding === 'quoted-printable' ? quotedPrintable(body)
    : encoding === 'base64' ? Buffer.from(body, 'base64').toString() : body;
  return { headers, body, content };
}

function quotedPrintable(text) {
  const bytes = text.replaceAll('=\n', '')
    .replaceAll(/=([0-9A-F]{2})/g, (_, hex) => String.fromCharCode(Number.parseInt(hex, 16)));
  return Buffer.from(bytes, 'latin1').toString('utf8');
}

/** Encoded words; the space between two of them isn't part of the text. */
function words(header = '') {
  return header.replaceAll(/(=\?[^?]+\?[bq]\?[^?]*\?=) +(?==\?)/gi, '$1')
    .replaceAll(/=\?[^?]+\?b\?([^?]*)\?=/gi, (_, text) => Buffer.from(text, 'base64').toString());
}
