import { Router, type Request, type RequestHandler } from 'express';
import type { Knex } from 'knex';
import passport from 'passport';
import { Strategy } from 'passport-local';
import type { Viewer } from '../shared/viewer.ts';
import { signIn } from './sign-in.ts';
import { findViewer } from './viewer-store.ts';

declare global {
  // The way in which passport's types are told what a user is.
  // eslint-disable-next-line @typescript-eslint/no-namespace
  namespace Express {
    // eslint-disable-next-line @typescript-eslint/no-empty-object-type
    interface User extends Viewer {}
  }
}

/** However busy a session is, the password is asked for again after so many days. */
const LONGEST_SESSION_DAYS = 90;

/** Passport for these users: who signs in with a password, and who a session belongs to. */
export type Authenticator = InstanceType<typeof passport.Passport>;

/**
 * The session holds only the user's number: rights, and whether the user may still sign in, are read
 * anew with each request.
 */
export function createAuthenticator(db: Knex): Authenticator {
  const authenticator = new passport.Passport();
  authenticator.serializeUser<number>((user, done) => {
    done(null, user.id);
  });
  // Without types of its own this is taken for the other form of the function, without the request.
  // eslint-disable-next-line @typescript-eslint/no-unnecessary-type-arguments
  authenticator.deserializeUser<number, Request>((req, id, done) => {
    const { since = 0, epoch = 0 } = req.session;
    if (Date.now() - since > LONGEST_SESSION_DAYS * 24 * 60 * 60 * 1000) {
      done(null, false);
      return;
    }
    findViewer(db, id, epoch).then(
      (viewer) => {
        done(null, viewer ?? false);
      },
      (error: unknown) => {
        done(error);
      },
    );
  });
  return authenticator.use(passwordStrategy(db));
}

function passwordStrategy(db: Knex): Strategy {
  return new Strategy({ usernameField: 'email' }, (email, password, done) => {
    findByPassword(db, email, password).then(
      (viewer) => {
        done(null, viewer ?? false);
      },
      (error: unknown) => {
        done(error);
      },
    );
  });
}

async function findByPassword(db: Knex, email: string, password: string): Promise<Viewer | null> {
  const id = await signIn(db, email, password);
  return id === null ? null : await findViewer(db, id, null);
}

/** Tells each request who is signed in. */
export function authentication(authenticator: Authenticator): Router {
  return Router()
    .use(authenticator.initialize())
    .use(authenticator.session() as RequestHandler);
}
