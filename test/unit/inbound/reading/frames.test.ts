import fc from 'fast-check';
import { expect, test } from 'vitest';
import { FRAME_KINDS, frameHead, FrameReader } from '../../../../src/inbound/reading/frames.ts';

test('frames come out as they went in, however the bytes are divided', () => {
  const frame = fc.record({
    kind: fc.constantFrom(...FRAME_KINDS),
    payload: fc.uint8Array({ maxLength: 40 }),
  });
  fc.assert(
    fc.property(
      fc.array(frame, { maxLength: 6 }),
      fc.integer({ min: 1, max: 60 }),
      (sent, step) => {
        const bytes = Buffer.concat(
          sent.flatMap(({ kind, payload }) => [frameHead(kind, payload.length), payload]),
        );
        const reader = new FrameReader();
        const received: string[] = [];
        for (let at = 0; at < bytes.length; at += step) {
          for (const { kind, payload } of reader.push(bytes.subarray(at, at + step))) {
            received.push(`${kind} ${payload.toString('hex')}`);
          }
        }
        const expected = sent.map((s) => `${s.kind} ${Buffer.from(s.payload).toString('hex')}`);
        expect(received).toEqual(expected);
      },
    ),
  );
});

test.each([
  ['an unknown kind', Buffer.from([99, 0, 0, 0, 0])],
  ['an impossible length', Buffer.from([0, 255, 255, 255, 255])],
])('%s is refused', (_name, bytes) => {
  expect(() => [...new FrameReader().push(bytes)]).toThrow('no frame');
});
