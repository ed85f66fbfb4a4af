/** INBOX is the same in any case (RFC 3501 section 5.1); other names are compared as they are. */
export function sameFolder(one: string, other: string): boolean {
  const canonical = (name: string) => (name.toUpperCase() === 'INBOX' ? 'INBOX' : name);
  return canonical(one) === canonical(other);
}
