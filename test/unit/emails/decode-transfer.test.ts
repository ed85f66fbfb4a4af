import fc from 'fast-check';
import { decode as decodeWhole } from 'libqp';
import { describe, expect, test } from 'vitest';
import { decodeTransfer } from '../../../src/emails/decode-transfer.ts';

type Encoding = Parameters<typeof decodeTransfer>[1];

async function decode(parts: readonly Buffer[], encoding: Encoding): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of decodeTransfer(parts, encoding)) chunks.push(chunk);
  return Buffer.concat(chunks);
}

function inParts(bytes: Buffer, cuts: readonly number[]): Buffer[] {
  const at = [0, ...cuts.map((cut) => Math.min(cut, bytes.length)).sort((a, b) => a - b)];
  return at.map((from, index) => bytes.subarray(from, at[index + 1]));
}

const anyCuts = fc.array(fc.nat(200), { maxLength: 12 });
const PIECES = [
  '=3D',
  '=',
  '=\r\n',
  '=\n',
  '=4',
  ' ',
  '\t',
  '\r\n',
  '\n',
  'x',
  '=e9',
  'word',
  '\xff',
];
const anyQuoted = fc
  .array(fc.constantFrom(...PIECES), { maxLength: 60 })
  .map((pieces) => Buffer.from(pieces.join(''), 'latin1'));

describe('decoding in parts', () => {
  test('quoted-printable is decoded as if it had come at once', async () => {
    await fc.assert(
      fc.asyncProperty(anyQuoted, anyCuts, async (bytes, cuts) => {
        const decoded = await decode(inParts(bytes, cuts), 'quoted-printable');
        expect(decoded).toEqual(decodeWhole(bytes));
      }),
      { numRuns: 3_000 },
    );
  });

  test('base64 comes out byte for byte, however it is cut and wrapped', async () => {
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 150 }), anyCuts, async (bytes, cuts) => {
        const text = Buffer.from(bytes).toString('base64').replace(/.{20}/g, '$& \r\n!');
        const decoded = await decode(inParts(Buffer.from(text), cuts), 'base64');
        expect(decoded).toEqual(Buffer.from(bytes));
      }),
      { numRuns: 300 },
    );
  });

  test('identity is left alone', async () => {
    expect(await decode([Buffer.from('=3D'), Buffer.from('QQ==')], 'identity')).toEqual(
      Buffer.from('=3DQQ=='),
    );
  });

  test('a source that fails fails the decoding', async () => {
    async function* failing(): AsyncGenerator<Buffer> {
      yield Buffer.from('QUJD');
      throw new Error('the database is away');
    }
    for (const encoding of ['base64', 'quoted-printable', 'identity'] as const) {
      const reading = Array.fromAsync(decodeTransfer(failing(), encoding));
      await expect(reading).rejects.toThrow('the database is away');
    }
  });
});
