/**
 * The Message-ID of mail that this installation sends, so that a copy or an answer can be known
 * again where a server has dropped the X- fields.
 *
 * @param instanceId the id of this installation: letters, digits, "-"
 * @param id the number of the outgoing message, or another name for it: letters, digits, "-"
 * @param domain of the address it is sent from
 * @returns with angle brackets (RFC 5322 section 3.6.4)
 */
export function ownMessageId(instanceId: string, id: number | string, domain: string): string {
  return `<letterbook.${instanceId}.${String(id)}@${domain}>`;
}

/** True for a Message-ID that ownMessageId of the same installation makes. */
export function isOwnMessageId(messageId: string | null, instanceId: string): boolean {
  if (instanceId === '') return false;
  return messageId?.startsWith(`<letterbook.${instanceId}.`) ?? false;
}
