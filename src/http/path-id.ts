import { notFoundProblem } from './http-problem.ts';

/** What PostgreSQL's integer holds: the ids of users and people. */
const MAX_INTEGER = 2_147_483_647;

/** The number of a record in a path. @throws a 404 when it can be none. */
export function pathId(text: unknown, max = MAX_INTEGER): number {
  const id = idIn(text, max);
  if (id === null) throw notFoundProblem();
  return id;
}

/** The number of an email or a message, which may be larger. */
export function longPathId(text: unknown): number {
  return pathId(text, Number.MAX_SAFE_INTEGER);
}

/** A number in a query or a form; null when there is none. */
export function idIn(text: unknown, max = MAX_INTEGER): number | null {
  if (typeof text !== 'string' || !/^\d{1,15}$/.test(text)) return null;
  const id = Number(text);
  return id <= max ? id : null;
}
