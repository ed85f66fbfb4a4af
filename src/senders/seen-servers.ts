import type { Knex } from 'knex';

import { MICROSOFT_365 } from '../archiving/find-pinned-results.ts';
import { headerLength, splitHeaderFields, unfold } from '../archiving/header-fields.ts';
import { isHopWithin } from '../archiving/is-hop-within.ts';
import { readAuthenticationResults } from '../archiving/read-authentication-results.ts';
import { queryRows } from '../db/query-rows.ts';
import type { Originals } from '../originals/originals.ts';

/** A server that the last mails name at their top, and how many do. */
export interface SeenServer {
  readonly authservId: string;
  readonly mails: number;
}

const MAILS = 40;
const BEGINNING = 32 * 1024;

/**
 * Whose Authentication-Results the last mails carried at the top, above the hop from outside: what there
 * is to choose from. The most frequent first.
 */
export async function findSeenServers(
  db: Knex,
  originals: Originals,
): Promise<{ readonly servers: readonly SeenServer[]; readonly mails: number }> {
  const rows = await queryRows<{ originalId: number; size: number }>(
    db,
    `select m.original_id as "originalId", m.size from inbound_messages m
      where m.original_id is not null order by m.id desc limit ?`,
    [MAILS],
  );
  const counts = new Map<string, number>();
  for (const { originalId, size } of rows) {
    const parts = originals.slice(db, originalId, 0, Math.min(size, BEGINNING));
    const id = topmost(Buffer.concat(await Array.fromAsync(parts)));
    if (id !== null) counts.set(id, (counts.get(id) ?? 0) + 1);
  }
  const servers = [...counts].map(([authservId, mails]) => ({ authservId, mails }));
  return { servers: servers.sort((a, b) => b.mails - a.mails).slice(0, 5), mails: rows.length };
}

function topmost(beginning: Buffer): string | null {
  for (const { name, raw } of splitHeaderFields(beginning.subarray(0, headerLength(beginning)))) {
    if (name === 'received' && !isHopWithin(unfold(raw), true)) return null;
    if (name !== 'authentication-results') continue;
    const read = readAuthenticationResults(raw);
    if (read !== null && read.results.length > 0) return read.authservId ?? MICROSOFT_365;
  }
  return null;
}
