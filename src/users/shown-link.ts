import type { Request } from 'express';
import { z } from 'zod';
import type { SecretBox } from '../config/secret-box.ts';

declare module 'express-session' {
  interface SessionData {
    /** Sealed: whoever reads the table of sessions can't use it. */
    shownLink?: string;
  }
}

const shown = z.object({
  userId: z.number(),
  kind: z.enum(['invitation', 'password-reset']),
  link: z.string(),
});

/** A link to copy and hand over. */
export type ShownLink = z.infer<typeof shown>;

/** Before a redirect to the page of the user. */
export function showLinkOnce(req: Request, secrets: SecretBox, link: ShownLink): void {
  req.session.shownLink = secrets.seal(JSON.stringify(link));
}

/** The link that is to be shown on this user's page now; it is not shown again. */
export function takeShownLink(
  req: Request,
  secrets: SecretBox,
  userId: number,
): Omit<ShownLink, 'userId'> | null {
  const sealed = req.session.shownLink;
  if (sealed === undefined) return null;
  delete req.session.shownLink;
  const { userId: whose, ...link } = shown.parse(JSON.parse(secrets.open(sealed)));
  return whose === userId ? link : null;
}
