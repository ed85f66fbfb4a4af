/** Class 08 connection, 28 authorization; no such database, too many connections, starting, stopping. */
const NO_DATABASE = /^(08...|28...|3D000|53300|57P0[1-3])$/;
const NO_NETWORK =
  /^(ECONN(REFUSED|RESET|ABORTED)|ENOTFOUND|EAI_AGAIN|ETIMEDOUT|E(HOST|NET)UNREACH)$/;
const SQLSTATE = /^[0-9A-Z]{5}$/;
/** What the driver and its pool say without a code. */
const NO_ANSWER = /timeout expired|timeout acquiring a connection|connection terminated/i;

/** One sentence about a failure that nobody foresaw: no stack, no SQL, and what to do where it is known. */
export function describeUnexpected(error: unknown): string {
  if (!(error instanceof Error)) return `It failed: ${String(error)}.`;
  const code = 'code' in error ? String(error.code) : '';
  if (NO_DATABASE.test(code) || NO_NETWORK.test(code)) return noDatabase(code);
  if (NO_ANSWER.test(error.message)) return noDatabase('no answer');
  if (SQLSTATE.test(code) && 'severity' in error) {
    return `The database refused this (${code}): its own log says why.`;
  }
  const said = error.message.replace(/\s+/g, ' ').trim();
  if (said === '') return `It failed (${error.name} ${code}).`;
  return /[.?!)]$/.test(said) ? said : `It failed: ${said}.`;
}

function noDatabase(why: string): string {
  return `The database can't be reached (${why}): check DATABASE_URL and that PostgreSQL runs.`;
}
