import type { PersonRow } from '../db/rows.ts';

/** A record, as it is named on a page about something else. */
export interface NamedPerson {
  readonly id: number;
  readonly kind: PersonRow['kind'];
  readonly name: string;
}
