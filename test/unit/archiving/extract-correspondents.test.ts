import { describe, expect, it } from 'vitest';
import type { Captured } from '../../../src/archiving/detect-capture.ts';
import { extractCorrespondents } from '../../../src/archiving/extract-correspondents.ts';
import type { ForwardedBlock, ParsedMail } from '../../../src/archiving/parsed-mail.ts';
import type { DraftEmail } from '../../../src/archiving/planned-email.ts';
import type * as samples from './samples.ts';
import {
  ARCHIVE,
  attachment,
  block,
  DANA,
  DANA_AT_HOME,
  dana,
  facts,
  JANE,
  LEAD,
  mail,
  named,
  OLGA,
  OUTGOING,
  STRANGER,
  TOM,
} from './samples.ts';

type By = Captured['by'];

function capturedAs(by: By, forwarded: ForwardedBlock, notRead = 0): Captured {
  if (by === 'header') return { capture: 'copied', by, why: '' };
  if (by === 'block') return { capture: 'forwarded', by, block: forwarded, why: '' };
  return { capture: 'forwarded', by, notRead, why: '' };
}

function extract(parsed: ParsedMail, by: By, forwarded = block()): DraftEmail[] {
  const captured = capturedAs(by, forwarded, parsed.mailsLeftOut);
  return extractCorrespondents(parsed, captured, dana, facts());
}

function deciding(draft: DraftEmail | undefined): string[] {
  return (draft?.participants ?? [])
    .filter((participant) => participant.deciding)
    .map(({ role, address }) => `${role} ${address}`);
}

describe('who decides on a mail by its header', () => {
  const everywhere = { to: [JANE, TOM], cc: [LEAD, ARCHIVE], bcc: [STRANGER], replyTo: [STRANGER] };
  it.each<[By, samples.HeaderSketch, string[]]>([
    ['header', { from: [DANA], ...everywhere }, [`to ${JANE}`, `cc ${LEAD}`]],
    ['header', { from: [DANA], to: [JANE], cc: [JANE] }, [`to ${JANE}`, `cc ${JANE}`]],
    ['nothing', { from: [DANA], ...everywhere }, []],
    ['resent', { from: [STRANGER], ...everywhere }, [`from ${STRANGER}`]],
    ['resent', { from: [DANA], ...everywhere }, [`to ${JANE}`, `cc ${LEAD}`]],
    ['resent', { from: [TOM], ...everywhere }, [`to ${JANE}`, `cc ${LEAD}`]],
    ['resent', { from: [OUTGOING], ...everywhere }, [`to ${JANE}`, `cc ${LEAD}`]],
  ])('by %s, %j', (by, sketch, expected) => {
    expect(deciding(extract(mail(sketch), by)[0])).toEqual(expected);
  });
});

describe('who decides on an attached mail', () => {
  it.each<[string, samples.HeaderSketch, string[]]>([
    ['from a person', { from: [JANE], to: [DANA, LEAD] }, [`from ${JANE}`]],
    ['from the owner', { from: [DANA], to: [JANE], cc: [LEAD] }, [`to ${JANE}`, `cc ${LEAD}`]],
    ['from the owner elsewhere', { from: [DANA_AT_HOME], to: [JANE] }, [`to ${JANE}`]],
    ['from a colleague', { from: [TOM], to: [DANA, JANE] }, [`to ${JANE}`]],
    ['from a former colleague', { from: [OLGA], to: [DANA, JANE] }, [`to ${JANE}`]],
    ['from nobody', { from: [], fromLines: 0, to: [JANE] }, []],
    ['with two From fields', { from: [JANE], fromLines: 2, fromMailboxes: 2, to: [LEAD] }, []],
    ['with a list in From', { from: [JANE, LEAD], to: [LEAD] }, []],
  ])('%s', (_name, sketch, expected) => {
    const inner = mail({ ...sketch, partPath: '2' });
    expect(deciding(extract(mail({ forwarded: [inner] }), 'parts')[0])).toEqual(expected);
  });
});

describe('who decides on a forwarded block', () => {
  it.each<[string, Partial<ForwardedBlock>, string[]]>([
    ['from a person', { cc: named(LEAD) }, [`from ${JANE}`]],
    ['from the owner', { from: { address: DANA, name: '' }, to: named(JANE) }, [`to ${JANE}`]],
    ['from a colleague', { from: { address: TOM, name: '' }, cc: named(JANE) }, [`cc ${JANE}`]],
    ['from nobody', { from: null, to: named(JANE) }, []],
  ])('%s', (_name, changes, expected) => {
    expect(deciding(extract(mail({ to: [ARCHIVE] }), 'block', block(changes))[0])).toEqual(
      expected,
    );
  });
});

