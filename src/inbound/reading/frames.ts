/**
 * What parent and child say to each other. Downwards: ping, chunk (bytes of an original), read (all
 * have come), drop (forget them), forward (JSON). Upwards: ready (when started, and to a ping), answer
 * (JSON).
 */
export const FRAME_KINDS = ['ping', 'chunk', 'read', 'drop', 'forward', 'ready', 'answer'] as const;
export type FrameKind = (typeof FRAME_KINDS)[number];

export interface Frame {
  readonly kind: FrameKind;
  readonly payload: Buffer;
}

/** A byte for the kind and four for the payload's length stand before each payload. */
const HEAD = 5;
/** An answer is at most about 30 MB; anything larger is not one of ours. */
const MAX_PAYLOAD = 64 * 1024 * 1024;

/** The bytes of a frame without its payload, which is written after it as it is. */
export function frameHead(kind: FrameKind, payloadLength: number): Buffer {
  const head = Buffer.alloc(HEAD);
  head.writeUInt8(FRAME_KINDS.indexOf(kind));
  head.writeUInt32BE(payloadLength, 1);
  return head;
}

/** Puts frames together from bytes as they come out of a pipe. */
export class FrameReader {
  #chunks: Buffer[] = [];
  #length = 0;
  #needed = HEAD;
  #kind: FrameKind | null = null;

  /** @throws {Error} for bytes that are no frame. */
  *push(chunk: Buffer): Generator<Frame> {
    this.#chunks.push(chunk);
    this.#length += chunk.length;
    while (this.#length >= this.#needed) {
      const bytes = this.#take(this.#needed);
      if (this.#kind === null) {
        this.#readHead(bytes);
      } else {
        const frame = { kind: this.#kind, payload: bytes };
        this.#kind = null;
        this.#needed = HEAD;
        yield frame;
      }
    }
  }

  #readHead(head: Buffer): void {
    const kind = FRAME_KINDS[head.readUInt8()];
    const length = head.readUInt32BE(1);
    if (kind === undefined || length > MAX_PAYLOAD) throw new Error('These bytes are no frame.');
    this.#kind = kind;
    this.#needed = length;
  }

  #take(length: number): Buffer {
    const all = this.#chunks.length === 1 ? this.#chunks[0] : Buffer.concat(this.#chunks);
    const bytes = all ?? Buffer.alloc(0);
    this.#chunks = bytes.length > length ? [bytes.subarray(length)] : [];
    this.#length -= length;
    return bytes.subarray(0, length);
  }
}
