const FORWARD =
  /^(?:\s*\[[^\]]{1,40}\])*\s*(?:fwd?|wg|tr|rv|i|enc|vs|vl|vb|pd|fs|doorst|i̇lt|ilt|továbbítás|перес|转发|轉寄|轉發|転送|전달)(?:\[\d+\])?\s*[:：]/iu;

/** Whether a subject is that of a forward ("Fwd: ...", "WG: ..."), and not of an answer to one. */
export function isForwardSubject(subject: string): boolean {
  return FORWARD.test(subject.slice(0, 300));
}
