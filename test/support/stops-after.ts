/** A process that is told to end while the work asks for the `asked`th time whether it is. */
export function stopsAfter(asked: number): AbortSignal {
  const stopping = new AbortController();
  let count = 0;
  Object.defineProperty(stopping.signal, 'aborted', {
    get: () => {
      count += 1;
      return count > asked;
    },
  });
  return stopping.signal;
}
