import { isIP } from 'node:net';
import { z } from 'zod';
import { says } from '../http/forms.ts';
import type { MessageKey } from '../http/translation.ts';
import { canonicalAddress, canonicalDomain } from '../shared/email-address.ts';

/*
 * Fields that the pages about mail servers have in common. Control characters are refused, never
 * dropped: in IMAP and SMTP a line break would begin another command.
 */

/** One line of text, trimmed. What is not text counts as not typed. */
export function line(max: number, wrong: MessageKey) {
  return z
    .string()
    .catch('')
    .transform((typed) => typed.trim())
    .pipe(
      z
        .string()
        .max(max, says(wrong))
        .regex(/^\P{C}*$/u, says(wrong)),
    );
}

/** A host name in A-labels, or an IP address; in lower case. */
export const hostField = z
  .string()
  .catch('')
  .transform((typed, context) => {
    const text = typed.trim().replace(/^\[(.*)\]$/, '$1');
    const host = isIP(text) === 0 ? canonicalDomain(text) : text.toLowerCase();
    if (host !== null && !host.startsWith('[') && !host.includes('%')) return host;
    const wrong: MessageKey = text === '' ? 'mailbox.error.hostMissing' : 'mailbox.error.host';
    context.addIssue({ code: 'custom', message: wrong });
    return z.NEVER;
  });

export const portField = z
  .string()
  .catch('')
  .transform((typed) => typed.trim())
  .pipe(z.string().regex(/^\d{1,5}$/, says('mailbox.error.port')))
  .transform(Number)
  .pipe(z.number().min(1, says('mailbox.error.port')).max(65535, says('mailbox.error.port')));

export const securityField = z.enum(['tls', 'starttls', 'none'], says('mailbox.error.security'));

/** Not trimmed: a space may be part of it. '' is not typed. */
export const passwordField = z
  .string()
  .catch('')
  .pipe(
    z
      .string()
      .max(1000, says('mailbox.error.password'))
      .regex(/^\P{Cc}*$/u, says('mailbox.error.password')),
  )
  .transform((typed) => (typed === '' ? null : typed));

/** One address in its canonical form; null when nothing was typed. */
export const addressField = z
  .string()
  .catch('')
  .transform((typed, context) => {
    if (typed.trim() === '') return null;
    const address = canonicalAddress(typed);
    if (address !== null) return address;
    context.addIssue({ code: 'custom', message: says('mailbox.error.address').error });
    return z.NEVER;
  });
