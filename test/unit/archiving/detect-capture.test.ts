import { describe, expect, it } from 'vitest';
import { detectCapture, needsForwardedBlock } from '../../../src/archiving/detect-capture.ts';
import type { ForwardReading } from '../../../src/archiving/parsed-mail.ts';
import type * as samples from './samples.ts';
import {
  ALIAS,
  ARCHIVE,
  DANA,
  dana,
  facts,
  found,
  JANE,
  mail,
  OLGA,
  OUTGOING,
  STRANGER,
  TOM,
} from './samples.ts';

const none: ForwardReading = { kind: 'none' };
const failed: ForwardReading = { kind: 'failed', why: 'It took too long.' };
const doubtful: ForwardReading = { kind: 'doubtful', why: 'two mails may have been forwarded' };
const part = mail({ partPath: '2', from: [JANE] });

describe('detectCapture', () => {
  it.each<[string, samples.MailSketch, ForwardReading | null, string]>([
    ['a person in To', { to: [JANE] }, null, 'copied header'],
    ['a stranger in Cc', { to: [ARCHIVE], cc: [STRANGER] }, null, 'copied header'],
    ['a person beside colleagues', { to: [TOM, JANE], cc: [ARCHIVE] }, null, 'copied header'],
    ['a person in To, mails attached', { to: [JANE], forwarded: [part] }, null, 'copied header'],
    ['a person in To, whatever the text', { to: [JANE] }, found(), 'copied header'],
    ['a person in Bcc only', { to: [ARCHIVE], bcc: [JANE] }, found(), 'forwarded block'],
    [
      'to the archive, mails attached',
      { to: [ARCHIVE], forwarded: [part] },
      null,
      'forwarded parts',
    ],
    ['mails attached, no block', { to: [ARCHIVE], forwarded: [part] }, none, 'forwarded parts'],
    [
      'mails attached, and a block',
      { to: [ARCHIVE], forwarded: [part] },
      found(),
      'forwarded nothing',
    ],
    [
      'mails attached, in doubt',
      { to: [ARCHIVE], forwarded: [part] },
      doubtful,
      'forwarded nothing',
    ],
    [
      'mails attached, search failed',
      { to: [TOM], forwarded: [part] },
      failed,
      'forwarded nothing',
    ],
    [
      'mails attached, some not read',
      { to: [ARCHIVE], forwarded: [part], mailsLeftOut: 5 },
      null,
      'forwarded parts, 5 not read',
    ],
    [
      'mails attached, none read',
      { to: [ARCHIVE], mailsLeftOut: 2 },
      null,
      'forwarded nothing, 2 not read',
    ],
    [
      'mails attached, none read, and a block',
      { to: [ARCHIVE], mailsLeftOut: 1 },
      found(),
      'forwarded nothing, 1 not read',
    ],
    [
      'to a colleague, mails attached, none read',
      { to: [TOM], mailsLeftOut: 1 },
      null,
      'forwarded nothing, 1 not read',
    ],
    ['a person in To, mails not read', { to: [JANE], mailsLeftOut: 5 }, null, 'copied header'],
    ['to a colleague, mails attached', { to: [TOM], forwarded: [part] }, null, 'forwarded parts'],
    ['a block', { to: [ARCHIVE] }, found(), 'forwarded block'],
    ['a block, beside a colleague', { to: [ARCHIVE], cc: [TOM] }, found(), 'forwarded block'],
    ['a block without its sender', { to: [ARCHIVE] }, found({ from: null }), 'forwarded block'],
    ['no block', { to: [ARCHIVE] }, none, 'forwarded nothing'],
    ['no block, archive twice', { to: [ARCHIVE], cc: [ALIAS] }, none, 'forwarded nothing'],
    ['no block, archive in Cc alone', { cc: [ARCHIVE] }, none, 'forwarded nothing'],
    ['no block, to our outgoing address', { to: [OUTGOING] }, none, 'forwarded nothing'],
    ['no block, to a colleague', { to: [TOM] }, none, 'copied header'],
    [
      'no block, to a colleague, archive in Cc',
      { to: [TOM], cc: [ARCHIVE] },
      none,
      'copied header',
    ],
    ['no block, to a former colleague', { to: [OLGA] }, none, 'copied header'],
    ['no block, to oneself', { to: [DANA] }, none, 'copied header'],
    ['no block, to oneself and the archive', { to: [DANA, ARCHIVE] }, none, 'copied header'],
    ['no block, no recipients', {}, none, 'copied header'],
    ['search failed', { to: [ARCHIVE] }, failed, 'forwarded nothing'],
    ['search failed, to a colleague', { to: [TOM] }, failed, 'forwarded nothing'],
    ['search failed, to oneself', { to: [DANA] }, failed, 'forwarded nothing'],
    ['in doubt, to the archive', { to: [ARCHIVE] }, doubtful, 'forwarded nothing'],
    ['in doubt, to a colleague', { to: [TOM] }, doubtful, 'forwarded nothing'],
    ['not searched', { to: [TOM] }, null, 'forwarded nothing'],
  ])('%s', (_name, sketch, forward, expected) => {
    const captured = detectCapture(mail(sketch), forward, dana, facts());
    const notRead = captured.by === 'parts' || captured.by === 'nothing' ? captured.notRead : 0;
    const told = notRead === 0 ? '' : `, ${notRead} not read`;
    expect(`${captured.capture} ${captured.by}${told}`).toBe(expected);
    expect(captured.why).toMatch(/^[A-Z].*\.$|is in To or Cc\.$/);
  });

  it('takes a redirected mail as forwarded, whoever is in To', () => {
    const owner = { ...dana, via: 'resent-from' as const };
    const captured = detectCapture(mail({ from: [JANE], to: [DANA] }), null, owner, facts());
    expect(captured).toMatchObject({ capture: 'forwarded', by: 'resent' });
    expect(needsForwardedBlock(mail({ from: [JANE], to: [DANA] }), owner, facts())).toBe(false);
  });
});
