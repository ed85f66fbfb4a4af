import { linkTarget } from './link-target.ts';

/** A stretch of text, and where it leads when it is a link. */
export interface TextRun {
  readonly text: string;
  readonly href: string | null;
}

/**
 * Bounded, so that a megabyte of "http://" is looked at once; and nothing is tried as an address from
 * within a run of its signs, or a megabyte of "a.a.a" would be looked at 64 times.
 */
const LINK =
  /\bhttps?:\/\/[^\s<>"'\p{Cc}]{1,2000}|(?<![\w.+-])[\w.+-]{1,64}@[a-z0-9-]{1,63}(?:\.[a-z0-9-]{1,63}){1,8}/giu;
/** More links than this are a list, not a text. */
const MAX_LINKS = 5_000;

/** Finds web and email addresses in plain text. */
export function linkify(text: string): TextRun[] {
  const runs: TextRun[] = [];
  let at = 0;
  const add = (until: number, href: string | null) => {
    if (until > at) runs.push({ text: text.slice(at, until), href });
    at = until;
  };
  for (const { 0: found, index } of text.matchAll(LINK)) {
    if (runs.length > 2 * MAX_LINKS) break;
    const words = withoutEnd(found);
    const href = linkTarget(/^https?:/i.test(words) ? words : `mailto:${words}`);
    if (href === null) continue;
    add(index, null);
    add(index + words.length, href);
  }
  add(text.length, null);
  return runs;
}

/** A sentence's own signs behind an address, and a bracket that was opened before it, are not part of it. */
function withoutEnd(found: string): string {
  const words = found.replace(/[.,;:!?*_~]{1,50}$/, '');
  return words.endsWith(')') && !words.includes('(') ? words.slice(0, -1) : words;
}
