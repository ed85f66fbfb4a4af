import type { Knex } from 'knex';
import { createRecord } from '../people/create-record.ts';
import type { Viewer } from '../shared/viewer.ts';
import { createUser } from '../users/create-user.ts';
import { hashPassword } from '../users/hash-password.ts';
import { findUserIdByAddress } from '../users/user-store.ts';
import { findViewer } from '../users/viewer-store.ts';
import { people } from './stories/people.ts';
import { DEMO_PASSWORD, users } from './stories/users.ts';

/** Creates the users, contacts and leads of the stories; those that are there already stay. */
export async function fillRecords(db: Knex): Promise<{ users: number; people: number }> {
  return { users: await fillUsers(db), people: await fillPeople(db) };
}

async function fillUsers(db: Knex): Promise<number> {
  // One password, hashed once: that takes its time, by design.
  const passwordHash = await hashPassword(DEMO_PASSWORD);
  let created = 0;
  for (const { name, address, groups } of Object.values(users)) {
    const result = await createUser(db, { name, email: address, groups, passwordHash });
    if (result.kind === 'created') created += 1;
  }
  return created;
}

/** As Dana would type them: whoever looks like somebody that is there is not made again. */
async function fillPeople(db: Knex): Promise<number> {
  const viewer = await dana(db);
  let created = 0;
  for (const { address, name: _name, kind, ...person } of Object.values(people)) {
    const values = { ...person, note: '', addresses: [address] };
    const result = await createRecord(db, viewer, kind, values, []);
    if (result.kind === 'created') created += 1;
  }
  return created;
}

async function dana(db: Knex): Promise<Viewer> {
  const id = await findUserIdByAddress(db, users.dana.address);
  const viewer = id === null ? null : await findViewer(db, id, null);
  if (!viewer) throw new Error(`${users.dana.name} can't sign in to this database any more.`);
  return viewer;
}
