/** The words of an error of Redis, without the command that it carries. */
export function describeRedisError(error: unknown): string {
  if (!(error instanceof Error)) return 'no reason given';
  // A host with several addresses gives an AggregateError, whose message is empty.
  const code = 'code' in error && typeof error.code === 'string' ? error.code : error.name;
  return (error.message === '' ? code : error.message).replace(/\.$/, '');
}

/** ioredis gives up on a command after some tries to connect, and names an option of its own. */
export function isGivenUp(error: unknown): boolean {
  return error instanceof Error && error.name === 'MaxRetriesPerRequestError';
}

/** Which Redis does not answer, why, and what to do; the URL may hold a password, which is left out. */
export function redisIsAway(url: string, why: string): string {
  const { hostname, port } = new URL(url);
  const where = `${hostname || 'localhost'}:${port || '6379'}`;
  return `Redis at ${where} does not answer (${why}). Start it, or set REDIS_URL to where it runs; jobs wait until it answers.`;
}
