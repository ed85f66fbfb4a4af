/** Bytes. Reading less never took more than half a second of the processor (docs/benchmarks.md). */
const SMALL = 1024 * 1024;

/** The small messages before the others, each in their order: nobody's short mail should wait for big files. */
export function smallFirst<T extends { readonly size: number }>(messages: readonly T[]): T[] {
  return [
    ...messages.filter(({ size }) => size <= SMALL),
    ...messages.filter(({ size }) => size > SMALL),
  ];
}
