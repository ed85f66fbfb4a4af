import type { Knex } from 'knex';
import { queryRows } from '../db/query-rows.ts';
import { readOutgoingFrom } from '../outgoing/outgoing-settings.ts';
import { isAdministrator, type Viewer } from '../shared/viewer.ts';
import type { TracedHandOver, TracedPerson, TraceSource } from './trace-source.ts';
import { traceView, type TraceView } from './trace-view.ts';

/**
 * The trace of a message of the ledger; null when there is none. Whether the viewer may see it was
 * decided before: administrators in the log, the owner on the email.
 */
export async function loadTrace(
  db: Knex,
  viewer: Pick<Viewer, 'groups'>,
  messageId: number,
): Promise<TraceView | null> {
  const message = await db('inbound_messages').where({ id: messageId }).first();
  if (!message) return null;
  const trace = message.trace as TraceSource['message']['trace'];
  const owner =
    message.owner_id === null
      ? undefined
      : await db('users').where({ id: message.owner_id }).first('name');
  const bounce = await db('outgoing_messages').where({ inbound_message_id: messageId }).first();
  return traceView({
    message: { ...message, trace },
    owner: owner?.name ?? null,
    people: await findTracedPeople(db, trace),
    bounce: bounce ?? null,
    handOvers: await findHandOvers(db, messageId),
    outgoingSetUp: (await readOutgoingFrom(db)) !== null,
    linksToLog: isAdministrator(viewer),
  });
}

/** In their order; of very many the first. */
async function findHandOvers(db: Knex, messageId: number): Promise<TracedHandOver[]> {
  return await queryRows<TracedHandOver>(
    db,
    `select f.name as from, t.name as to, d.at, d.undone_at is not null as undone
       from emails e join decisions d on d.email_id = e.id and d.kind = 'hand-over'
       join users f on f.id = d.actor_id join users t on t.id = d.to_user_id
      where e.inbound_message_id = ? order by d.id limit 50`,
    [messageId],
  );
}

/** Records that have not been deleted since. */
export async function findTracedPeople(
  db: Knex,
  trace: TraceSource['message']['trace'],
): Promise<Map<number, TracedPerson>> {
  const emails = trace?.emails?.shown ?? [];
  const ids = emails.flatMap(({ correspondents }) =>
    correspondents.shown.flatMap(({ people }) => people.shown),
  );
  if (ids.length === 0) return new Map();
  const people = await queryRows<TracedPerson>(
    db,
    `select id, kind, trim(first_name || ' ' || last_name) as name from people
      where id = any(?) and deleted_at is null`,
    [[...new Set(ids)]],
  );
  return new Map(people.map((person) => [person.id, person]));
}
