import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { createTranslate, type MessageKey } from '../../../src/http/translation.ts';
import { OUTCOMES } from '../../../src/shared/outcome.ts';

const t = createTranslate();
const CATALOGUE = 'public/locales/en';
const catalogues = readdirSync(CATALOGUE).map((file) => ({
  file,
  texts: JSON.parse(readFileSync(join(CATALOGUE, file), 'utf8')) as Record<string, string>,
}));
const keys = catalogues.flatMap(({ texts }) => Object.keys(texts));

/** What pages and code may build keys from: `status.outcome.${name}`. */
const BUILT = [
  ...[...OUTCOMES, 'waiting'].map((name) => `status.outcome.${name}`),
  ...['works', 'attention', 'missing'].map((health) => `status.health.${health}`),
  ...['database', 'queue', 'mailbox'].map((name) => `status.part.${name}`),
];

function sources(folder: string, ending: string): string {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith(ending))
    .map((name) => readFileSync(join(folder, name), 'utf8'))
    .join('\n');
}

const all = sources('views', '.ejs') + sources('src', '.ts');

test('places are filled in, without escaping what the view escapes', () => {
  expect(t('app.version', { version: '<1>' })).toBe('Version <1>');
});

test('a count chooses the form', () => {
  expect(t('app.inbox', { count: 1 })).toBe('Inbox: 1 new notice');
  expect(t('app.inbox', { count: 3 })).toBe('Inbox: 3 new notices');
});

test('a text that is missing fails', () => {
  expect(() => t('no.such.text' as MessageKey)).toThrow(
    'The catalogue has no text "no.such.text".',
  );
});

test('no key is in two files', () => {
  expect(keys.filter((key, index) => keys.indexOf(key) !== index)).toEqual([]);
});

test('the catalogue has every text that views ask for', () => {
  const asked = [...sources('views', '.ejs').matchAll(/\bt\('([^']+)'/g)].map(([, key]) => key);
  const known = new Set(keys.flatMap((key) => [key, singular(key)]));
  expect(asked.length).toBeGreaterThan(5);
  expect([...asked, ...BUILT].filter((key) => !known.has(key ?? ''))).toEqual([]);
});

test('the catalogue has no text that nobody asks for', () => {
  // Keys that a template builds: `admin.role.${name}` asks for all that begin with "admin.role.".
  const built = [...all.matchAll(/`([a-zA-Z.]+\.)\$\{/g)].map(([, prefix]) => prefix ?? '');
  const endings = [...all.matchAll(/`\$\{[^}]+\}(\.[a-zA-Z.]+)`/g)].map(
    ([, ending]) => ending ?? '',
  );
  const unused = keys.filter((key) => {
    const name = singular(key);
    const asked = all.includes(`'${name}'`) || built.some((prefix) => name.startsWith(prefix));
    return !asked && !endings.some((ending) => name.endsWith(ending));
  });
  expect(unused).toEqual([]);
});

function singular(key: string): string {
  return key.replace(/_(one|other)$/, '');
}
