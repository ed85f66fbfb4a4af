import fc from 'fast-check';
import { expect, test } from 'vitest';
import { decodeBody, decodedSize } from '../../../../src/inbound/reading/transfer-encoding.ts';

const PIECES = ['QUJD', 'Q', 'QQ==', '=', '\r\n', '-_', ' ', '=3D', '=\r\n', 'x'];
const anyBody = fc
  .array(fc.constantFrom(...PIECES), { maxLength: 40 })
  .map((pieces) => Buffer.from(pieces.join('')));

test.each(['base64', 'quoted-printable', 'identity'] as const)(
  'what is said of the size of %s is what comes out of it, however broken it is',
  async (encoding) => {
    await fc.assert(
      fc.asyncProperty(anyBody, async (body) => {
        const decoded = await decodeBody(body, encoding);
        expect(await decodedSize(body, encoding)).toBe(decoded.length);
      }),
      { numRuns: 2_000 },
    );
  },
);
