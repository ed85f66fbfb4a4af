import { fingerprint } from '../../archiving/fingerprint.ts';
import {
  headerLength,
  splitHeaderFields,
  whyHeaderTooLarge,
} from '../../archiving/header-fields.ts';
import type {
  MailHeader,
  ParsedAttachment,
  ParsedMail,
  ReadMailResult,
} from '../../archiving/parsed-mail.ts';
import { MAX_ADDRESSES, readHeader } from '../../archiving/read-header.ts';
import { asAttachedMail, isAttachedMail } from './attached-mail.ts';
import { bodyParts } from './body-parts.ts';
import { describeAttachment, type Origin } from './describe-attachment.ts';
import { readBodies } from './read-bodies.ts';
import { type MailPart, splitMail } from './split-mail.ts';
import { TextBudget } from './text-budget.ts';
import { textParts } from './text-parts.ts';

const BEGINNING = 64 * 1024;
const MAX_PARTS = 1_000;
const MAX_ATTACHED_MAILS = 100;

type AttachedMails = Pick<ParsedMail, 'forwarded' | 'mailsLeftOut'>;

const NONE_ATTACHED: AttachedMails = { forwarded: [], mailsLeftOut: 0 };

/** What one message may still use up, its attached mails included. */
interface Limits {
  readonly text: TextBudget;
  parts: number;
  addresses: number;
}

type MailReading =
  | { readonly kind: 'mail'; readonly mail: ParsedMail }
  | { readonly kind: 'unreadable'; readonly why: string };

/** Reads a whole message. It gives up, with a reason, on what no mail program could show either. */
export async function readMessage(raw: Buffer): Promise<ReadMailResult> {
  const limits: Limits = { text: new TextBudget(), parts: MAX_PARTS, addresses: MAX_ADDRESSES };
  const origin: Origin = { kind: 'original', offset: 0 };
  const reading = await readMail(raw, '', origin, limits);
  if (reading.kind === 'mail') return { ...reading, fingerprint: fingerprint(raw) };
  return { ...reading, fingerprint: fingerprint(raw), header: headerOfUnreadable(raw) };
}

/** Of a header that is too large to be read, its beginning is. */
function headerOfUnreadable(raw: Buffer): MailHeader | null {
  const whole = raw.subarray(0, headerLength(raw));
  const header = whyHeaderTooLarge(whole) === null ? whole : whole.subarray(0, BEGINNING);
  return splitHeaderFields(header).length === 0 ? null : readHeader(header);
}

/** @param prefix '' for the message itself, the path of an attached mail ("2") with a dot. */
async function readMail(
  message: Buffer,
  path: string,
  origin: Origin,
  limits: Limits,
): Promise<MailReading> {
  const bodyStart = headerLength(message);
  const rawHeader = message.subarray(0, bodyStart);
  const tooLarge = whyHeaderTooLarge(rawHeader);
  if (tooLarge !== null) return unreadable(tooLarge);
  if (splitHeaderFields(rawHeader).length === 0) return unreadable('it has no header');
  const split = await splitMail(rawHeader, message.subarray(bodyStart), limits.parts);
  if (split.kind === 'unreadable') return split;
  limits.parts -= split.parts.length;
  const header = readHeader(rawHeader, limits.addresses);
  limits.addresses -= header.to.length + header.cc.length + header.bcc.length;
  const texts = textParts(split.parts);
  const bodies = await readBodies(split.root, texts, limits.text);
  const others = split.parts.filter((part) => isLeaf(part) && !texts.has(part));
  const prefix = path === '' ? '' : `${path}.`;
  const attachments: ParsedAttachment[] = [];
  for (const part of others) {
    attachments.push(await describeAttachment(part, message, origin, prefix));
  }
  const attached = path === '' ? await readAttachedMails(others, message, limits) : NONE_ATTACHED;
  const { text, fromHtml: textFromHtml, html, truncated: textTruncated } = bodies;
  const body = { text, textFromHtml, html, textTruncated };
  const mail = { partPath: path, header, ...body, attachments, ...attached };
  return { kind: 'mail', mail: { ...mail, bodyParts: bodyParts(texts, message, origin) } };
}

/**
 * One level deep: what is attached to an attached mail stays an attachment. Beyond the limits mails are
 * counted and not looked into.
 */
async function readAttachedMails(
  parts: readonly MailPart[],
  message: Buffer,
  limits: Limits,
): Promise<AttachedMails> {
  const forwarded: ParsedMail[] = [];
  let mailsLeftOut = 0;
  for (const part of parts) {
    if (!isAttachedMail(part)) continue;
    const isBeyond = forwarded.length >= MAX_ATTACHED_MAILS || limits.parts < 1;
    const mail = isBeyond ? null : await readAttachedMail(part, message, limits);
    if (mail) forwarded.push(mail);
    else mailsLeftOut += 1;
  }
  return { forwarded, mailsLeftOut };
}

/** @returns null for what is no mail, or cannot be read. */
async function readAttachedMail(
  part: MailPart,
  message: Buffer,
  limits: Limits,
): Promise<ParsedMail | null> {
  const attached = await asAttachedMail(part, message);
  if (!attached) return null;
  const reading = await readMail(attached.bytes, part.path, attached.origin, limits);
  return reading.kind === 'mail' ? reading.mail : null;
}

function isLeaf(part: MailPart): boolean {
  return part.node.multipart === false;
}

function unreadable(why: string): MailReading {
  return { kind: 'unreadable', why };
}
