import { describe, expect, test } from 'vitest';
import { readForward } from '../../../src/archiving/read-forward.ts';
import { ANSWERS, body, type Body, FORMS, type Form, UNKNOWN_FORMS } from './nested-forwards.ts';

const [OUTER, MIDDLE, INNER] = ['outer@acme.example', 'middle@acme.example', 'inner@acme.example'];
const LETTER = body('Dear Dana,\n\nthe offer is attached.\n\nJane');

/** What may stand above a forwarded mail without making anybody doubt which one that is. */
const REMARKS: readonly Body[] = [
  body(''),
  body('FYI:'),
  body('Please file this.\nThank you'),
  body('See below.\n\n-- \nDana Dale\nHouse Ltd\nTel: +49 40 123456\nE-Mail: dana@house.example'),
  body(`Best\n\n${'_'.repeat(32)}\nDana Dale\nhttps://house.example`),
  body('CAUTION: this mail came from outside. Do not open links: they may be harmful.'),
];

/** What makes it doubtful, or looks as if it did. */
const STRANGE_REMARKS: readonly Body[] = [
  body('I got this one.\nFrom: x@y.example\nIt is about the offer.'),
  body('From: x@y.example'),
  body('From: our talk with x@y.example\nSubject: the offer'),
  body('Von: Roe, Jane\nBetreff: Angebot'),
  body('To: everybody\nDate: today'),
  body('> so she said\nand I agree'),
];

/** The sender in the text alone, in the HTML alone and in both; null where none is found. */
function sendersIn({ text, html }: Body): (string | null)[] {
  const inputs = [
    { text, html: null },
    { text: '', html },
    { text, html },
  ];
  return inputs.map((input) => {
    const reading = readForward(input);
    return reading.kind === 'found' ? (reading.block.from?.address ?? null) : null;
  });
}

/** A few forms that differ in how they are found. */
const FEW = FORMS.slice(0, 5);

/** Each of the forms inside the given one. */
function eachInside(
  outer: Form,
  remark: Body,
  inners: readonly Form[],
  check: (nested: Body, name: string) => void,
): void {
  for (const inner of inners) {
    const inside = inner.wrap(INNER, LETTER, body('I pass this on.'));
    check(outer.wrap(OUTER, inside, remark), `${inner.name} inside, below "${remark.text}"`);
  }
}

describe('a forward around a forward', () => {
  test.each(FORMS)('$name: its own sender is read, whatever is inside', (outer) => {
    for (const [index, remark] of REMARKS.entries()) {
      const inners = index === 0 ? [...FORMS, ...UNKNOWN_FORMS] : FEW;
      eachInside(outer, remark, inners, (nested, name) => {
        expect(sendersIn(nested), name).toEqual([OUTER, OUTER, OUTER]);
      });
    }
  });

  test.each(FORMS)('$name: below strange remarks the inner sender is never taken', (outer) => {
    for (const remark of STRANGE_REMARKS) {
      eachInside(outer, remark, FEW, (nested, name) => {
        for (const sender of sendersIn(nested)) expect([OUTER, null], name).toContain(sender);
      });
    }
  });

  test.each(FORMS)('$name: nobody is taken where it names no address', (outer) => {
    for (const inner of FEW) {
      const inside = inner.wrap(INNER, LETTER, body('I pass this on.'));
      const senders = sendersIn(outer.wrap('known to you', inside, body('See below.')));
      expect(senders, inner.name).toEqual([null, null, null]);
    }
  });

  test.each(UNKNOWN_FORMS)('$name, which cannot be read: nobody inside is taken', (outer) => {
    for (const remark of REMARKS) {
      eachInside(outer, remark, FEW, (nested, name) => {
        for (const sender of sendersIn(nested)) expect([OUTER, null], name).toContain(sender);
      });
    }
  });

  test.each(FORMS)('$name: two levels of others inside', (outer) => {
    for (const middle of FEW) {
      for (const inner of FEW) {
        const inside = middle.wrap(MIDDLE, inner.wrap(INNER, LETTER, body('')), body('Look.'));
        const senders = sendersIn(outer.wrap(OUTER, inside, body('See below.')));
        expect(senders, `${inner.name} in ${middle.name}`).toEqual([OUTER, OUTER, OUTER]);
      }
    }
  });
});

describe('an answer around a forward', () => {
  test.each(ANSWERS)('$name: nothing was forwarded', (answer) => {
    for (const remark of [body(''), body('Thanks!')]) {
      for (const note of ['', 'I pass this on.']) {
        for (const inner of FORMS) {
          const inside = inner.wrap(INNER, LETTER, body(note));
          const senders = sendersIn(answer.wrap(OUTER, inside, remark));
          expect(senders, inner.name).toEqual([null, null, null]);
        }
      }
    }
  });

  test.each(FORMS)('$name around an answer: its own sender is read', (outer) => {
    for (const answer of ANSWERS) {
      const inside = answer.wrap(MIDDLE, LETTER, body('Thanks!'));
      const senders = sendersIn(outer.wrap(OUTER, inside, body('See below.')));
      expect(senders, answer.name).toEqual([OUTER, OUTER, OUTER]);
    }
  });
});

describe('a forward that somebody quotes whole', () => {
  test.each(FORMS)('$name: its sender or none', (outer) => {
    eachInside(outer, body(''), FEW, (nested, name) => {
      const text = nested.text.replaceAll(/^/gm, '> ');
      const html = `<blockquote>${nested.html}</blockquote>`;
      for (const sender of sendersIn({ text, html })) expect([OUTER, null], name).toContain(sender);
    });
  });
});

describe('why a reading is doubtful', () => {
  const gmail = FORMS[0]?.wrap(INNER, LETTER, body('')).text ?? '';

  test.each([
    ['a header it could not read', 'From: Jane <jane@acme.example>', 'another header'],
    ['quoted text', '> so she said', 'quoted text'],
    ['a separator without a header', '-------- Forwarded Message --------\nHi!', 'announced'],
  ])('%s above it', (_name, above, why) => {
    const reading = readForward({ text: `${above}\n\n${gmail}`, html: null });
    expect(reading).toEqual({ kind: 'doubtful', why: expect.stringContaining(why) as string });
  });

  test('text and HTML name different senders, or different mails', () => {
    const block = (from: string, subject: string) =>
      `---------- Forwarded message ---------\nFrom: ${from}\nSubject: ${subject}\n\nHello`;
    const html = block('jane@acme.example', 'Offer').replaceAll('\n', '<br>');
    const read = (text: string) => readForward({ text, html });
    expect(read(block('Jane', 'Offer'))).toMatchObject({
      kind: 'found',
      block: { foundIn: 'html' },
    });
    expect(read(block('Jane', 'Fwd: Offer'))).toMatchObject({ kind: 'doubtful' });
    expect(read(block('x@acme.example', 'Offer'))).toMatchObject({ kind: 'doubtful' });
    expect(read(block('jane@acme.example', 'Offer'))).toMatchObject({ kind: 'found' });
  });
});
