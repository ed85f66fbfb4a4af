import { MAX_CHUNK } from './frames.ts';

/** So many are kept; larger messages are few. */
const KEPT = 4;

/**
 * Memory for the bytes of messages, used for one after the other: new memory for each would keep the
 * garbage collector busy.
 */
export class SpareChunks {
  readonly #spare: ArrayBuffer[] = [];

  take(length: number): Buffer {
    if (length > MAX_CHUNK) return Buffer.allocUnsafe(length);
    return Buffer.from(this.#spare.pop() ?? new ArrayBuffer(MAX_CHUNK), 0, length);
  }

  /** @param chunk one that was taken; nobody looks at it any more. */
  giveBack({ buffer }: Buffer): void {
    const mine = buffer instanceof ArrayBuffer && buffer.byteLength === MAX_CHUNK;
    if (mine && this.#spare.length < KEPT) this.#spare.push(buffer);
  }
}
