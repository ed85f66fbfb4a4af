import { describe, expect, it } from 'vitest';
import { addressesToLookUp } from '../../../src/archiving/addresses-to-look-up.ts';
import { ARCHIVE, DANA, found, JANE, LEAD, mail, named, OFFICE, STRANGER, TOM } from './samples.ts';

describe('addressesToLookUp', () => {
  const full = mail({
    from: [TOM],
    resentFrom: [DANA],
    replyTo: [OFFICE],
    to: [JANE, ARCHIVE],
    cc: [JANE],
    bcc: [LEAD],
  });

  it('names each address of the header once, in order', () => {
    expect(addressesToLookUp(full, null)).toEqual([ARCHIVE, DANA, JANE, LEAD, OFFICE, TOM]);
  });

  it('adds those of attached mails, but not of mails inside those', () => {
    const inner = mail({ from: [JANE], to: [LEAD], forwarded: [mail({ from: [STRANGER] })] });
    expect(addressesToLookUp(mail({ forwarded: [inner] }), null)).toEqual([DANA, JANE, LEAD]);
  });

  it('adds those of the block', () => {
    const forward = found({ to: named(TOM), cc: named(STRANGER) });
    expect(addressesToLookUp(mail(), forward)).toEqual([DANA, JANE, STRANGER, TOM]);
    expect(addressesToLookUp(mail(), found({ from: null, to: [] }))).toEqual([DANA]);
    expect(addressesToLookUp(mail(), { kind: 'none' })).toEqual([DANA]);
  });
});
