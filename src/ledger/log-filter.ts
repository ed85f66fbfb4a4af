import { z } from 'zod';
import { dayInQuery, idInQuery, longIdInQuery } from '../http/query-fields.ts';
import { cleanLine } from '../shared/clean-text.ts';
import { OUTCOMES, REASONS } from '../shared/outcome.ts';

/** What the log can be narrowed down to: an outcome, or what has none yet. */
export const LOG_STATES = [...OUTCOMES, 'waiting', 'failed'] as const;

/** What the address of the page asks for; whatever is no such thing counts as not given. */
export const logQuery = z.object({
  outcome: z.enum(LOG_STATES).nullable().catch(null),
  reason: z.enum(REASONS).nullable().catch(null),
  owner: idInQuery,
  /** An address, a Message-ID or the number of a message. */
  q: z
    .string()
    .max(1000)
    .catch('')
    .transform((text) => cleanLine(text)),
  from: dayInQuery,
  /** The last day that is shown. */
  to: dayInQuery,
  before: longIdInQuery,
  after: longIdInQuery,
});

export type LogQuery = z.infer<typeof logQuery>;
export type LogFilter = Omit<LogQuery, 'before' | 'after'>;

/** Whether the list is narrowed down at all. */
export function isFiltered({ outcome, reason, owner, q, from, to }: LogFilter): boolean {
  return [outcome, reason, owner, from, to].some((value) => value !== null) || q !== '';
}

/** The filter as the query of an address, with a place in the list: "?outcome=rejected&before=12". */
export function logAddress(
  filter: LogFilter,
  place: Partial<Pick<LogQuery, 'before' | 'after'>> = {},
): string {
  const { outcome, reason, owner, q, from, to } = filter;
  const asked = { outcome, reason, owner, q: q === '' ? null : q, from, to, ...place };
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(asked)) {
    if (value !== null) query.set(name, String(value));
  }
  const text = query.toString();
  return text === '' ? '' : `?${text}`;
}
