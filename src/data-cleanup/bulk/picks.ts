import { z } from 'zod';
import { texts } from '../../http/form-fields.ts';
import { idIn } from '../../http/path-id.ts';
import type { DecidedPerson } from '../decisions/decision-store.ts';

/** What is ticked about a waiting email: which records are whom, and for whom one is made. */
export interface Picks {
  readonly people: readonly DecidedPerson[];
  /** One record an address. */
  readonly make: readonly NewForAddress[];
}

export interface NewForAddress {
  readonly kind: 'contact' | 'lead';
  readonly address: string;
}

/** More than anybody ticks by hand. */
const MOST = 100;

const someTexts = texts.transform((given) => given.slice(0, MOST));

/**
 * The fields of a form that say so: `personId` is a record for the address that the form asks about,
 * `pick` one for any address ("12:jane@client.example"), `make` a new one ("lead:jane@client.example").
 */
export const pickFields = { personId: someTexts, pick: someTexts, make: someTexts };

const form = z.object({
  ...pickFields,
  address: z.string().nullable().catch(null),
});

/** What is ticked in a form or in the address of the page; whatever is no such thing counts as not ticked. */
export function picksIn(body: unknown): Picks {
  const read = form.safeParse(body ?? {});
  if (!read.success) return { people: [], make: [] };
  const { personId, pick, make, address } = read.data;
  const given = [...personId.map((id) => `${id}:${address ?? ''}`), ...pick];
  const people = new Map<string, DecidedPerson>();
  for (const text of given) {
    const [id, of] = cut(text);
    const personId = idIn(id);
    if (personId !== null) people.set(`${personId}:${of}`, { personId, address: of });
  }
  const made = new Map<string, NewForAddress>();
  for (const text of make) {
    const [kind, of] = cut(text);
    if ((kind === 'contact' || kind === 'lead') && of !== '') made.set(of, { kind, address: of });
  }
  return { people: [...people.values()], make: [...made.values()] };
}

/** The first colon: an address may have others. */
function cut(text: string): [string, string] {
  const at = text.indexOf(':');
  return at < 0 ? [text, ''] : [text.slice(0, at), text.slice(at + 1)];
}
