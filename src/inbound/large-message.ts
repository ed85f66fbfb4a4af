/**
 * A message over so many bytes is large: it is fetched and stored in parts, never whole in memory, and filed in
 * a lane of its own. Reading a smaller one never took more than two seconds of the processor (docs/benchmarks.md).
 */
export const LARGE_MESSAGE = 3.5 * 1024 * 1024;
