import type { Request } from 'express';
import { z } from 'zod';
import { SecretBoxProblem, type SecretBox } from '../config/secret-box.ts';
import { viewerOf } from '../http/guards.ts';

declare module 'express-session' {
  interface SessionData {
    /** Sealed: passwords that were typed for a test and are not saved yet. */
    typedPasswords?: Partial<Record<PasswordKind, string>>;
  }
}

type PasswordKind = 'mailbox' | 'outgoing';

/** Where a password was typed for; it is used nowhere else. */
export interface PasswordPlace {
  readonly host: string;
  readonly port: number;
  readonly security: string;
  readonly username: string;
}

const KEPT_MS = 10 * 60_000;

const kept = z.object({ password: z.string(), place: z.string(), until: z.number() });

/**
 * Passwords that outlive a test, so that they are typed once: encrypted in the session, for ten
 * minutes, and good only for the server, the port, the security and the user name that stood beside
 * them.
 */
export function typedPasswords(secrets: SecretBox, kind: PasswordKind, now = Date.now) {
  const nameOf = (req: Request, place: PasswordPlace) =>
    JSON.stringify([
      kind,
      viewerOf(req).id,
      place.host.toLowerCase(),
      place.port,
      place.security,
      place.username,
    ]);
  return {
    keep(req: Request, place: PasswordPlace, password: string): void {
      const content = { password, place: nameOf(req, place), until: now() + KEPT_MS };
      const sealed = secrets.seal(JSON.stringify(content));
      req.session.typedPasswords = { ...req.session.typedPasswords, [kind]: sealed };
    },
    /** null: none was typed for this place, or it was too long ago. */
    recall(req: Request, place: PasswordPlace): string | null {
      const sealed = req.session.typedPasswords?.[kind];
      if (sealed === undefined) return null;
      const content = openKept(secrets, sealed);
      if (content === null || content.until <= now()) return null;
      return content.place === nameOf(req, place) ? content.password : null;
    },
    forget(req: Request): void {
      delete req.session.typedPasswords?.[kind];
    },
  };
}

function openKept(secrets: SecretBox, sealed: string): z.infer<typeof kept> | null {
  try {
    return kept.parse(JSON.parse(secrets.open(sealed)));
  } catch (error) {
    if (error instanceof SecretBoxProblem) return null;
    throw error;
  }
}
