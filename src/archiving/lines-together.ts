/**
 * A value that goes on over several lines, up to a length. It is put together once, at its end: hostile
 * mail has tens of thousands of lines, and making a longer text for each takes time that grows with
 * their square.
 */
export class LinesTogether {
  readonly #pieces: string[];
  readonly #most: number;
  #length: number;
  #ending: string;

  constructor(first: string, most: number) {
    this.#pieces = [first];
    this.#most = most;
    this.#length = first.length;
    this.#ending = first.slice(-1);
  }

  get length(): number {
    return this.#length;
  }

  /** Its last character; empty where there is none yet. */
  get ending(): string {
    return this.#ending;
  }

  /** Nothing is kept of what lies beyond the length, but its last character counts. */
  add(line: string): void {
    this.#ending = line.slice(-1);
    if (this.#length >= this.#most) return;
    this.#pieces.push(line);
    this.#length += 1 + line.length;
  }

  toString(): string {
    return this.#pieces.join(' ').slice(0, this.#most);
  }
}
