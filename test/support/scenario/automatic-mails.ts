import { multipart, textPart, type Field, type Part } from '../mail-builder.ts';
import { strangerMailbox, type Desk } from './desk.ts';
import { arrives, arrivesAgain, automatic, type Fate } from './expectations.ts';
import type { Delivery } from './scenario.ts';

/**
 * Programs that write to the archive in nobody's name: ignored, never answered. Left out, because the
 * rules do not name them: only X-Auto-Response-Suppress, only List-Unsubscribe, only a From like
 * no-reply@ or mailer-daemon@.
 */
export function automaticMails(desk: Desk): Delivery[] {
  return [...byHeader(desk), ...reports(desk), ...unpleasant(desk)];
}

function byHeader(desk: Desk): Delivery[] {
  const kinds: Record<string, readonly Field[]> = {
    'out of office': [
      ['Auto-Submitted', 'auto-replied'],
      ['X-Auto-Response-Suppress', 'All'],
    ],
    'out of office, vacation program': [
      ['Auto-Submitted', 'auto-replied (vacation)'],
      ['Precedence', 'bulk'],
    ],
    'generated, with a parameter': [
      ['Auto-Submitted', 'auto-generated; owner-email="x@y.example"'],
    ],
    'notified, capitals': [['AUTO-SUBMITTED', 'AUTO-NOTIFIED']],
    newsletter: [
      ['List-Id', 'News of the day <news.papers.example>'],
      ['List-Unsubscribe', '<https://papers.example/leave>'],
    ],
    'mailing list': [
      ['Precedence', 'list'],
      ['List-Id', '<talk.lists.example>'],
      ['List-Post', '<mailto:talk@lists.example>'],
    ],
    'list without Precedence': [['List-Id', '<announce.lists.example>']],
    'bulk mail': [['Precedence', 'bulk']],
    'junk mail': [['Precedence', 'junk']],
    auto_reply: [['Precedence', 'auto_reply']],
    'bulk in capitals': [['precedence', 'Bulk']],
    'empty envelope sender': [['Return-Path', '<>']],
    'empty envelope sender, spaced': [['Return-Path', ' <> ']],
  };
  return Object.entries(kinds).map(([name, fields]) => {
    const mail = desk.write({ from: strangerMailbox(desk.stranger()), to: desk.archive, fields });
    return arrives(`automatic: ${name}`, mail, automatic);
  });
}

/** RFC 3464 and RFC 8098. */
function reports(desk: Desk): Delivery[] {
  const daemon = 'Mail Delivery System <MAILER-DAEMON@mail.example>';
  const empty: Field = ['Return-Path', '<>'];
  const replied: Field = ['Auto-Submitted', 'auto-replied'];
  const report = (name: string, type: string, fields: readonly Field[], status: string) =>
    arrives(
      `automatic: ${name}`,
      desk.write({
        from: daemon,
        to: desk.archive,
        subject: 'Undelivered Mail Returned to Sender',
        fields,
        part: reportPart(desk, type, status),
      }),
      automatic,
    );
  const failed = `Final-Recipient: rfc822; ${desk.stranger().address}\nAction: failed\nStatus: 5.1.1\n`;
  return [
    report('delivery failed', 'delivery-status', [empty, replied], failed),
    report('delivery failed, no other header', 'delivery-status', [], failed),
    report('delivery delayed', 'delivery-status', [empty], failed.replace('failed', 'delayed')),
    report(
      'read receipt',
      'disposition-notification',
      [replied],
      'Disposition: manual-action/MDN-sent-manually; displayed\n',
    ),
    arrives(
      'automatic: delivery failed, in the words of qmail',
      desk.write({
        from: daemon,
        to: desk.archive,
        subject: 'failure notice',
        fields: [empty],
        part: textPart('Hi. This is the qmail-send program.\n', { encoding: '7bit' }),
      }),
      automatic,
    ),
  ];
}

function reportPart(desk: Desk, type: string, status: string): Part {
  const original = desk.write({ from: desk.archive, to: desk.stranger().address });
  const headers = original.raw.subarray(0, original.raw.indexOf('\r\n\r\n') + 2);
  const status822: Part = {
    fields: [['Content-Type', `message/${type}`]],
    body: Buffer.from(`Reporting-MTA: dns; mail.example\n\n${status}`.replaceAll('\n', '\r\n')),
  };
  return multipart(
    'report',
    [
      textPart('It could not be delivered.\n', { encoding: '7bit' }),
      status822,
      { fields: [['Content-Type', 'text/rfc822-headers']], body: headers },
    ],
    `; report-type=${type}`,
  );
}

/** Ignored for a reason that the rules leave open. */
const ignored: Fate = { outcome: 'ignored', ownerEmail: null, people: [], capture: null };

function unpleasant(desk: Desk): Delivery[] {
  const fields: readonly Field[] = [['Auto-Submitted', 'auto-replied']];
  const again = desk.write({ from: strangerMailbox(desk.stranger()), to: desk.archive, fields });
  const known = desk.known();
  return [
    arrives(
      'automatic: out of office of a known person',
      desk.write({ from: known.email, to: desk.archive, fields, subject: 'Out of office' }),
      automatic,
    ),
    arrives(
      'automatic: the archive address itself',
      desk.write({ from: desk.archive, to: desk.archive, fields }),
      ignored,
    ),
    // Ignored both times; whether the second is called automatic or duplicate is all the same.
    arrivesAgain('automatic: redelivered', again, [ignored, ignored]),
  ];
}
