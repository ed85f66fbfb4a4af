/**
 * Where the comment that begins at `from` ends; comments nest (RFC 5322 section 3.2.2).
 *
 * @returns the index of its closing bracket, or the length of the text when it is left open.
 */
export function closingComment(text: string, from: number): number {
  let depth = 0;
  for (let at = from; at < text.length; at += 1) {
    const here = text.charAt(at);
    if (here === '\\') at += 1;
    else if (here === '(') depth += 1;
    else if (here === ')') {
      depth -= 1;
      if (depth === 0) return at;
    }
  }
  return text.length;
}
