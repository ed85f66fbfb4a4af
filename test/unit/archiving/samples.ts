import type {
  Facts,
  NeverArchiveRule,
  PersonFact,
  UserFact,
} from '../../../src/archiving/facts.ts';
import type {
  ForwardedBlock,
  ForwardReading,
  MailHeader,
  ParsedAttachment,
  ParsedMail,
  ReadMailResult,
} from '../../../src/archiving/parsed-mail.ts';
import type { Owner } from '../../../src/archiving/detect-capture.ts';
import type { NamedAddress } from '../../../src/shared/email-address.ts';

export const ARCHIVE = 'archive@crm.example';
export const ALIAS = 'letters@firm.example';
export const OUTGOING = 'letterbook@crm.example';
export const DANA = 'dana@firm.example';
export const DANA_AT_HOME = 'dana@home.example';
export const TOM = 'tom@firm.example';
/** A user who is not active. */
export const OLGA = 'olga@firm.example';
export const JANE = 'jane@client.example';
/** Another address of the same contact. */
export const JANE_PRIVATE = 'jane@private.example';
/** Shared by two records. */
export const OFFICE = 'office@client.example';
export const LEAD = 'lead@prospect.example';
export const STRANGER = 'stranger@elsewhere.example';
export const INSTANCE = 'a1b2c3';

export const DANA_ID = 1;
export const TOM_ID = 2;

function user(userId: number, active: boolean, primaryAddress: string): UserFact {
  return { userId, active, primaryAddress };
}

export const USERS: ReadonlyMap<string, UserFact> = new Map([
  [DANA, user(DANA_ID, true, DANA)],
  [DANA_AT_HOME, user(DANA_ID, true, DANA)],
  [TOM, user(TOM_ID, true, TOM)],
  [OLGA, user(3, false, OLGA)],
]);

export const PEOPLE: ReadonlyMap<string, readonly PersonFact[]> = new Map([
  [JANE, [{ personId: 11, kind: 'contact' }]],
  [JANE_PRIVATE, [{ personId: 11, kind: 'contact' }]],
  [
    OFFICE,
    [
      { personId: 12, kind: 'contact' },
      { personId: 13, kind: 'lead' },
    ],
  ],
  [LEAD, [{ personId: 14, kind: 'lead' }]],
]);

export function facts(changes: Partial<Facts> = {}): Facts {
  return {
    archiveAddresses: new Set([ARCHIVE, ALIAS]),
    ownAddresses: new Set([OUTGOING]),
    instanceId: INSTANCE,
    usersByAddress: USERS,
    peopleByAddress: PEOPLE,
    ignoredSenders: new Set(),
    rulesByPattern: new Map(),
    sameFingerprint: [],
    trustPolicy: 'off',
    trust: { kind: 'not-checked' },
    letIn: null,
    ignoreColleaguesOnly: false,
    receivedBeforeSetUp: false,
    ...changes,
  };
}

/** Never-archive rules: Dana's own, Tom's own (2), or those for all (null). */
export function rules(
  ...all: readonly (readonly [pattern: string, userId: number | null])[]
): Facts['rulesByPattern'] {
  const found = new Map<string, NeverArchiveRule[]>();
  for (const [index, [pattern, userId]] of all.entries()) {
    const known = found.get(pattern) ?? [];
    found.set(pattern, [...known, { ruleId: index + 1, userId, pattern }]);
  }
  return found;
}

export function named(...addresses: readonly string[]): NamedAddress[] {
  return addresses.map((address) => ({ address, name: '' }));
}

/** A header in short: lists of addresses, and fields by their names. */
export interface HeaderSketch {
  readonly from?: readonly string[];
  readonly fromLines?: number;
  readonly fromMailboxes?: number;
  readonly resentFrom?: readonly string[];
  readonly replyTo?: readonly string[];
  readonly to?: readonly string[];
  readonly cc?: readonly string[];
  readonly bcc?: readonly string[];
  readonly subject?: string;
  readonly messageId?: string | null;
  readonly fields?: readonly (readonly [string, string])[];
}

export function header(sketch: HeaderSketch = {}): MailHeader {
  const from = sketch.from ?? [DANA];
  return {
    fromLines: sketch.fromLines ?? 1,
    from: named(...from),
    fromMailboxes: sketch.fromMailboxes ?? from.length,
    resentFrom: named(...(sketch.resentFrom ?? [])),
    sender: [],
    replyTo: named(...(sketch.replyTo ?? [])),
    to: named(...(sketch.to ?? [])),
    cc: named(...(sketch.cc ?? [])),
    bcc: named(...(sketch.bcc ?? [])),
    recipientsLeftOut: 0,
    subject: sketch.subject ?? 'Chairs',
    messageId: sketch.messageId === undefined ? '<1@firm.example>' : sketch.messageId,
    inReplyTo: null,
    references: [],
    dateRaw: 'Mon, 3 Mar 2025 10:00:00 +0100',
    date: '2025-03-03T09:00:00.000Z',
    fields: (sketch.fields ?? []).map(([name, value]) => ({ name, value })),
  };
}

export interface MailSketch extends HeaderSketch {
  readonly partPath?: string;
  readonly text?: string;
  readonly attachments?: readonly ParsedAttachment[];
  readonly forwarded?: readonly ParsedMail[];
  readonly mailsLeftOut?: number;
}

/** A mail; without a sketch one from Dana to nobody. */
export function mail(sketch: MailSketch = {}): ParsedMail {
  const base = {
    partPath: sketch.partPath ?? '',
    header: header(sketch),
    text: sketch.text ?? 'Dear all',
    textFromHtml: false,
    html: null,
    bodyParts: [],
    textTruncated: false,
    attachments: sketch.attachments ?? [],
    forwarded: sketch.forwarded ?? [],
    mailsLeftOut: sketch.mailsLeftOut ?? 0,
  };
  return base;
}

export function read(parsed: ParsedMail): ReadMailResult {
  return { kind: 'mail', mail: parsed, fingerprint: 'f'.repeat(64) };
}

export function block(changes: Partial<ForwardedBlock> = {}): ForwardedBlock {
  return {
    from: { address: JANE, name: 'Jane' },
    to: named(DANA),
    cc: [],
    subject: 'Your offer',
    dateRaw: '1 March 2025',
    date: null,
    body: 'We take it.',
    remark: 'See below',
    foundIn: 'text',
    ...changes,
  };
}

export function found(changes: Partial<ForwardedBlock> = {}): ForwardReading {
  return { kind: 'found', block: block(changes) };
}

export function attachment(partPath: string, contentType = 'application/pdf'): ParsedAttachment {
  return {
    partPath,
    fileName: 'offer.pdf',
    contentType,
    contentId: null,
    disposition: 'attachment',
    encoding: 'base64',
    offset: 100,
    length: 40,
    size: 30,
    inner: null,
  };
}

export const dana: Owner = {
  kind: 'owner',
  userId: DANA_ID,
  address: DANA,
  via: 'from',
  why: '',
};
