import { MAX_CHUNK } from './frames.ts';

/**
 * Memory for the bytes of messages, used again for those of the next ones: new memory for each would keep the
 * garbage collector busy. What does not fit beside those that are there gets memory of its own.
 */
export class SpareMemory {
  readonly #memory = new ArrayBuffer(MAX_CHUNK);
  #used = 0;
  #taken = 0;

  take(length: number): Buffer {
    if (this.#used + length > MAX_CHUNK) return Buffer.allocUnsafe(length);
    const bytes = Buffer.from(this.#memory, this.#used, length);
    this.#used += length;
    this.#taken += 1;
    return bytes;
  }

  /** @param bytes some that were taken; nobody looks at them any more. */
  giveBack(bytes: Buffer): void {
    if (bytes.buffer !== this.#memory) return;
    this.#taken -= 1;
    if (this.#taken === 0) this.#used = 0;
  }
}
