import { zstdCompressSync, constants } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { benchMailbox } from '../../support/bench-mailbox.ts';

const OPTIONS = {
  archiveAddress: 'archive@bench-firm.example',
  now: new Date('2025-03-10T12:00:00Z'),
  count: 300,
};

describe('benchMailbox', () => {
  const mails = [...benchMailbox(OPTIONS).mails()];
  const bytes = mails.reduce((sum, mail) => sum + mail.raw.length, 0);

  it('writes as many mails as asked, a quarter with attachments, of about the asked size', () => {
    expect(mails).toHaveLength(300);
    const files = /filename="(?:document|list)-/;
    expect(mails.filter((mail) => files.test(mail.raw.toString('latin1')))).toHaveLength(75);
    // Few and far apart sizes make up most of the bytes: three hundred mails vary a good deal.
    expect(bytes / 300).toBeGreaterThan(40_000);
    expect(bytes / 300).toBeLessThan(200_000);
  });

  it('compresses about as a real mailbox does', () => {
    const params = { [constants.ZSTD_c_compressionLevel]: 1 };
    const packed = mails.map((mail) => zstdCompressSync(mail.raw, { params }).length);
    const share = packed.reduce((sum, size) => sum + size, 0) / bytes;
    expect(share).toBeGreaterThan(0.55);
    expect(share).toBeLessThan(0.78);
  });

  it('has mails of each outcome but quarantine, mostly archived', () => {
    const outcomes = Map.groupBy(mails, (mail) => mail.outcome);
    expect([...outcomes.keys()].sort()).toEqual(['archived', 'ignored', 'rejected', 'unmatched']);
    expect(outcomes.get('archived')?.length).toBeGreaterThan(150);
  });

  it('writes the same bytes each time, ids that are never used twice', () => {
    const [first] = benchMailbox(OPTIONS).mails();
    expect(first?.raw).toEqual(mails[0]?.raw);
    const ids = mails.map((mail) => /^Message-ID: (.*)\r$/m.exec(mail.raw.toString('latin1'))?.[1]);
    expect(new Set(ids).size).toBe(300);
  });
});
