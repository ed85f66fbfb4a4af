import { describe, expect, it } from 'vitest';
import { automaticSigns } from '../../../src/archiving/automatic-signs.ts';
import { screenMessage } from '../../../src/archiving/screen-message.ts';
import { DANA, facts, INSTANCE, mail, STRANGER, TOM, type MailSketch } from './samples.ts';

const own: readonly [string, string] = ['x-letterbook-instance', INSTANCE];
const ownId = `<letterbook.${INSTANCE}.7@crm.example>`;
const report: readonly [string, string] = ['content-type', 'multipart/report; boundary=x'];

function screen(sketch: MailSketch, instanceId = INSTANCE): string {
  const known = facts({ instanceId });
  const parsed = mail(sketch);
  return screenMessage(parsed, automaticSigns(parsed, STRANGER, known), known).kind;
}

describe('screenMessage', () => {
  it.each<[string, MailSketch, string]>([
    ['one From with one mailbox', { from: [DANA] }, 'fit'],
    ['no From', { from: [], fromLines: 0 }, 'no-single-from'],
    ['two From fields, the same address', { from: [DANA, DANA], fromLines: 2 }, 'no-single-from'],
    ['two From fields, one unreadable', { fromLines: 2, fromMailboxes: 1 }, 'no-single-from'],
    ['a list in From', { from: [DANA, TOM] }, 'no-single-from'],
    ['a list in From, one unreadable', { from: [DANA], fromMailboxes: 2 }, 'no-single-from'],
    ['From that is no address', { from: [], fromMailboxes: 1 }, 'no-single-from'],
    ['empty From', { from: [], fromMailboxes: 0 }, 'no-single-from'],
    ['our mark', { fields: [own] }, 'own-notice'],
    ['our mark with two From', { fields: [own], fromLines: 2 }, 'no-single-from'],
    ['mark of another installation', { fields: [[own[0], 'other']] }, 'fit'],
    ['our Message-ID on a mail of a person', { messageId: ownId }, 'fit'],
    [
      'our Message-ID on an automatic mail',
      { messageId: ownId, fields: [['auto-submitted', 'auto-replied']] },
      'own-notice',
    ],
    [
      'report with our mail inside',
      { fields: [report], forwarded: [mail({ fields: [own] })] },
      'own-notice',
    ],
    [
      'report with our id inside',
      { fields: [report], forwarded: [mail({ messageId: ownId })] },
      'own-notice',
    ],
    ['report with another mail inside', { fields: [report], forwarded: [mail()] }, 'fit'],
    ['a person forwards our mail', { forwarded: [mail({ fields: [own] })] }, 'fit'],
  ])('%s', (_name, sketch, kind) => {
    expect(screen(sketch)).toBe(kind);
  });

  it('takes nothing for its own while the installation has no id', () => {
    expect(screen({ fields: [['x-letterbook-instance', '']] }, '')).toBe('fit');
    expect(screen({ messageId: '<letterbook..7@x.example>', fields: [report] }, '')).toBe('fit');
  });
});
