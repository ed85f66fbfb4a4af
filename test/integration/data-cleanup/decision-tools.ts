import type { Knex } from 'knex';
import type { Viewer } from '../../../src/shared/viewer.ts';
import type { FilingBench } from '../../support/filing-bench.ts';
import { mail, type MailSketch } from '../../unit/archiving/samples.ts';
import { emailOf } from '../rematch/rematch-tools.ts';

/** A user, as the pages know one. */
export async function viewer(bench: FilingBench, address: string): Promise<Viewer> {
  const id = await bench.user(address);
  return {
    id,
    name: address,
    address,
    groups: [],
    timeZone: 'UTC',
    theme: 'auto',
    keyboardShortcuts: true,
    mutedNotices: [],
  };
}

/** Files a mail from the user to these people. @returns the number of the email. */
export async function fileMail(
  bench: FilingBench,
  owner: Viewer,
  sketch: Partial<MailSketch>,
): Promise<number> {
  const id = await bench.storeMail(mail({ from: [owner.address], ...sketch }));
  await bench.file(id);
  return (await emailOf(bench.db, id)).id;
}

/** All that a decision may change, and its undoing restores. */
export async function snapshot(db: Knex) {
  return {
    people: await db('people').orderBy('id'),
    accounts: await db('accounts').orderBy('id'),
    addresses: await db('person_addresses').orderBy('id'),
    emails: await db('emails').orderBy('id').select('id', 'state', 'decision_id', 'discarded_at'),
    links: await db('email_people').orderBy(['email_id', 'person_id']),
    pending: await db('pending_rematches').orderBy('id'),
  };
}

/** The records an email counts for, by number. */
export async function linksOf(db: Knex, emailId: number): Promise<number[]> {
  const rows = await db('email_people')
    .where({ email_id: emailId })
    .whereNull('unlinked_by')
    .orderBy('person_id');
  return rows.map((row) => row.person_id);
}

export async function stateOf(db: Knex, emailId: number): Promise<string | undefined> {
  return (await db('emails').where({ id: emailId }).first('state'))?.state;
}
