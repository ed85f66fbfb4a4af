import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import english from '../../../public/locales/en.json' with { type: 'json' };
import { createTranslate, type MessageKey } from '../../../src/http/translation.ts';
import { OUTCOMES } from '../../../src/shared/outcome.ts';

const t = createTranslate();

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

test('places are filled in, without escaping what the view escapes', () => {
  expect(t('app.version', { version: '<1>' })).toBe('Version <1>');
});

test('a text that is missing fails', () => {
  expect(() => t('no.such.text' as MessageKey)).toThrow(
    'The catalogue has no text "no.such.text".',
  );
});

test('the catalogue has every text that views ask for', () => {
  const asked = [...sources('views', '.ejs').matchAll(/\bt\('([^']+)'/g)].map((match) => match[1]);
  expect(asked.length).toBeGreaterThan(5);
  expect([...asked, ...BUILT].filter((key) => !Object.hasOwn(english, key ?? ''))).toEqual([]);
});

test('the catalogue has no text that nobody asks for', () => {
  const all = sources('views', '.ejs') + sources('src', '.ts');
  const unused = Object.keys(english).filter((key) => !all.includes(`'${key}'`));
  expect(unused.filter((key) => !BUILT.includes(key))).toEqual([]);
});
