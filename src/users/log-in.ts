import type { Request } from 'express';
import type { Knex } from 'knex';
import type { Viewer } from '../shared/viewer.ts';
import { noteSignIn } from './sign-in-store.ts';

declare module 'express-session' {
  interface SessionData {
    /** The user's session_epoch at sign-in; another one has ended this session. */
    epoch?: number;
    /** When the user signed in, in milliseconds since 1970. */
    since?: number;
  }
}

/** Signs in the user of this request's browser, in a session of a new name (no fixation). */
export async function logIn(db: Knex, req: Request, user: Viewer): Promise<void> {
  await new Promise<void>((resolve, reject) => {
    req.logIn(user, (error: unknown) => {
      if (error) reject(error instanceof Error ? error : new Error('Sign-in failed.'));
      else resolve();
    });
  });
  req.session.epoch = await noteSignIn(db, user.id);
  req.session.since = Date.now();
}
