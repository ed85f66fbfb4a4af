import { z } from 'zod';
import { says } from '../http/forms.ts';
import { listField } from '../http/list-field.ts';
import { canonicalAddress, canonicalDomain } from '../shared/email-address.ts';
import { TRUST_POLICIES } from './trust-settings.ts';

const MOST_SEALERS = 50;

const sealers = listField(
  (typed) => {
    const domain = canonicalDomain(typed);
    return domain?.includes('.') === true ? domain : null;
  },
  MOST_SEALERS,
  'senders.error.arcSealers',
);

export const sendersForm = z.object({
  policy: z.enum(TRUST_POLICIES, says('senders.error.policy')),
  authservId: z
    .string()
    .catch('')
    .transform((typed) => typed.trim().toLowerCase())
    .pipe(
      z
        .string()
        .max(255)
        .regex(/^[^\s;="()]*$/, says('senders.error.authservId')),
    )
    .transform((typed) => (typed === '' ? null : typed)),
  arcSealers: sealers,
});

export const addressForm = z.object({
  address: z
    .string()
    .catch('')
    .transform((typed, context) => {
      const address = canonicalAddress(typed);
      if (address !== null) return address;
      context.addIssue({ code: 'custom', message: says('senders.error.address').error });
      return z.NEVER;
    }),
});
