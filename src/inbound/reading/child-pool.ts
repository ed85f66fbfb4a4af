import type { ReadingChild } from './reading-child.ts';

type Work<T> = (child: ReadingChild, certain: boolean) => Promise<T>;

interface Use {
  readonly careful: boolean;
  /** Before all others who wait. */
  readonly first: boolean;
}

/**
 * A fixed number of places for reading processes. Who comes when all are taken waits in line. A process
 * is started when its place is first used, and again when it was killed.
 */
export class ChildPool {
  readonly #start: () => Promise<ReadingChild>;
  readonly #places: (ReadingChild | null)[];
  readonly #line: ((place: ReadingChild | null) => void)[] = [];
  /** Those who go before all of that line. */
  readonly #firstLine: ((place: ReadingChild | null) => void)[] = [];
  readonly #busy = new Set<ReadingChild>();
  readonly #uses = new Set<Promise<unknown>>();
  #closed = false;

  constructor(children: number, start: () => Promise<ReadingChild>) {
    this.#start = start;
    this.#places = Array.from({ length: children }, () => null);
  }

  /**
   * Lends a process to `work`, and tells it whether the process is certainly there. One that was there
   * within the last second is not asked again, unless it is to be careful.
   *
   * @throws {Error} when the pool is closed, also while the work is done: its answer is then worth
   *   nothing, as the process was ended for another reason than the mail.
   */
  async use<T>(work: Work<T>, { careful, first }: Use): Promise<T> {
    this.#refuseWhenClosed();
    const use = this.#lend(work, careful, first);
    this.#uses.add(use);
    return await use.finally(() => this.#uses.delete(use));
  }

  async #lend<T>(work: Work<T>, careful: boolean, first: boolean): Promise<T> {
    let child = await this.#takePlace(first);
    try {
      this.#refuseWhenClosed();
      const trusted = !careful && child?.wasThereRecently === true;
      if (child === null || !(trusted || (await child.responds()))) {
        child = await this.#start();
      }
      this.#busy.add(child);
      this.#refuseWhenClosed();
      const result = await work(child, !trusted);
      this.#refuseWhenClosed();
      return result;
    } finally {
      if (child) this.#busy.delete(child);
      await this.#leavePlace(child);
    }
  }

  /** Starts a process, if there is none. Why one can't be started is told to who needs it. */
  begin(): void {
    if (this.#closed || this.#uses.size > 0 || this.#places.some((place) => place?.alive)) return;
    this.use(() => Promise.resolve(), { careful: true, first: false }).catch(() => undefined);
  }

  /** Ends all processes; who waits or is at work is refused. */
  async close(): Promise<void> {
    this.#closed = true;
    const idle = this.#places.splice(0);
    for (const next of [...this.#firstLine.splice(0), ...this.#line.splice(0)]) next(null);
    const ending = [...idle, ...this.#busy].filter((child) => child !== null);
    await Promise.all(ending.map(async (child) => await child.end()));
    await Promise.allSettled(this.#uses);
  }

  async #takePlace(first: boolean): Promise<ReadingChild | null> {
    const place = this.#places.pop();
    if (place !== undefined) return place;
    return await new Promise((resolve) => (first ? this.#firstLine : this.#line).push(resolve));
  }

  async #leavePlace(child: ReadingChild | null): Promise<void> {
    if (this.#closed) {
      await child?.end();
      return;
    }
    const next = this.#firstLine.shift() ?? this.#line.shift();
    if (next) next(child);
    else this.#places.push(child);
  }

  #refuseWhenClosed(): void {
    if (this.#closed)
      throw new Error('The mail reader is closed; the mail can be read again later.');
  }
}
