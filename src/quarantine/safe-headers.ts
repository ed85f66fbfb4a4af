import type { Knex } from 'knex';

import { decodeBytes, decodeHeaderText } from '../archiving/decode-header-text.ts';
import { headerLength, splitHeaderFields, unfold } from '../archiving/header-fields.ts';
import type { Originals } from '../originals/originals.ts';

export interface SafeHeader {
  readonly name: string;
  /** One line of clean text, cut where it is long. */
  readonly value: string;
}

const BEGINNING = 64 * 1024;
const MOST = 40;
const MAX_VALUE = 500;
/** What tells who may have sent it, as it is written in the mail. */
const SHOWN: Readonly<Record<string, string>> = {
  from: 'From',
  sender: 'Sender',
  'reply-to': 'Reply-To',
  'resent-from': 'Resent-From',
  to: 'To',
  cc: 'Cc',
  date: 'Date',
  subject: 'Subject',
  'message-id': 'Message-ID',
  'return-path': 'Return-Path',
  received: 'Received',
  'authentication-results': 'Authentication-Results',
};

/** The fields of a quarantined mail's header that may be looked at without opening it. */
export async function readSafeHeaders(
  db: Knex,
  originals: Originals,
  { originalId, size }: { readonly originalId: number; readonly size: number },
): Promise<SafeHeader[]> {
  const parts = originals.slice(db, originalId, 0, Math.min(size, BEGINNING));
  const raw = Buffer.concat(await Array.fromAsync(parts));
  return splitHeaderFields(raw.subarray(0, headerLength(raw)))
    .flatMap(({ name, raw: value }) => {
      const shown = Object.hasOwn(SHOWN, name) ? SHOWN[name] : undefined;
      if (shown === undefined) return [];
      return [{ name: shown, value: decodeHeaderText(decodeBytes(unfold(value)), MAX_VALUE) }];
    })
    .slice(0, MOST);
}
