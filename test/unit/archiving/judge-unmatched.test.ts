import { describe, expect, it } from 'vitest';
import { detectCapture } from '../../../src/archiving/detect-capture.ts';
import { extractCorrespondents } from '../../../src/archiving/extract-correspondents.ts';
import { isOnlyColleagues, judgeUnmatched } from '../../../src/archiving/judge-unmatched.ts';
import { matchCorrespondents } from '../../../src/archiving/match-correspondents.ts';
import type { ForwardReading } from '../../../src/archiving/parsed-mail.ts';
import type * as samples from './samples.ts';
import { ARCHIVE, DANA, dana, facts, found, JANE, mail, named, STRANGER, TOM } from './samples.ts';

const none: ForwardReading = { kind: 'none' };
const failed: ForwardReading = { kind: 'failed', why: '' };
const fromTom = { address: TOM, name: '' };
const fromJane = mail({ partPath: '2', from: [JANE], to: [DANA] });
const fromStranger = mail({ partPath: '3', from: [STRANGER], to: [DANA] });
const amongUs = mail({ partPath: '4', from: [TOM], to: [DANA] });
const toSelf = mail({ partPath: '5', from: [DANA], to: [DANA] });

function judge(sketch: samples.MailSketch, forward: ForwardReading | null): [string, boolean] {
  const parsed = mail(sketch);
  const captured = detectCapture(parsed, forward, dana, facts());
  const drafts = extractCorrespondents(parsed, captured, dana, facts());
  const emails = drafts.map((draft) => matchCorrespondents(draft, facts()));
  return [judgeUnmatched(captured, emails), isOnlyColleagues(captured, emails)];
}

describe('judgeUnmatched, and whether only colleagues are on it', () => {
  it.each<[string, samples.MailSketch, ForwardReading | null, string, boolean]>([
    ['a stranger', { to: [STRANGER] }, null, 'no-match', false],
    ['a stranger and a colleague', { to: [STRANGER, TOM] }, null, 'no-match', false],
    ['a person in Bcc alone', { bcc: [JANE] }, none, 'no-match', false],
    ['a colleague', { to: [TOM] }, none, 'only-colleagues', true],
    ['a colleague, archive in Cc', { to: [TOM], cc: [ARCHIVE] }, none, 'only-colleagues', true],
    [
      'a colleague, Reply-To elsewhere',
      { to: [TOM], replyTo: [STRANGER] },
      none,
      'only-colleagues',
      true,
    ],
    ['a colleague, search failed', { to: [TOM] }, failed, 'no-forward-found', false],
    ['oneself', { to: [DANA] }, none, 'nobody-on-it', false],
    ['nobody', {}, none, 'nobody-on-it', false],
    ['the archive', { to: [ARCHIVE] }, none, 'no-forward-found', false],
    [
      'the archive, a colleague in Cc',
      { to: [ARCHIVE], cc: [TOM] },
      none,
      'no-forward-found',
      false,
    ],
    ['the archive, search failed', { to: [ARCHIVE] }, failed, 'no-forward-found', false],
    ['a block from a stranger', {}, found({ from: named(STRANGER)[0] ?? null }), 'no-match', false],
    [
      'a block without sender',
      {},
      found({ from: null, to: named(JANE) }),
      'no-forward-found',
      false,
    ],
    ['a block among us', {}, found({ from: fromTom }), 'only-colleagues', false],
    [
      'mails, one of two known',
      { forwarded: [fromJane, fromStranger] },
      null,
      'partly-matched',
      false,
    ],
    [
      'mails, known and among us',
      { forwarded: [fromJane, amongUs] },
      null,
      'partly-matched',
      false,
    ],
    ['mails, none known', { forwarded: [fromStranger, amongUs] }, null, 'no-match', false],
    ['mails among us', { forwarded: [amongUs, amongUs] }, null, 'only-colleagues', true],
    [
      'mails among us and to oneself',
      { forwarded: [amongUs, toSelf] },
      null,
      'only-colleagues',
      false,
    ],
    [
      'mails, one known, others not read',
      { forwarded: [fromJane], mailsLeftOut: 5 },
      null,
      'partly-matched',
      false,
    ],
    [
      'mails, none known, others not read',
      { forwarded: [fromStranger], mailsLeftOut: 5 },
      null,
      'no-match',
      false,
    ],
    [
      'mails among us, others not read',
      { to: [TOM], forwarded: [amongUs], mailsLeftOut: 1 },
      null,
      'no-forward-found',
      false,
    ],
    ['mails, none read', { to: [TOM], mailsLeftOut: 1 }, null, 'no-forward-found', false],
    ['mails to oneself', { forwarded: [toSelf] }, null, 'nobody-on-it', false],
  ])('%s', (_name, sketch, forward, reason, onlyColleagues) => {
    expect(judge(sketch, forward)).toEqual([reason, onlyColleagues]);
  });
});
