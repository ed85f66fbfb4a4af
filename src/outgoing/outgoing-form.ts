import { z } from 'zod';
import { says, type Typed } from '../http/forms.ts';
import {
  addressField,
  hostField,
  line,
  passwordField,
  portField,
  securityField,
} from '../settings/server-fields.ts';
import type { StoredOutgoing } from './outgoing-settings.ts';

const placeFields = {
  host: hostField,
  port: portField,
  security: securityField,
  /** null: the server wants no sign-in. */
  username: line(255, 'mailbox.error.username').transform((typed) => (typed === '' ? null : typed)),
  password: passwordField,
};

/** Where a password is used. */
export const placeForm = z.object(placeFields);

const fields = {
  ...placeFields,
  from: addressField.pipe(z.string(says('outgoing.error.from'))),
};

/** What "Save" needs. */
export const saveForm = z.object(fields);

/** What a test needs: who gets the mail beside it. */
export const testForm = z.object({
  ...fields,
  to: addressField.pipe(z.string(says('outgoing.error.to'))),
});

/** What the form shows before anything is typed. */
export function shownValues(saved: StoredOutgoing | null, ownAddress: string): Typed {
  if (!saved) return { host: '', port: '465', security: 'tls', to: ownAddress };
  return {
    host: saved.host,
    port: String(saved.port),
    security: saved.security,
    username: saved.username ?? '',
    from: saved.from,
    to: ownAddress,
  };
}
