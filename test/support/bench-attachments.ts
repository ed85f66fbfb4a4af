import { createCipheriv } from 'node:crypto';
import { prose } from './bench-prose.ts';
import { attachmentPart, type Part } from './mail-builder.ts';
import type { Random } from './scenario/random.ts';

/** Types whose content is compressed already: nothing shrinks them any more. */
const PACKED = [
  ['pdf', 'application/pdf'],
  ['jpg', 'image/jpeg'],
  ['docx', 'application/vnd.openxmlformats-officedocument.wordprocessingml.document'],
  ['xlsx', 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'],
  ['zip', 'application/zip'],
] as const;

/** An attachment of `bytes` bytes; one in twenty is a file that compresses. */
export function benchAttachment(random: Random, bytes: number): Part {
  const number = random.between(1, 9_999);
  if (random.next() < 0.05) {
    const fileName = `list-${number}.csv`;
    return attachmentPart({ fileName, contentType: 'text/csv', content: table(random, bytes) });
  }
  const [extension, contentType] = random.pick(PACKED);
  const fileName = `document-${number}.${extension}`;
  return attachmentPart({ fileName, contentType, content: noise(random, bytes) });
}

/** A key stream: as hard to compress as a photograph, and much faster than a byte at a time. */
function noise(random: Random, bytes: number): Buffer {
  const key = random.bytes(16);
  return createCipheriv('aes-128-ctr', key, Buffer.alloc(16)).update(Buffer.alloc(bytes));
}

function table(random: Random, bytes: number): Buffer {
  const rows: string[] = ['number;article;quantity;price;note'];
  let size = 0;
  while (size < bytes) {
    const price = `${random.between(1, 900)},${random.between(10, 99)}`;
    const row = `${random.between(10_000, 99_999)};${random.between(1, 500)};${price};${prose(random, 20)}`;
    rows.push(row);
    size += row.length + 1;
  }
  return Buffer.from(rows.join('\n')).subarray(0, bytes);
}
