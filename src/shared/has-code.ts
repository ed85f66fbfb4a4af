/** Whether that is an error with that code: of the system (ENOENT), of Node, or of PostgreSQL. */
export function hasCode(error: unknown, code: string): boolean {
  return error instanceof Error && 'code' in error && error.code === code;
}
