import { z } from 'zod';
import { says } from '../http/forms.ts';
import { lineField } from '../http/line-field.ts';
import type { MessageKey } from '../http/translation.ts';
import { canonicalAddress } from '../shared/email-address.ts';
import { isTimeZone } from '../shared/time-zones.ts';

/** One line that must be there. */
function line(missing: MessageKey) {
  return lineField(200, 'account.error.long', 'account.error.unseen').pipe(
    z.string().min(1, says(missing)),
  );
}

const address = z
  .string()
  .catch('')
  .transform((typed, context) => {
    const canonical = canonicalAddress(typed);
    if (canonical !== null) return canonical;
    context.addIssue({ code: 'custom', message: says('account.error.address').error });
    return z.NEVER;
  });

/** As it was typed: blanks are part of a password. How good it is is judged by itself. */
const password = z
  .string()
  .catch('')
  .pipe(z.string().min(1, says('account.error.password')));

const timeZone = z
  .string()
  .catch('')
  .refine((zone) => isTimeZone(zone), says('account.error.timeZone'));

export const setUpForm = z.object({
  name: line('account.error.name'),
  email: address,
  password,
  organisation: line('account.error.organisation'),
  timeZone,
});

export const newPasswordForm = z.object({ password });
export const forgottenForm = z.object({ email: address });

/** The secret of a link, in a query or a form; '' when there is none. */
export function tokenIn(fields: unknown): string {
  return z
    .object({ token: z.string().max(200).catch('') })
    .catch({ token: '' })
    .parse(fields).token;
}
