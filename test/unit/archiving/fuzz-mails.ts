import fc from 'fast-check';
import type { Facts } from '../../../src/archiving/facts.ts';
import type { ForwardReading, ParsedMail } from '../../../src/archiving/parsed-mail.ts';
import { domainOf } from '../../../src/shared/email-address.ts';
import * as samples from './samples.ts';
import { block, facts, INSTANCE, mail, named, type MailSketch } from './samples.ts';

const ADDRESSES = [
  samples.ARCHIVE,
  samples.ALIAS,
  samples.OUTGOING,
  samples.DANA,
  samples.DANA_AT_HOME,
  samples.TOM,
  samples.OLGA,
  samples.JANE,
  samples.JANE_PRIVATE,
  samples.OFFICE,
  samples.LEAD,
  samples.STRANGER,
  'no-reply@elsewhere.example',
  'postmaster@elsewhere.example',
  '"odd one"@client.example',
  'józef@xn--mnchen-3ya.example',
  '__proto__@constructor.example',
] as const;

const FIELDS: readonly (readonly [string, string])[] = [
  ['auto-submitted', 'auto-replied'],
  ['auto-submitted', 'no'],
  ['precedence', 'bulk'],
  ['list-id', '<chairs.lists.example>'],
  ['list-unsubscribe', '<mailto:off@lists.example>'],
  ['return-path', '<>'],
  ['return-path', '<stranger@elsewhere.example>'],
  ['content-type', 'multipart/report; report-type=delivery-status'],
  ['x-letterbook-instance', INSTANCE],
  ['x-letterbook-instance', 'other'],
  ['x-auto-response-suppress', 'All'],
  ['x-loop', samples.ARCHIVE],
  ['x-failed-recipients', ''],
];

const address = fc.constantFrom(...ADDRESSES);
const list = fc.array(address, { maxLength: 4 });
const oneFrom = fc.constantFrom<string[]>([samples.DANA], [samples.TOM], [samples.STRANGER]);

/** A change to the sketch of a mail: what senders, programs and attackers do to a header. */
const headerChange: fc.Arbitrary<MailSketch> = fc.oneof(
  list.map((to) => ({ to })),
  list.map((cc) => ({ cc })),
  list.map((bcc) => ({ bcc })),
  list.map((replyTo) => ({ replyTo })),
  fc.array(address, { maxLength: 2 }).map((resentFrom) => ({ resentFrom })),
  oneFrom.map((from) => ({ from })),
  address.map((from) => ({ from: [from] })),
  list.map((from) => ({ from })),
  fc.nat(2).map((fromLines) => ({ fromLines })),
  fc.nat(2).map((fromMailboxes) => ({ fromMailboxes })),
  fc.array(fc.constantFrom(...FIELDS), { maxLength: 3 }).map((fields) => ({ fields })),
  fc.string({ unit: 'grapheme', maxLength: 30 }).map((subject) => ({ subject })),
  fc.option(fc.string({ maxLength: 30 })).map((messageId) => ({ messageId })),
);

const CORPUS: readonly MailSketch[] = [
  { to: [samples.JANE] },
  { to: [samples.STRANGER], cc: [samples.ARCHIVE] },
  { to: [samples.ARCHIVE] },
  { to: [samples.TOM] },
  { to: [samples.DANA] },
  { from: [samples.STRANGER], to: [samples.ARCHIVE] },
  { from: [samples.JANE], to: [samples.DANA], resentFrom: [samples.TOM] },
];

const sketch = mutated(fc.constantFrom(...CORPUS));
const innerSketch = mutated(
  fc.constantFrom<MailSketch>(
    { from: [samples.JANE] },
    { from: [samples.DANA], to: [samples.LEAD] },
    { from: [samples.TOM], to: [samples.DANA] },
  ),
);

function mutated(base: fc.Arbitrary<MailSketch>): fc.Arbitrary<MailSketch> {
  const changes = fc.array(headerChange, { maxLength: 4 });
  return fc
    .tuple(base, changes)
    .map(([first, rest]) => Object.assign({}, first, ...rest) as MailSketch);
}

/** A mail of the corpus with a few changes, and at times with mails attached. */
export const anyMail: fc.Arbitrary<ParsedMail> = fc
  .tuple(
    sketch,
    fc.oneof({ weight: 3, arbitrary: fc.constant([]) }, fc.array(innerSketch, { maxLength: 3 })),
    fc.constantFrom(0, 0, 0, 1, 5),
  )
  .map(([outer, inner, mailsLeftOut]) => {
    const forwarded = inner.map((each, index) => mail({ ...each, partPath: String(index + 2) }));
    const attachments = [samples.attachment('2', 'message/rfc822'), samples.attachment('9')];
    return mail({ ...outer, forwarded, mailsLeftOut, attachments });
  });

const anyBlock = fc
  .record({ from: fc.option(address), to: list, cc: list, body: fc.string({ maxLength: 20 }) })
  .map(({ from, to, cc, body }) =>
    block({
      from: from === null ? null : { address: from, name: '' },
      to: named(...to),
      cc: named(...cc),
      body,
    }),
  );

export const anyForward: fc.Arbitrary<ForwardReading | null> = fc.oneof(
  {
    weight: 3,
    arbitrary: anyBlock.map((each): ForwardReading => ({ kind: 'found', block: each })),
  },
  fc.constant<ForwardReading>({ kind: 'none' }),
  fc.constant<ForwardReading>({ kind: 'doubtful', why: 'two mails may have been forwarded' }),
  fc.constant<ForwardReading>({ kind: 'failed', why: 'It took too long.' }),
  fc.constant(null),
);

export const anyFacts: fc.Arbitrary<Facts> = fc
  .record({
    ignoreColleaguesOnly: fc.boolean(),
    receivedBeforeSetUp: fc.integer({ min: 0, max: 4 }).map((n) => n === 0),
    trustPolicy: fc.constantFrom('off', 'off', 'warn', 'require'),
    trust: fc.oneof(
      fc.constant({ kind: 'not-checked' as const }),
      fc.constantFrom('pass', 'none', 'fail', 'unknown').map((verdict) => ({
        kind: 'checked' as const,
        verdict,
        why: 'DKIM.',
      })),
    ),
    letIn: fc.constantFrom(null, null, 'allowed', 'released'),
    sameFingerprint: fc.oneof(
      { weight: 4, arbitrary: fc.constant([]) },
      fc.array(
        fc.constantFrom(
          { inboundMessageId: 5, ownerId: 1, heldBack: false },
          { inboundMessageId: 6, ownerId: null, heldBack: false },
          { inboundMessageId: 7, ownerId: 1, heldBack: true },
        ),
        { maxLength: 2 },
      ),
    ),
    ignoredSenders: fc.array(address, { maxLength: 2 }).map((list) => new Set(list)),
    rules: fc.array(
      fc.tuple(fc.oneof(address, address.map(domainOf)), fc.constantFrom(1, 2, null)),
      {
        maxLength: 3,
      },
    ),
    // A record may hold an address that is also a user's or the archive's: it must not be linked.
    more: fc.array(address, { maxLength: 3 }),
  })
  .map(({ more, rules, ...changes }) => {
    const people = new Map(samples.PEOPLE);
    for (const [index, each] of more.entries())
      people.set(each, [{ personId: 30 + index, kind: 'lead' }]);
    return facts({
      ...changes,
      peopleByAddress: people,
      rulesByPattern: samples.rules(...rules),
    });
  });
