/** Deps of work that consists of many things, one after the other. */
export interface Stoppable {
  /** Aborted when the process is to end: what is at work is finished, and nothing else is begun. */
  readonly stopping?: AbortSignal;
}

export function isStopping({ stopping }: Stoppable): boolean {
  return stopping?.aborted === true;
}
