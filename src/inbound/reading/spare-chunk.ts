import { MAX_CHUNK } from './frames.ts';

/**
 * Memory for the bytes of a message, used for one after the other: new memory for each would keep the
 * garbage collector busy. The parts of a large message after its first get memory of their own.
 */
export class SpareChunk {
  readonly #memory = new ArrayBuffer(MAX_CHUNK);
  #isFree = true;

  take(length: number): Buffer {
    if (!this.#isFree || length > MAX_CHUNK) return Buffer.allocUnsafe(length);
    this.#isFree = false;
    return Buffer.from(this.#memory, 0, length);
  }

  /** @param chunk one that was taken; nobody looks at it any more. */
  giveBack(chunk: Buffer): void {
    if (chunk.buffer === this.#memory) this.#isFree = true;
  }
}
