import { describe, expect, test } from 'vitest';
import type { Facts } from '../../../src/archiving/facts.ts';
import type { ForwardReading } from '../../../src/archiving/parsed-mail.ts';
import { planFiling } from '../../../src/archiving/plan-filing.ts';
import type { InboundMessageRow } from '../../../src/db/rows.ts';
import { createTranslate } from '../../../src/http/translation.ts';
import type { TraceLine } from '../../../src/ledger/trace-line.ts';
import type { TracedPerson, TraceSource } from '../../../src/ledger/trace-source.ts';
import { traceView } from '../../../src/ledger/trace-view.ts';
import { OUTCOMES, type Outcome, type Reason } from '../../../src/shared/outcome.ts';
import {
  ARCHIVE,
  DANA,
  facts,
  found,
  JANE,
  mail,
  OFFICE,
  OLGA,
  OUTGOING,
  read,
  STRANGER,
  TOM,
  INSTANCE,
  type MailSketch,
} from '../archiving/samples.ts';

const t = createTranslate();
const AT = new Date('2026-03-03T10:00:00Z');
const LATER = new Date('2026-03-03T11:00:00Z');
const PEOPLE = new Map<number, TracedPerson>([
  [11, { id: 11, kind: 'contact', name: 'Jane Roe' }],
  [12, { id: 12, kind: 'contact', name: 'Office' }],
]);

const ROW: TraceSource['message'] = {
  id: 1,
  state: 'acknowledged',
  original_id: 1,
  stored_at: AT,
  attempts: 1,
  failures: 0,
  next_try_at: null,
  error: null,
  outcome: null,
  reason: null,
  capture: null,
  from_address: null,
  decided_at: AT,
  acknowledged_at: AT,
  acknowledgement: 'moved',
  trace: null,
};

function source(
  message: Partial<TraceSource['message']>,
  beside: Partial<Omit<TraceSource, 'message'>> = {},
): TraceSource {
  return {
    message: { ...ROW, ...message },
    handOvers: [],
    owner: 'Dana Kim',
    people: PEOPLE,
    bounce: null,
    outgoingSetUp: true,
    linksToLog: true,
    ...beside,
  };
}

/** What filing such a mail leaves in the ledger. */
function filed(
  sketch: MailSketch,
  extra: { facts?: Partial<Facts>; forward?: ForwardReading } = {},
): Partial<InboundMessageRow> {
  const plan = planFiling(read(mail(sketch)), extra.forward ?? null, facts(extra.facts));
  const { outcome, reason, capture, fromAddress, trace } = plan;
  return { outcome, reason, capture, from_address: fromAddress, trace };
}

const UNREADABLE = planFiling(
  { kind: 'unreadable', why: 'It has no header.', header: null, fingerprint: 'f' },
  null,
  facts(),
);

function said(lines: readonly TraceLine[]): string {
  return lines
    .map(({ text, values, detail }) => {
      const filled: Record<string, unknown> = {};
      for (const [name, value] of Object.entries(values)) {
        filled[name] = value instanceof Date ? value.toISOString().slice(11, 16) : value;
      }
      return `${t(text, filled)}${detail === null ? '' : ` [${detail}]`}`;
    })
    .join('\n');
}

function told(from: TraceSource): string {
  const { lines, after } = traceView(from);
  return `${said(lines)}\n--\n${said(after)}`;
}

const none: ForwardReading = { kind: 'none' };
const untrusted = (trustPolicy: 'warn' | 'require'): Partial<Facts> => ({
  trustPolicy,
  trust: { kind: 'checked', verdict: 'fail', why: 'DKIM failed.' },
});

interface Case {
  readonly row: Partial<InboundMessageRow>;
  readonly outcome: Outcome;
  readonly says: readonly string[];
}

