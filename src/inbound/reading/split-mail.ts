import type { Transform } from 'node:stream';
import { type MessageChunk, Splitter, type SplitterChunk } from '@zone-eu/mailsplit';
import { splitHeaderFields } from '../../archiving/header-fields.ts';
import { structuralPieces } from './structural-pieces.ts';
import { writeLines } from './write-lines.ts';

/** What the library tells of a part: its header and what the header says. */
export type MimeNode = Extract<SplitterChunk, { type: 'node' }>;

/** A MIME part where it stands in the message. */
export interface MailPart {
  readonly node: MimeNode;
  /** "1", "2.1": RFC 3501 section 6.4.5; '' for the message itself. */
  readonly path: string;
  readonly parent: MailPart | null;
  readonly children: MailPart[];
  /** The bytes of the part's body, a view of the message; empty for a part without any. */
  body: Buffer;
}

export type SplitResult =
  | { readonly kind: 'split'; readonly root: MailPart; readonly parts: readonly MailPart[] }
  | { readonly kind: 'unreadable'; readonly why: string };

const MAX_DEPTH = 200;
/** The fields of the message's own header that say what its body is. */
const BODY_FIELDS = new Set([
  'content-type',
  'content-transfer-encoding',
  'content-disposition',
  'content-id',
]);

/**
 * Divides a message into its MIME parts (RFC 2046) without copying their bytes. Attached mails stay
 * closed. What comes out of the library are views of the body that went in, which tell where they
 * stand; so nothing depends on it to return each byte, which it does not do for broken boundaries.
 */
export async function splitMail(
  header: Buffer,
  body: Buffer,
  maxParts: number,
): Promise<SplitResult> {
  const options = { ignoreEmbedded: true, maxChildNodes: Math.max(1, maxParts) };
  // Its type knows of 'data' alone.
  const splitter = new Splitter(options) as Transform;
  const tree = new PartTree(body);
  return await new Promise((resolve) => {
    const stop = (why: string) => {
      resolve({ kind: 'unreadable', why });
      splitter.destroy();
    };
    splitter.on('data', (item: SplitterChunk) => {
      if (item.type !== 'node') tree.addBytes(item);
      else if (tree.addPart(item) > MAX_DEPTH) stop(`it is nested deeper than ${MAX_DEPTH} parts`);
    });
    splitter.on('error', (error: Error) => stop(sentenceFor(error, maxParts)));
    splitter.on('end', () => {
      tree.emptyBodies();
      const [root] = tree.parts;
      if (root) resolve({ kind: 'split', root, parts: tree.parts });
      else stop('it has no header');
    });
    writeLines(splitter, [bodyFields(header), ...structuralPieces(body)]);
  });
}

function sentenceFor(error: Error, maxParts: number): string {
  if (error.message.includes('header size')) return 'a part has a header of more than 1 MB';
  if (error.message.includes('child nodes')) return `it has more than ${maxParts} parts`;
  return 'its structure cannot be read';
}

/** A header that holds nothing but what the structure hangs on, however long the real one is. */
function bodyFields(header: Buffer): Buffer {
  const lines = splitHeaderFields(header)
    .filter((field) => BODY_FIELDS.has(field.name))
    .map((field) => `${field.name}:${field.raw.slice(0, 64 * 1024).replaceAll('\n', '\r\n')}\r\n`);
  return Buffer.from(`${lines.slice(0, 20).join('')}\r\n`, 'latin1');
}

/** Collects what the splitter finds. */
class PartTree {
  readonly parts: MailPart[] = [];
  readonly #byNode = new Map<MimeNode, MailPart>();
  readonly #depths = new Map<MailPart, number>();
  readonly #message: Buffer;

  constructor(message: Buffer) {
    this.#message = message;
  }

  /** @returns how many parts the new one is inside of. */
  addPart(node: MimeNode): number {
    if (this.#byNode.has(node)) return 0;
    const parent = node.parentNode === false ? null : (this.#byNode.get(node.parentNode) ?? null);
    const path = parent ? childPath(parent) : node.multipart === false ? '1' : '';
    const part: MailPart = { node, path, parent, children: [], body: this.#message.subarray(0, 0) };
    parent?.children.push(part);
    this.parts.push(part);
    this.#byNode.set(node, part);
    const depth = parent ? (this.#depths.get(parent) ?? 0) + 1 : 0;
    this.#depths.set(part, depth);
    return depth;
  }

  /** A part's body reaches from its first piece to its last. */
  addBytes(piece: MessageChunk): void {
    const part = this.#byNode.get(piece.node);
    const { value } = piece as Partial<MessageChunk>;
    if (!part || !value || value.length === 0 || part.children.length > 0) return;
    if (value.buffer !== this.#message.buffer) return;
    const start = value.byteOffset - this.#message.byteOffset;
    const known = part.body.length > 0;
    const from = known ? part.body.byteOffset - this.#message.byteOffset : start;
    const to = start + value.length;
    if (to > from && to <= this.#message.length) part.body = this.#message.subarray(from, to);
  }

  /**
   * RFC 2046 section 5.1.1: the line end before a boundary belongs to it. The library knows that, but
   * not of a body that is nothing else.
   */
  emptyBodies(): void {
    for (const part of this.parts) {
      if (part.body.length > 2 || !/^\r?\n$/.test(part.body.toString('latin1'))) continue;
      const end = part.body.byteOffset - this.#message.byteOffset + part.body.length;
      const next = this.#message.toString('latin1', end, end + 2);
      if (part.parent && next === '--') part.body = part.body.subarray(0, 0);
    }
  }
}

function childPath(parent: MailPart): string {
  const number = parent.children.length + 1;
  return parent.path === '' ? `${number}` : `${parent.path}.${number}`;
}
