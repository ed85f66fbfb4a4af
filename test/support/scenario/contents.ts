import type { Content, ContentKind } from './content.ts';
import { attachmentContents } from './contents-with-files.ts';
import { brokenContents } from './contents-broken.ts';
import { textContents } from './contents-of-text.ts';
import { at, type Random } from './random.ts';

/** Ordinary and odd contents in turn; the odd ones never come in a row. */
const KINDS: readonly ContentKind[] = interleave(
  [...textContents, ...attachmentContents],
  brokenContents,
);

export const CONTENT_KINDS = KINDS.length;

export function contentAt(index: number, random: Random): Content {
  return at(KINDS, index)(random);
}

function interleave<T>(many: readonly T[], few: readonly T[]): T[] {
  const step = Math.ceil(many.length / few.length);
  return many.flatMap((item, index) => {
    const extra = index % step === 0 ? few[index / step] : undefined;
    return extra === undefined ? [item] : [item, extra];
  });
}