/** Every reason, with what a reader must be told. */
const REASONS: Readonly<Record<Reason, Case>> = {
  matched: {
    row: filed({ to: [JANE] }),
    outcome: 'archived',
    says: [
      `${DANA} is an address of Dana Kim, who owns the message.`,
      `It is a copy of a mail that the owner sent. [${JANE} is in To or Cc.]`,
      'somebody who decides where the mail belongs is a contact or lead',
      'Archived on 10:00.',
    ],
  },
  'no-match': {
    row: filed({ to: [STRANGER] }),
    outcome: 'unmatched',
    says: ['No contact or lead has an address that decides.', 'Data Cleanup'],
  },
  'partly-matched': {
    row: filed({
      to: [ARCHIVE],
      forwarded: [
        mail({ partPath: '2', from: [JANE], to: [DANA] }),
        mail({ partPath: '3', from: [STRANGER], to: [DANA] }),
      ],
    }),
    outcome: 'unmatched',
    says: ['It is a forward: the original mail is attached.', 'Some of the mails in it matched'],
  },
  'only-colleagues': {
    row: filed({ to: [TOM] }, { forward: none, facts: { ignoreColleaguesOnly: true } }),
    outcome: 'ignored',
    says: [
      'the settings say to ignore mail that has only colleagues on it',
      'mail that has only colleagues on it',
    ],
  },
  'nobody-on-it': {
    row: filed({ to: [DANA] }, { forward: none }),
    outcome: 'unmatched',
    says: ['Nobody but its owner is on it.'],
  },
  'no-forward-found': {
    row: filed({ to: [ARCHIVE] }, { forward: none }),
    outcome: 'unmatched',
    says: [
      'It looks like a forward, but the original mail was not found in it, or not with certainty.',
    ],
  },
  'owner-does-not-exist': {
    row: filed({ from: [STRANGER], to: [ARCHIVE] }),
    outcome: 'rejected',
    says: [
      `No user has the address ${STRANGER}.`,
      'the owner of the message does not exist. It is kept',
    ],
  },
  'sender-not-trusted': {
    row: filed({ to: [JANE] }, { facts: untrusted('require') }),
    outcome: 'quarantined',
    says: ['The sender is forged', '[DKIM failed.]', 'held back'],
  },
  'never-archive-rule': {
    row: filed({ from: [STRANGER] }, { facts: { ignoredSenders: new Set([STRANGER]) } }),
    outcome: 'ignored',
    says: ['a Super Administrator asked to ignore this sender'],
  },
  automatic: {
    row: filed({ from: [STRANGER], fields: [['precedence', 'bulk']] }),
    outcome: 'ignored',
    says: ['signs that a program sent it', 'precedence: bulk', 'mail that a program sent'],
  },
  duplicate: {
    row: filed(
      { to: [JANE] },
      { facts: { sameFingerprint: [{ inboundMessageId: 5, ownerId: 1, heldBack: false }] } },
    ),
    outcome: 'ignored',
    says: ['It is the same mail as message 5, which came before.', 'filed once'],
  },
  'own-notice': {
    row: filed({ from: [OUTGOING], fields: [['x-letterbook-instance', INSTANCE]] }),
    outcome: 'ignored',
    says: ['It is a notice that Letterbook sent itself', 'does not archive what it sent itself'],
  },
  'no-single-from': {
    row: filed({ from: [DANA, TOM] }),
    outcome: 'quarantined',
    says: ['It does not name exactly one sender', 'no owner was looked for'],
  },
  unreadable: {
    row: { outcome: 'quarantined', reason: 'unreadable', trace: UNREADABLE.trace },
    outcome: 'quarantined',
    says: ['It could not be read. [It has no header.]', 'kept apart'],
  },
  'too-large': {
    row: {
      outcome: 'quarantined',
      reason: 'too-large',
      original_id: null,
      acknowledgement: 'left-on-server',
      error: 'The message has 52 MB; the limit is 50 MB.',
    },
    outcome: 'quarantined',
    says: [
      'larger than what is fetched',
      'left in the mailbox',
      'Seen in the',
      '[The message has 52 MB',
    ],
  },
  'could-not-be-fetched': {
    row: {
      outcome: 'quarantined',
      reason: 'could-not-be-fetched',
      original_id: null,
      acknowledgement: 'left-on-server',
      error: 'The server hung up.',
    },
    outcome: 'quarantined',
    says: ['Seen in the', 'however often it was tried', '[The server hung up.]'],
  },
};

