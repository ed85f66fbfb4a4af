/**
 * What parent and child say to each other. Downwards: ping, chunk (bytes of an original), read (all
 * have come), check (all have come: who sent it? JSON), drop (forget them), forward (JSON), told (what the
 * DNS said, JSON). Upwards: ready (when started, and to a ping), answer (JSON), ask (the DNS, JSON).
 */
export const FRAME_KINDS = [
  'ping',
  'chunk',
  'read',
  'check',
  'drop',
  'forward',
  'told',
  'ready',
  'answer',
  'ask',
] as const;
export type FrameKind = (typeof FRAME_KINDS)[number];

export interface Frame {
  readonly kind: FrameKind;
  readonly payload: Buffer;
}

/** A byte for the kind and four for the payload's length stand before each payload. */
const HEAD = 5;
/** An answer is at most about 30 MB; anything larger is not one of ours. */
const MAX_PAYLOAD = 64 * 1024 * 1024;
/** The bytes of an original are sent in pieces of at most so many: one that is at hand in one. */
export const MAX_CHUNK = 4 * 1024 * 1024;

/** The bytes of a frame without its payload, which is written after it as it is. */
export function frameHead(kind: FrameKind, payloadLength: number): Buffer {
  const head = Buffer.alloc(HEAD);
  head.writeUInt8(FRAME_KINDS.indexOf(kind));
  head.writeUInt32BE(payloadLength, 1);
  return head;
}

/** Puts frames together from bytes as they come out of a pipe. The bytes are copied, once. */
export class FrameReader {
  #kind: FrameKind | null = null;
  #awaited: Buffer = Buffer.alloc(HEAD);
  #filled = 0;
  readonly #allocate: (kind: FrameKind, length: number) => Buffer;

  /** @param allocate gives the memory for a payload; new memory unless told. */
  constructor(allocate?: (kind: FrameKind, length: number) => Buffer) {
    this.#allocate = allocate ?? ((_kind, length) => Buffer.allocUnsafe(length));
  }

  /** @throws {Error} for bytes that are no frame. */
  *push(bytes: Buffer): Generator<Frame> {
    let at = 0;
    while (at < bytes.length || this.#filled === this.#awaited.length) {
      const copied = bytes.copy(this.#awaited, this.#filled, at);
      at += copied;
      this.#filled += copied;
      if (this.#filled < this.#awaited.length) return;
      const frame = this.#complete();
      if (frame) yield frame;
    }
  }

  /** Turns from the head to the payload, or from the payload to the next head. */
  #complete(): Frame | null {
    const complete = this.#awaited;
    this.#filled = 0;
    if (this.#kind !== null) {
      const frame = { kind: this.#kind, payload: complete };
      this.#kind = null;
      this.#awaited = Buffer.alloc(HEAD);
      return frame;
    }
    const kind = FRAME_KINDS[complete.readUInt8()];
    const length = complete.readUInt32BE(1);
    if (kind === undefined || length > MAX_PAYLOAD) throw new Error('These bytes are no frame.');
    this.#kind = kind;
    this.#awaited = this.#allocate(kind, length);
    return null;
  }
}
