/** Aborted once it has been asked `times` times whether it is. */
export function stopsAfter(times: number): AbortSignal {
  const stopping = new AbortController();
  let count = 0;
  Object.defineProperty(stopping.signal, 'aborted', {
    get: () => {
      count += 1;
      return count > times;
    },
  });
  return stopping.signal;
}
