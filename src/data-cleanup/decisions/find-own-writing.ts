import type { Knex } from 'knex';
import { queryRows } from '../../db/query-rows.ts';
import { SIGNATURE_TEXT } from '../../people/read-signature.ts';
import type { Viewer } from '../../shared/viewer.ts';

/** A mail that a correspondent wrote: how its header calls them, and the beginning of what it says. */
export interface OwnWriting {
  readonly name: string;
  readonly wrote: string;
}

/** So many of the newest are looked through: of the others the user has written most, or a machine. */
const LOOKED_AT = 200;

/** The newest of the viewer's mails that wait under an address, and that its holder wrote; null for none. */
export async function findOwnWriting(
  db: Knex,
  viewer: Viewer,
  address: string,
): Promise<OwnWriting | null> {
  const [row] = await queryRows<OwnWriting>(
    db,
    `select m.name, left(e.text, ${SIGNATURE_TEXT}) as wrote
       from (select n.id, p.name
               from (select id from emails
                      where owner_id = :viewer and state = 'unmatched' and about_address = :address
                      order by id desc limit ${LOOKED_AT}) n
               join email_participants p on p.email_id = n.id
              where p.role = 'from' and p.address = :address
              order by n.id desc limit 1) m
       join emails e on e.id = m.id`,
    { viewer: viewer.id, address },
  );
  return row ?? null;
}
