import type { Knex } from 'knex';
import type { Viewer } from '../../shared/viewer.ts';
import { findOwnWriting } from './find-own-writing.ts';
import { guessNameOf, guessRecordOf } from './guess-record-of.ts';
import type { NewRecord } from './insert-records.ts';
import type { NewForAddress } from '../bulk/picks.ts';

/** A record for a correspondent of an email, made of what is known without asking anybody. */
export async function guessNewRecord(
  db: Knex,
  viewer: Viewer,
  emailId: number,
  { kind, address }: NewForAddress,
): Promise<NewRecord> {
  const writing = await findWriting(db, viewer, emailId, address);
  const guessed = await guessRecordOf(db, { ...writing, address });
  return { kind, ...guessed, address };
}

/** What such a record would be called, as it is said before it is made. */
export async function guessNewName(
  db: Knex,
  viewer: Viewer,
  emailId: number,
  address: string,
): Promise<string> {
  const writing = await findWriting(db, viewer, emailId, address);
  const { firstName, lastName } = guessNameOf({ ...writing, address });
  return `${firstName} ${lastName}`.trim();
}

/** A mail of their own tells more than this one's header. */
async function findWriting(db: Knex, viewer: Viewer, emailId: number, address: string) {
  const own = await findOwnWriting(db, viewer, address);
  return own ?? { name: await findShownName(db, emailId, address), wrote: null };
}

async function findShownName(db: Knex, emailId: number, address: string): Promise<string> {
  const shown = await db('email_participants')
    .where({ email_id: emailId, address, linkable: true })
    .orderBy([{ column: 'deciding', order: 'desc' }, 'seq'])
    .first('name');
  return shown?.name ?? '';
}
