/**
 * Whether a failure is the message's own (a value that the database refuses, a bug met with this
 * content) and would come again, rather than trouble with the database or the machine.
 * PostgreSQL documentation, appendix A: class 08 connection, 25 transaction state, 40 rollback,
 * 53 resources, 55 object state, 57 operator, 58 system, XX internal are not about the values.
 */
export function isMessageFault(error: unknown): boolean {
  if (!(error instanceof Error)) return true;
  const code = 'code' in error && typeof error.code === 'string' ? error.code : '';
  if (/^[0-9A-Z]{5}$/.test(code)) return /^(21|22|23|54)/.test(code);
  if (code !== '' || /connection|timeout|pool|terminat/i.test(error.message)) return false;
  return error instanceof TypeError || error instanceof RangeError || error instanceof SyntaxError;
}
