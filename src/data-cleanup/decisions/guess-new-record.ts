import type { Knex } from 'knex';
import type { Viewer } from '../../shared/viewer.ts';
import { findOwnWriting } from './find-own-writing.ts';
import { guessRecordOf } from './guess-record-of.ts';
import type { NewRecord } from './insert-records.ts';
import type { NewForAddress } from '../bulk/picks.ts';

/** A record for a correspondent of an email, made of what is known without asking anybody. */
export async function guessNewRecord(
  db: Knex,
  viewer: Viewer,
  emailId: number,
  { kind, address }: NewForAddress,
): Promise<NewRecord> {
  const writing = (await findOwnWriting(db, viewer, address)) ?? {
    name: await findShownName(db, emailId, address),
    wrote: null,
  };
  const guessed = await guessRecordOf(db, { ...writing, address });
  return { kind, ...guessed, address };
}

async function findShownName(db: Knex, emailId: number, address: string): Promise<string> {
  const shown = await db('email_participants')
    .where({ email_id: emailId, address, linkable: true })
    .orderBy([{ column: 'deciding', order: 'desc' }, 'seq'])
    .first('name');
  return shown?.name ?? '';
}