describe('the trace in words', () => {
  test.each(Object.entries(REASONS))('%s', (reason, { row, outcome, says }) => {
    expect(row).toMatchObject({ reason, outcome });
    const text = told(source(row));
    for (const one of says) expect(text).toContain(one);
    expect(text).not.toContain('{{');
  });

  test('the table has every outcome', () => {
    const seen = new Set(Object.values(REASONS).map(({ outcome }) => outcome));
    expect(OUTCOMES.filter((outcome) => !seen.has(outcome))).toEqual([]);
  });

  test.each<[string, Partial<InboundMessageRow>, string]>([
    ['a user who is not active', filed({ from: [OLGA] }), `${OLGA} belongs to a user who is not`],
    [
      'a forged stranger',
      filed({ from: [STRANGER] }, { facts: untrusted('warn') }),
      'The sender is not told. [From is forged: its address is not answered.]',
    ],
    [
      'a redirected mail',
      filed({ from: [JANE], resentFrom: [DANA] }),
      `Dana Kim redirected the message from ${DANA}`,
    ],
    [
      'attached mails that were not read',
      filed({
        to: [ARCHIVE],
        forwarded: [mail({ partPath: '2', from: [JANE] })],
        mailsLeftOut: 5,
      }),
      '5 mails attached to it were not read: they',
    ],
    [
      'what to do about them',
      filed({ to: [ARCHIVE], mailsLeftOut: 5 }),
      'forward them in smaller groups.',
    ],
    [
      'one attached mail that was not read',
      filed({ to: [ARCHIVE], mailsLeftOut: 1 }),
      '1 mail attached to it was not read: it',
    ],
    ['a forward', filed({ to: [ARCHIVE] }, { forward: found() }), 'the original mail stands in'],
    [
      'unchecked',
      filed({ to: [JANE] }),
      'is not known. [The sender policy is off: From was not checked.]',
    ],
  ])('%s', (_name, row, sentence) => {
    expect(told(source(row as Partial<TraceSource['message']>))).toContain(sentence);
  });

  const rejected = filed({ from: [STRANGER] }) as Partial<TraceSource['message']>;
  const bounce = {
    state: 'pending',
    recipient: STRANGER,
    attempts: 0,
    next_try_at: AT,
    expires_at: LATER,
    finished_at: null,
    response: null,
  } as const;

  test.each<[string, Partial<NonNullable<TraceSource['bounce']>>, boolean, string]>([
    ['waits', {}, true, `${STRANGER} will be told in a moment`],
    [
      'waits for outgoing mail',
      {},
      false,
      "because outgoing mail isn't set up. Set it up before 11:00",
    ],
    [
      'is tried again',
      { attempts: 2, response: 'Greylisted.' },
      true,
      '2 tries did not work; the next one is on 10:00. [Greylisted.]',
    ],
    ['is on its way', { state: 'sending' }, true, 'is being told now'],
    ['was sent', { state: 'sent', finished_at: LATER }, true, `${STRANGER} was told on 11:00`],
    [
      'was refused',
      { state: 'refused', response: '550 No.' },
      true,
      'a mail server refused the notice. [550 No.]',
    ],
    [
      'was cut off',
      { state: 'unknown' },
      true,
      'is unknown: sending was cut off. The notice is not',
    ],
    ['came too late', { state: 'expired' }, true, 'was not sent in time, or was called off'],
  ])('the bounce %s', (_name, changes, outgoingSetUp, sentence) => {
    const text = told(source(rejected, { bounce: { ...bounce, ...changes }, outgoingSetUp }));
    expect(text).toContain(sentence);
  });

  test('a sender who was told already', () => {
    const trace = { ...rejected.trace, bounce: 'told-already' as const };
    expect(told(source({ ...rejected, trace }))).toContain('was not told again');
  });

  const before = {
    outcome: 'rejected',
    reason: 'owner-does-not-exist',
    decidedAt: LATER.toISOString(),
  };
  test.each<[string, Partial<TraceSource['message']>, string]>([
    ['waiting', { state: 'stored' }, 'It waits to be filed.'],
    ['waiting again', { state: 'stored', attempts: 3 }, 'Work on it was begun 3 times.'],
    [
      'put back',
      { state: 'stored', trace: { before } as TraceSource['message']['trace'] },
      'It was rejected on 11:00 because no user had',
    ],
    [
      'not filed',
      { state: 'failed', failures: 2, next_try_at: LATER, error: 'Filing it failed: x.' },
      'could not be filed in 2 tries. The next one is on 11:00. [Filing it failed: x.]',
    ],
    [
      'not fetched',
      { state: 'failed', original_id: null, failures: 1, next_try_at: LATER, error: 'Cut off.' },
      'could not be fetched from the mailbox. The next try is on 11:00. [Cut off.]',
    ],
    ['failed for good', { state: 'failed', failures: 3 }, 'No further try is planned.'],
    ['gone', { state: 'gone' }, 'disappeared from the mailbox'],
    ['decided', { state: 'decided', acknowledgement: null }, 'It is still in the mailbox'],
    ['moved', {}, "moved out of the mailbox's folder on 10:00"],
    ['deleted', { acknowledgement: 'deleted' }, 'deleted from the mailbox on 10:00'],
    ['read', { acknowledgement: 'seen' }, 'marked as read in the mailbox on 10:00'],
    [
      'given up',
      {
        outcome: 'quarantined',
        reason: 'unreadable',
        trace: { unreadable: 'Reading it was ended.' },
      },
      'It could not be read. [Reading it was ended.]',
    ],
  ])('a message that is %s', (_name, row, sentence) => {
    expect(told(source(row))).toContain(sentence);
  });

  test('names the records that matched, and counts those it cannot name', () => {
    const row = filed({ to: [JANE, OFFICE, STRANGER] }) as Partial<TraceSource['message']>;
    expect(traceView(source(row)).emails).toEqual([
      {
        state: 'archived',
        moreCorrespondents: 0,
        correspondents: [
          { address: JANE, role: 'to', deciding: true, people: [PEOPLE.get(11)], morePeople: 0 },
          { address: OFFICE, role: 'to', deciding: true, people: [PEOPLE.get(12)], morePeople: 1 },
          { address: STRANGER, role: 'to', deciding: true, people: [], morePeople: 0 },
        ],
      },
    ]);
  });

  test('counts the correspondents that it leaves out', () => {
    const to = Array.from({ length: 500 }, (_, i) => `p${String(i)}@a.example`);
    const row = filed({ to: [...to, JANE] }) as Partial<TraceSource['message']>;
    const [email] = traceView(source(row)).emails;
    expect(email?.correspondents).toHaveLength(30);
    expect(email?.moreCorrespondents).toBe(471);
  });

  test.each([
    [true, '/admin/log/5'],
    [false, null],
  ])('leads to the earlier message for those who may read the log: %s', (linksToLog, href) => {
    const row = REASONS.duplicate.row as Partial<TraceSource['message']>;
    const line = traceView(source(row, { linksToLog })).lines.find(
      ({ text }) => text === 'log.trace.duplicate',
    );
    expect(line?.href).toBe(href);
  });
});
