/** Why a process was ended: it worked too long, held too much, or went by itself. */
export type WhyKilled = 'time' | 'memory' | 'crashed';

/** What a process said to one thing that it was asked, or why it says nothing any more. */
export type Answer = Buffer | { readonly killed: WhyKilled };

/** What came from a process, in order, until it is taken. One at a time may wait for what comes next. */
export class AnswerQueue {
  #come: Answer[] = [];
  #taker: ((answer: Answer) => void) | null = null;

  put(answer: Answer): void {
    const take = this.#taker;
    this.#taker = null;
    if (take) take(answer);
    else this.#come.push(answer);
  }

  async next(): Promise<Answer> {
    return this.#come.shift() ?? (await new Promise((resolve) => (this.#taker = resolve)));
  }

  /** Forgets what belongs to an earlier request. */
  clear(): void {
    this.#come = [];
    this.#taker = null;
  }
}
