/**
 * Does all of the tasks, one after the other, also where one before it failed.
 * @throws the error of the one that failed, or an AggregateError that says what all of them do
 */
export async function tryEach(tasks: readonly (() => Promise<unknown>)[]): Promise<void> {
  const errors: unknown[] = [];
  for (const task of tasks) {
    try {
      await task();
    } catch (error) {
      errors.push(error);
    }
  }
  if (errors.length === 1) throw errors[0];
  if (errors.length > 1)
    throw new AggregateError(errors, [...new Set(errors.map(describe))].join(' '));
}

function describe(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
