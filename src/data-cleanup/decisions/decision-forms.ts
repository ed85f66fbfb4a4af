import { z } from 'zod';
import { says } from '../../http/forms.ts';
import { lineField } from '../../http/line-field.ts';
import { idIn } from '../../http/path-id.ts';
import { canonicalAddress } from '../../shared/email-address.ts';

const line = (max: number) => lineField(max, 'cleanup.error.long');

const address = z
  .string()
  .catch('')
  .transform((typed, context) => {
    if (typed.trim() === '') return null;
    const canonical = canonicalAddress(typed);
    if (canonical === null) {
      context.addIssue({ code: 'custom', message: says('cleanup.error.address').error });
    }
    return canonical;
  });

const MAX_ID = 2 ** 31 - 1;
/** More than are ever shown. */
const MAX_OTHERS = 100;
const number = z
  .string()
  .regex(/^\d{1,10}$/)
  .transform(Number)
  .pipe(z.number().max(MAX_ID));

/** "New contact", "New lead". */
export const createForm = z
  .object({
    firstName: line(200),
    lastName: line(200),
    company: line(200),
    title: line(200),
    phone: line(100),
    address,
    /** The records that were shown as possible duplicates: they are not the same person. */
    others: z
      .string()
      .catch('')
      .transform((ids) => ids.split(',', MAX_OTHERS).map((id) => idIn(id) ?? 0)),
  })
  .refine(({ firstName, lastName }) => firstName !== '' || lastName !== '', {
    message: says('cleanup.error.name').error,
    path: ['lastName'],
  });

/** "Wrong person". */
export const unlinkForm = z.object({
  personId: number,
  /** The page that the button was on, when it was not the email's own. */
  from: z.literal('person').optional().catch(undefined),
});
