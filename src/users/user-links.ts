import type { TokenKind } from './user-token-store.ts';

/** Where the links of each kind lead. */
export const LINK_PATHS: Readonly<Record<TokenKind, string>> = {
  invitation: '/links/invitation',
  'password-reset': '/links/password',
  address: '/links/address',
};

/** A link for a mail, or for an administrator to hand over. The token is in the query, which is not logged. */
export function userLink(baseUrl: string, kind: TokenKind, token: string): string {
  return `${baseUrl}${LINK_PATHS[kind]}?token=${token}`;
}
