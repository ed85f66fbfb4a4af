import { cleanLine } from '../shared/clean-text.ts';

/** PostgreSQL documentation, appendix A. */
const SQLSTATE = /^[0-9A-Z]{5}$/;
/**
 * Cardinality, data, constraints, limits of the program: about the values. Not about them are 08
 * connection, 25 transaction state, 40 rollback, 53 resources, 55 object state, 57 operator,
 * 58 system, XX internal, nor 42, a statement that is wrong with any values.
 */
const OF_THE_VALUES = /^(21|22|23|54)/;
/** Node: the system's errors (ECONNRESET, ENOMEM ...), and a pipe or process that is gone. */
const OF_THE_SYSTEM = /^(E[A-Z0-9]+|ERR_(STREAM|SOCKET|IPC)_.*)$/;
/** What the database driver, its pool and the mail reader say without a code. */
const OF_THE_MACHINE =
  /connection|connect|timeout|\bpool\b|terminated|closed|aborted|queryable|could not be started|transaction query already complete/i;
const MAX_WHY = 500;

/**
 * Whether a failure is the message's own (a value that the database refuses, a bug met with this
 * content) and would come again, rather than trouble with the database or the machine.
 * What nobody knows counts as the message's own: it is then tried by itself, a few times, and the
 * others are filed. As trouble it would be tried for ever, and all that was to be filed with it.
 */
export function isMessageFault(error: unknown): boolean {
  if (!(error instanceof Error)) return true;
  const code = 'code' in error && typeof error.code === 'string' ? error.code : '';
  if (OF_THE_SYSTEM.test(code)) return false;
  if (SQLSTATE.test(code)) return OF_THE_VALUES.test(code);
  if (error instanceof TypeError || error instanceof RangeError || error instanceof SyntaxError) {
    return true;
  }
  return !OF_THE_MACHINE.test(`${error.name} ${error.message}`);
}

/** What went wrong, for the ledger: one line without SQL. */
export function describeFault(error: unknown): string {
  const message = error instanceof Error ? error.message : String(error);
  // Knex puts the statement and " - " before what the database said.
  const said = message
    .slice(message.lastIndexOf(' - ') + 1)
    .replace(/^- /, '')
    .replace(/\.$/, '');
  return `Filing it failed: ${cleanLine(said, MAX_WHY)}.`;
}
