/** What stands for itself in a pattern of LIKE. */
export function escapeLike(text: string): string {
  return text.replace(/[\\%_]/g, '\\$&');
}

/** A pattern of LIKE for whatever contains the text. */
export function containing(text: string): string {
  return `%${escapeLike(text)}%`;
}