describe('extractCorrespondents', () => {
  it('says of each participant whose address it is', () => {
    const sketch = { from: [DANA], to: [TOM, OLGA, ARCHIVE, OUTGOING, DANA_AT_HOME, STRANGER] };
    const [draft] = extract(mail(sketch), 'header');
    expect(draft?.participants.map(({ kind }) => kind)).toEqual([
      'owner',
      'colleague',
      'colleague',
      'archive',
      'archive',
      'owner',
      'correspondent',
    ]);
  });

  it('takes an archive address for the archive even if a user has it', () => {
    const usersByAddress = new Map([
      [ARCHIVE, { userId: 1, active: true, primaryAddress: ARCHIVE }],
    ]);
    const captured = capturedAs('header', block());
    const drafts = extractCorrespondents(
      mail({ to: [ARCHIVE] }),
      captured,
      dana,
      facts({ usersByAddress }),
    );
    expect(drafts[0]?.participants.at(-1)).toMatchObject({ address: ARCHIVE, kind: 'archive' });
  });

  it('records an address once in a role, with the name it has', () => {
    const parsed = mail();
    const to = [...named(JANE), { address: JANE, name: 'Jane' }, { address: JANE, name: 'J.' }];
    const [draft] = extract({ ...parsed, header: { ...parsed.header, to } }, 'header');
    expect(draft?.participants.filter(({ role }) => role === 'to')).toEqual([
      {
        role: 'to',
        address: JANE,
        name: 'Jane',
        kind: 'correspondent',
        deciding: true,
        source: 'header',
      },
    ]);
  });

  it('fills an email from a block, with the remark apart and all attachments', () => {
    const parsed = mail({
      to: [ARCHIVE],
      messageId: '<fwd@firm.example>',
      attachments: [attachment('2')],
    });
    expect(extract(parsed, 'block')).toEqual([
      {
        partPath: '',
        subject: 'Your offer',
        messageId: null,
        conversation: [],
        sentAt: null,
        dateRaw: '1 March 2025',
        text: 'We take it.',
        remark: 'See below',
        participants: [
          {
            role: 'from',
            address: JANE,
            name: 'Jane',
            kind: 'correspondent',
            deciding: true,
            source: 'block',
          },
          { role: 'to', address: DANA, name: '', kind: 'owner', deciding: false, source: 'block' },
        ],
        bodyParts: [],
        attachments: [attachment('2')],
      },
    ]);
  });

  it('makes each attached mail an email, the text around them its remark', () => {
    const first = mail({ partPath: '2', from: [JANE], attachments: [attachment('2.2')] });
    const second = mail({ partPath: '4', from: [LEAD], subject: 'Tables' });
    const parsed = mail({
      text: 'Two mails',
      forwarded: [first, second],
      attachments: [
        attachment('2', 'message/rfc822'),
        attachment('3'),
        attachment('4', 'application/octet-stream'),
      ],
    });
    const drafts = extract(parsed, 'parts');
    expect(drafts.map(({ partPath, subject, remark }) => [partPath, subject, remark])).toEqual([
      ['2', 'Chairs', 'Two mails'],
      ['4', 'Tables', 'Two mails'],
    ]);
    expect(drafts.map((draft) => draft.attachments.map(({ partPath }) => partPath))).toEqual([
      ['2.2', '3'],
      [],
    ]);
  });

  it('adds the message itself, which nobody decides about, where not all mails were read', () => {
    const read = mail({ partPath: '2', from: [JANE] });
    const attachments = [attachment('2', 'message/rfc822'), attachment('3', 'message/rfc822')];
    const sketch = { to: [ARCHIVE], bcc: [LEAD], subject: 'Fwd', text: 'Two mails', attachments };
    const parsed = mail({ ...sketch, forwarded: [read], mailsLeftOut: 1 });
    const [whole, ...rest] = extract(parsed, 'parts');
    expect(whole).toEqual(extract(parsed, 'nothing')[0]);
    expect(whole).toMatchObject({ partPath: '', subject: 'Fwd', text: 'Two mails', remark: '' });
    expect(whole?.attachments).toEqual(attachments);
    expect(deciding(whole)).toEqual([]);
    expect(rest).toEqual(extract({ ...parsed, mailsLeftOut: 0 }, 'parts'));
  });

  it('bounds the remark that is kept with each attached mail', () => {
    const parsed = mail({ text: '\u{1f4ce}'.repeat(50_000), forwarded: [mail({ partPath: '2' })] });
    const remark = extract(parsed, 'parts')[0]?.remark ?? '';
    expect(remark.length).toBeLessThan(20_010);
    expect(remark.isWellFormed()).toBe(true);
  });
});
