import { z } from 'zod';
import { says, type Typed } from '../http/forms.ts';
import { lineField } from '../http/line-field.ts';
import { canonicalAddress } from '../shared/email-address.ts';
import type { GroupKey } from '../shared/group-key.ts';
import { isTimeZone } from '../shared/time-zones.ts';

/** What is no text counts as not typed. */
const typed = z.string().catch('');

/** A person's name, as long as the database takes it. */
const name = lineField(200, 'users.error.nameLong', 'users.error.name').pipe(
  z.string().min(1, says('users.error.name')),
);

/** Canonical. */
const address = typed.transform((text, context) => {
  const canonical = canonicalAddress(text);
  if (canonical !== null) return canonical;
  context.addIssue({ code: 'custom', message: says('users.error.address').error });
  return z.NEVER;
});

/** The groups that one is put into by hand; a single ticked box comes as text. */
const CHOSEN = ['super-administrators', 'administrators'] as const;
const groups = z
  .unknown()
  .optional()
  .transform((given): GroupKey[] => CHOSEN.filter((key) => [given].flat().includes(key)));

export const renameForm = z.object({ name });
export const addressForm = z.object({ address });
export const groupsForm = z.object({ groups });
export const createUserForm = z.object({ name, address, groups });

export const profileForm = z.object({
  name,
  timeZone: typed.refine(isTimeZone, says('profile.error.timeZone')),
  theme: z.enum(['auto', 'light', 'dark'], says('profile.error.theme')),
});

/** Who gets the emails of a user who goes; "keep": nobody. */
export const heirForm = z.object({
  heir: typed
    .refine((text) => text === 'keep' || /^[1-9]\d{0,8}$/.test(text), says('users.error.heir'))
    .transform((text) => (text === 'keep' ? null : Number(text))),
});

/** Ticked groups, as the form shows them again. */
export function tickedGroups(body: unknown): Typed {
  const chosen = groupsForm.safeParse(body ?? {}).data?.groups ?? [];
  return Object.fromEntries(chosen.map((key) => [key, 'yes']));
}
