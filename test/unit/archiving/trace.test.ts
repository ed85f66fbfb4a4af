import { describe, expect, it } from 'vitest';
import { planFiling } from '../../../src/archiving/plan-filing.ts';
import { shorten } from '../../../src/archiving/shorten.ts';
import {
  ARCHIVE,
  DANA,
  facts,
  found,
  JANE,
  LEAD,
  mail,
  OFFICE,
  read,
  STRANGER,
} from './samples.ts';

describe('the trace', () => {
  it('tells the whole way of a message', () => {
    const parsed = mail({ to: [STRANGER, OFFICE], cc: [JANE] });
    expect(planFiling(read(parsed), null, facts()).trace).toEqual({
      line: 'a deciding correspondent matched',
      outcome: 'archived',
      reason: 'matched',
      steps: [
        { step: 'read', verdict: 'mail', why: 'Signs that no answer is wanted: none.' },
        {
          step: 'screen',
          verdict: 'fit',
          why: 'One From field with one mailbox; not a message of our own.',
        },
        { step: 'owner', verdict: 'owner', why: `From ${DANA} is an address of user 1.` },
        {
          step: 'trust',
          verdict: 'unknown',
          why: 'The sender policy is off: From was not checked.',
        },
        { step: 'duplicate', verdict: 'no', why: 'Not seen before.' },
        { step: 'capture', verdict: 'copied (header)', why: `${STRANGER} is in To or Cc.` },
        { step: 'bounce', verdict: 'no-bounce', why: 'Only rejected messages are bounced.' },
      ],
      emails: {
        count: 1,
        shown: [
          {
            partPath: '',
            state: 'archived',
            correspondents: {
              count: 3,
              shown: [
                {
                  address: OFFICE,
                  role: 'to',
                  deciding: true,
                  people: { count: 2, shown: [12, 13] },
                },
                { address: JANE, role: 'cc', deciding: true, people: { count: 1, shown: [11] } },
                { address: STRANGER, role: 'to', deciding: true, people: { count: 0, shown: [] } },
              ],
            },
          },
        ],
      },
    });
  });

  it.each([
    [
      'many recipients',
      mail({
        to: Array.from({ length: 100_000 }, (_, i) => `${'x'.repeat(250)}${String(i)}@a.example`),
      }),
    ],
    [
      'many mails',
      mail({
        to: [ARCHIVE],
        forwarded: Array.from({ length: 1000 }, (_, i) =>
          mail({ partPath: String(i), from: [`${'x'.repeat(250)}@a.example`], to: [LEAD] }),
        ),
      }),
    ],
    [
      'many mails, many not read',
      mail({
        to: [ARCHIVE],
        bcc: Array.from({ length: 5000 }, (_, i) => `${'x'.repeat(250)}${String(i)}@a.example`),
        forwarded: Array.from({ length: 100 }, (_, i) => mail({ partPath: String(i + 1) })),
        mailsLeftOut: 1000,
      }),
    ],
    [
      'many signs',
      mail({
        from: [STRANGER],
        fields: Array.from({ length: 5000 }, () => ['list-id', 'x'.repeat(2000)] as const),
      }),
    ],
  ])('stays small: %s', (_name, parsed) => {
    const { trace } = planFiling(read(parsed), null, facts());
    expect(JSON.stringify(trace).length).toBeLessThan(200_000);
  });

  it('counts what it does not show', () => {
    const to = Array.from({ length: 5000 }, (_, i) => `p${String(i)}@a.example`);
    const { trace } = planFiling(read(mail({ to: [...to, JANE] })), null, facts());
    const correspondents = trace.emails.shown[0]?.correspondents;
    expect(correspondents?.count).toBe(5001);
    expect(correspondents?.shown).toHaveLength(200);
    expect(correspondents?.shown[0]?.address).toBe(JANE);
  });

  it.each([
    ['all read', 0, undefined],
    ['one not read', 1, '1 attached mail(s) not read: too many, or not readable.'],
    ['many not read', 900, '900 attached mail(s) not read: too many, or not readable.'],
  ])('says how many attached mails were not read: %s', (_name, mailsLeftOut, why) => {
    for (const forwarded of [[mail({ partPath: '2', from: [JANE] })], []]) {
      const parsed = mail({ to: [ARCHIVE], forwarded, mailsLeftOut });
      const { steps } = planFiling(read(parsed), { kind: 'none' }, facts()).trace;
      expect(steps.find(({ step }) => step === 'attached')?.why).toBe(why);
    }
  });

  it('says why a search for a forwarded mail failed', () => {
    const parsed = mail({ to: [ARCHIVE] });
    const steps = (forward: Parameters<typeof planFiling>[1]) =>
      planFiling(read(parsed), forward, facts()).trace.steps.find(({ step }) => step === 'capture');
    expect(steps({ kind: 'failed', why: 'It took too long.' })?.why).toContain('It took too long.');
    expect(steps({ kind: 'doubtful', why: 'it is in doubt' })?.why).toContain('it is in doubt.');
    expect(steps({ kind: 'none' })?.why).toContain('no forwarded mail was found');
    expect(steps(found({ foundIn: 'html' }))?.why).toContain('found in the html');
    expect(steps(null)?.why).toContain('not searched');
  });
});

describe('shorten', () => {
  it.each([
    ['', 3, ''],
    ['abc', 3, 'abc'],
    ['abcd', 3, 'abc…'],
    ['ab\u{1f4ce}cd', 3, 'ab…'],
    ['ab\u{1f4ce}cd', 4, 'ab\u{1f4ce}…'],
  ])('%j to %i', (text, max, short) => {
    expect(shorten(text, max)).toBe(short);
  });
});
