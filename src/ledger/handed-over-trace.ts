import type { Knex } from 'knex';
import { queryRows } from '../db/query-rows.ts';
import { traceLine } from './trace-line.ts';
import type { TraceSource } from './trace-source.ts';
import { findTracedPeople } from './trace-store.ts';
import { emailView, type TraceView } from './trace-view.ts';

/**
 * The trace of an email for the colleague to whom it was handed over: how it came to them, and who is
 * on this very mail. How the message came to the archive, what else was in it and who got blind copies
 * is between its sender and the archive.
 */
export async function loadHandedOverTrace(
  db: Knex,
  email: {
    readonly inboundMessageId: number;
    readonly handedOverBy: number;
    readonly partPath: string;
  },
): Promise<TraceView> {
  const [handOver] = await queryRows<{ from: string; at: Date }>(
    db,
    `select u.name as from, d.at from decisions d join users u on u.id = d.actor_id where d.id = ?`,
    [email.handedOverBy],
  );
  const message = await db('inbound_messages').where({ id: email.inboundMessageId }).first('trace');
  const trace = (message?.trace ?? null) as TraceSource['message']['trace'];
  const own = trace?.emails?.shown.filter(({ partPath }) => partPath === email.partPath) ?? [];
  const people = await findTracedPeople(db, trace);
  return {
    lines: handOver ? [traceLine('log.trace.handedOverToYou', { ...handOver })] : [],
    emails: own.map((one) => {
      const seen = one.correspondents.shown.filter(({ role }) => role !== 'bcc');
      return emailView({ ...one, correspondents: { count: seen.length, shown: seen } }, people);
    }),
    moreEmails: 0,
    after: [],
  };
}
