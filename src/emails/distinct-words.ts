/** What no typed word of a search goes across. */
export const BETWEEN_WORDS = /[\s,;"'()<>]+/;
/** A word without letters and digits: "&", "–". */
const SIGNS = /^[^\p{L}\p{M}\p{N}]+$/u;
/** Ends a word. Behind a slash it may be part of an address: "https://shop.example/find?". */
const PUNCTUATION = /[.:!?\]}]$(?<=^[^/]*[\p{L}\p{M}\p{N}].)/u;

/**
 * Each word of a text once, in its order, for PostgreSQL to take apart: the same typed words find it, and it
 * is a fraction of the text. What may be typed without the space stays together: "Smith & Sons", "Tel: 030".
 */
export function distinctWords(text: string): string {
  const words = new Set<string>();
  let word = '';
  let joins = false;
  for (const piece of text.split(BETWEEN_WORDS)) {
    const isSigns = SIGNS.test(piece);
    if ((isSigns || joins) && word !== '') word += ` ${piece}`;
    else {
      words.add(word.replace(PUNCTUATION, ''));
      word = piece;
    }
    joins = isSigns || piece.endsWith(':');
  }
  words.add(word.replace(PUNCTUATION, ''));
  words.delete('');
  return [...words].join(' ');
}
