import { readFileSync } from 'node:fs';
import { parseEnv } from 'node:util';
import { expect, test } from 'vitest';
import { ENV_VARIABLES, readEnv } from '../../../src/config/env.ts';

const text = readFileSync('.env.example', 'utf8');
const readme = readFileSync('README.md', 'utf8');
/** The example with every setting switched on. */
const all = parseEnv(text.replace(/^#(?=[A-Z_]+=)/gm, ''));

test('the example has exactly the variables that are read', () => {
  expect(Object.keys(all).sort()).toEqual([...ENV_VARIABLES].sort());
});

test('copied as it is, it changes nothing', () => {
  expect(readEnv(parseEnv(text))).toEqual(readEnv({}));
});

test('every value that it shows is a valid one', () => {
  expect(() => readEnv(all)).not.toThrow();
});

test('the values that it calls defaults are the defaults', () => {
  const { DATABASE_URL: _db, REDIS_URL: _redis, NODE_ENV: _mode, ...defaults } = all;
  expect(readEnv(defaults)).toEqual(readEnv({}));
});

test('the README explains each of them', () => {
  expect(ENV_VARIABLES.filter((name) => !readme.includes(`\`${name}\``))).toEqual(['NODE_ENV']);
});
