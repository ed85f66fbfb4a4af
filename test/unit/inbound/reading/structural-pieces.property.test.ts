import { type MessageChunk, Splitter } from '@zone-eu/mailsplit';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { headerLength } from '../../../../src/archiving/header-fields.ts';
import { type MimeNode, splitMail } from '../../../../src/inbound/reading/split-mail.ts';
import { structuralPieces } from '../../../../src/inbound/reading/structural-pieces.ts';
import { base64, html, mail, multipart, part, text } from './build.ts';

/** The bodies of all leaves, as the library finds them when it sees every byte. */
async function leavesInFull(raw: Buffer): Promise<string[]> {
  const bodies = new Map<MimeNode, Buffer[]>();
  const splitter = new Splitter({ ignoreEmbedded: true });
  splitter.end(raw);
  for await (const item of splitter as AsyncIterable<MimeNode | MessageChunk>) {
    if (item.type === 'node') {
      if (item.multipart === false) bodies.set(item, []);
    } else {
      // The last piece of a part may come without a value.
      const { value } = item as Partial<MessageChunk>;
      if (item.type === 'body' && value) bodies.get(item.node)?.push(value);
    }
  }
  return [...bodies.values()].map((pieces) => Buffer.concat(pieces).toString('latin1'));
}

/** The library gives an empty part the line end that belongs to the boundary after it. */
function withoutLoneLineEnds(bodies: readonly string[]): string[] {
  return bodies.map((body) => (/^\r?\n$/.test(body) ? '' : body));
}

async function leavesRead(raw: Buffer): Promise<string[]> {
  const bodyStart = headerLength(raw);
  const split = await splitMail(raw.subarray(0, bodyStart), raw.subarray(bodyStart), 1_000);
  if (split.kind === 'unreadable') throw new Error(split.why);
  const leaves = split.parts.filter(({ node }) => node.multipart === false);
  return leaves.map(({ body }) => body.toString('latin1'));
}

const FILE = base64(Buffer.alloc(30_000, 'attachment'));
const entity = (body: string) => part('Content-Type: application/x', body);

const BODIES: readonly (readonly [string, string])[] = [
  ['base64', FILE],
  ['one long line', 'x'.repeat(40_000)],
  ['a long line, then short ones', `${'x'.repeat(40_000)}\r\na\r\nb\r\nc`],
  ['short lines, then a long one', `${'a\r\n'.repeat(10_000)}${'x'.repeat(40_000)}`],
  ['line ends alone', '\r\n'.repeat(20_000)],
  ['line feeds alone', '\n'.repeat(40_000)],
  ['lines that end in CR', 'a\r'.repeat(20_000)],
  [
    'dashes here and there',
    `${'x'.repeat(70)}\r\n`.repeat(400).concat('--\r\n', FILE, '\r\n--', FILE),
  ],
];

test.each(BODIES)('%s: the parts are those of the whole', async (_name, body) => {
  const whole = multipart('mixed', 'b', [text('x'), entity(body), html('y'), entity(body)]);
  for (const cut of [0, 1, 8, 9, 10, 11]) {
    const raw = mail(whole.slice(0, whole.length - cut));
    const crlf = await leavesRead(raw);
    expect(crlf).toEqual(await leavesInFull(raw));
    expect(crlf[1]).toBe(body);
    const lf = Buffer.from(raw.toString('latin1').replaceAll('\r\n', '\n'), 'latin1');
    expect(await leavesRead(lf)).toEqual(await leavesInFull(lf));
  }
});

test('most of an attachment is left out, nothing of its surroundings', () => {
  const body = Buffer.from(multipart('mixed', 'b', [text('x'), entity(FILE), text('y')]));
  const kept = Buffer.concat(structuralPieces(body)).toString();
  expect(kept.length).toBeLessThan(5_000);
  for (const word of ['boundary="b"', '--b\r\n', 'application/x', '\r\n\r\ny\r\n--b--\r\n']) {
    expect(kept).toContain(word);
  }
});

const SEED = mail(
  multipart('mixed', 'b', [
    multipart('alternative', 'c', [text('Hello'), html('<p>Hello</p>')]),
    entity(FILE),
    entity(`${'some text\r\n'.repeat(3_000)}\r\n${FILE}`),
  ]),
).toString('latin1');

const TOKENS = [
  '\r\n',
  '\n',
  '\r',
  '--',
  '--b',
  '\r\n--b\r\n',
  '\n--c--\n',
  '\r\n\r\n',
  '\n\n',
  '\r--b\r',
  'Content-Type: text/plain\r\n',
];

const mutation = fc.record({
  at: fc.double({ min: 0, max: 1, noNaN: true }),
  remove: fc.nat({ max: 200 }),
  insert: fc.constantFrom(...TOKENS),
});

test('also in a damaged mail', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(mutation, { minLength: 1, maxLength: 8 }), async (mutations) => {
      let damaged = SEED;
      const start = SEED.indexOf('\r\n\r\n') + 4;
      for (const { at, remove, insert } of mutations) {
        const from = start + Math.floor(at * (damaged.length - start));
        damaged = damaged.slice(0, from) + insert + damaged.slice(from + remove);
      }
      const raw = Buffer.from(damaged, 'latin1');
      expect(withoutLoneLineEnds(await leavesRead(raw))).toEqual(
        withoutLoneLineEnds(await leavesInFull(raw)),
      );
    }),
    { numRuns: 150 },
  );
});
