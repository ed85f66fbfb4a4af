import { simpleParser } from 'mailparser';
import type { Page } from '../../http/pages.ts';
import type { CaughtMail } from './outbox.ts';

/** A run of text, or an address in it that can be followed. */
export interface TextPiece {
  readonly text: string;
  readonly href: string | null;
}

export interface OutboxMail {
  readonly id: number;
  readonly at: Date;
  readonly subject: string;
  readonly from: string;
  readonly to: string;
  /** Sent by a program that wants no answer, as bounces are: the null sender of RFC 5321. */
  readonly isBounce: boolean;
  readonly pieces: readonly TextPiece[];
}

export interface OutboxPage extends Page {
  readonly mails: readonly OutboxMail[];
  readonly archiveAddress: string;
}

export async function outboxPage(
  caught: readonly CaughtMail[],
  archiveAddress: string,
): Promise<OutboxPage> {
  const mails = await Promise.all(caught.map(describeMail));
  return { title: 'demo.outbox', mails, archiveAddress };
}

async function describeMail({ id, at, to, envelopeFrom, raw }: CaughtMail): Promise<OutboxMail> {
  const parsed = await simpleParser(raw, { skipImageLinks: true, skipTextToHtml: true });
  return {
    id,
    at,
    subject: parsed.subject ?? '',
    from: parsed.from?.text ?? envelopeFrom,
    to: to.join(', '),
    isBounce: envelopeFrom === '',
    pieces: splitAtLinks((parsed.text ?? '').trim()),
  };
}

/** Web addresses become links; everything else stays text. */
export function splitAtLinks(text: string): TextPiece[] {
  return text
    .split(/(https?:\/\/[^\s<>"]*[^\s<>".,;:!?)])/)
    .map((piece, index) => ({ text: piece, href: index % 2 === 1 ? piece : null }))
    .filter(({ text: piece }) => piece !== '');
}
