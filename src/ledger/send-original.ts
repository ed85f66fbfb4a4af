import type { Response } from 'express';
import type { Knex } from 'knex';
import { sendBytes } from '../http/send-bytes.ts';
import type { Originals } from '../originals/originals.ts';

/** Answers with the bytes of a message that is kept apart: to be saved, never to be shown. */
export async function sendOriginal(
  res: Response,
  { db, originals }: { readonly db: Knex; readonly originals: Originals },
  original: { readonly id: number; readonly originalId: number; readonly size: number },
): Promise<void> {
  await sendBytes(res, originals.read(db, original.originalId), () => ({
    'Content-Type': 'message/rfc822',
    'Content-Length': String(original.size),
    'Content-Disposition': `attachment; filename=message-${String(original.id)}.eml`,
  }));
}
