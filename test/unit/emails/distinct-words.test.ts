import { expect, test } from 'vitest';
import { distinctWords } from '../../../src/emails/distinct-words.ts';

test.each([
  ['each word once, in the order of the text', 'to be or not to be', 'to be or not'],
  ['white space of any kind', 'one\ttwo\r\nthree\u00a0four\u3000five', 'one two three four five'],
  ['what a sentence ends with', 'Well. Well! Well? [Well] {Well} Well:', 'Well [Well {Well'],
  ['what no search goes across', `"Well", (she said; 'well')`, 'Well she said well'],
  ['angle brackets are no tags', 'Dana <dana@north.example>, <b>x', 'Dana dana@north.example b x'],
  ['capitals are PostgreSQL\u2019s affair', 'Straße STRASSE straße', 'Straße STRASSE straße'],
  [
    'words of several parts',
    'E-Mail a.b+c@d.example 2026-11-24',
    'E-Mail a.b+c@d.example 2026-11-24',
  ],
  ['numbers', '1.234 1.234. -5 1.234', '1.234 -5'],
  ['addresses as they are', 'x.example/find? x.example/a.', 'x.example/find? x.example/a.'],
  ['dots that a word may be known by', 'and.. and...', 'and.. and...'],
  ['a sign between its neighbours', 'A Smith & Sons – here', 'A Smith & Sons – here'],
  ['words beside a sign each time', 'Tom & Tom & Jerry Tom', 'Tom & Tom & Jerry Tom'],
  ['what a colon is before', 'Tel: 030 Fax: 030 030', 'Tel: 030 Fax: 030 030'],
  ['signs without neighbours', ' - one\n- one\n--', '- one - one --'],
  ['scripts without spaces', '椅子を四十脚 ราคา 椅子を四十脚', '椅子を四十脚 ราคา'],
  ['nothing', ' \n ,;"', ''],
])('%s', (_what, text, words) => {
  expect(distinctWords(text)).toBe(words);
});

/** Minutes, where each sign is looked at with all those before it. */
test.each([
  ['a word without end', 'x'.repeat(1_000_000)],
  ['dots in words', 'x.'.repeat(1_000_000)],
  ['dots, and a letter', `${'.'.repeat(1_000_000)}x`],
  ['signs', '& '.repeat(500_000)],
  ['signs between words', 'a & '.repeat(500_000)],
  ['accents', `a${'\u0301'.repeat(1_000_000)}`],
  ['halves of characters', '\ud83d'.repeat(1_000_000)],
  ['words', Array.from({ length: 200_000 }, (_, at) => at.toString(36)).join(' ')],
])('%s are looked at once', (_what, text) => {
  expect(distinctWords(text).length).toBeLessThanOrEqual(text.length);
});
