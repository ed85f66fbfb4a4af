import type { Knex } from 'knex';
import type { Logger } from '../config/logger.ts';
import { findViewer } from '../users/viewer-store.ts';
import { digestDay } from './digest-day.ts';
import {
  findDigestBegin,
  findDigestReaders,
  queueDigest,
  takeDigestDay,
  type DigestReader,
} from './digest-store.ts';
import { loadDigest } from './load-digest.ts';

/**
 * Decides about each digest that is due by now: queues it, or notes that there is nothing to tell on
 * that day. However many processes do this at once, one of them decides. @returns how many are queued.
 */
export async function planDigests(
  { db, log }: { readonly db: Knex; readonly log: Logger },
  now: Date,
): Promise<number> {
  let queued = 0;
  for (const reader of await findDigestReaders(db)) {
    const day = digestDay(reader, now);
    // A day before the last one comes with a clock that was put back.
    if (day === null || (reader.lastDay !== null && day <= reader.lastDay)) continue;
    try {
      if (await planOne(db, reader, day, now)) queued += 1;
    } catch (error) {
      log.error({ err: error, user: reader.id }, 'A digest could not be planned.');
    }
  }
  return queued;
}

async function planOne(db: Knex, reader: DigestReader, day: string, now: Date): Promise<boolean> {
  return await db.transaction(async (trx) => {
    const id = await takeDigestDay(trx, reader.id, day, now);
    const viewer = id === null ? null : await findViewer(trx, reader.id, null);
    if (id === null || !viewer) return false;
    if ((await loadDigest(trx, viewer, await findDigestBegin(trx, reader))) === null) return false;
    await queueDigest(trx, id, reader.address);
    return true;
  });
}
