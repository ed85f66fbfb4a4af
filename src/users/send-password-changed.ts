import { sendInBackground } from '../account-mail/send-in-background.ts';
import type { AccountMailDeps } from '../account-mail/send-account-mail.ts';
import type { Viewer } from '../shared/viewer.ts';

/** Tells a user by mail that their password was replaced, and what to do if it was not them. */
export function sendPasswordChanged(
  deps: AccountMailDeps & { readonly baseUrl: string },
  { id, address, name }: Pick<Viewer, 'id' | 'address' | 'name'>,
): void {
  if (address === '') return;
  const link = `${deps.baseUrl}/forgotten-password`;
  const mail = { kind: 'password-changed', userId: id, to: address, name, link } as const;
  sendInBackground(deps, () => Promise.resolve(mail));
}
