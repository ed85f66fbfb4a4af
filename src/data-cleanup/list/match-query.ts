import { z } from 'zod';
import { ticked } from '../../http/form-fields.ts';
import { idInQuery, longIdInQuery, textInQuery } from '../../http/query-fields.ts';
import { pickFields } from '../bulk/picks.ts';

export const matchQuery = z.object({
  q: textInQuery,
  /** Whom it is about; `about` where the form is left for another address. */
  address: textInQuery,
  about: textInQuery,
  person: idInQuery,
  ...pickFields,
  add: ticked,
  along: ticked,
  /** Given by the form, whose boxes count then. */
  through: longIdInQuery,
});

/** What the address of the page asks for, or the form. */
export type MatchQuery = z.infer<typeof matchQuery>;

/** Those of the fields that a form has sent, as they came. */
export function matchFieldsIn(body: unknown): Record<string, unknown> {
  const sent = typeof body === 'object' && body !== null ? Object.entries(body) : [];
  return Object.fromEntries(sent.filter(([name]) => Object.hasOwn(matchQuery.shape, name)));
}
