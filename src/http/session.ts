import connectPgSimple from 'connect-pg-simple';
import type { NextFunction, Request, RequestHandler, Response } from 'express';
import session from 'express-session';

export interface SessionOptions {
  readonly connectionString: string;
  /** Signs the cookie. */
  readonly secret: string;
  readonly baseUrl: string;
  readonly onError: (error: unknown) => void;
}

export interface Sessions {
  readonly middleware: RequestHandler;
  close(): Promise<void>;
}

/** A session ends after so many days without a request. */
const DAYS = 14;
/** Expired sessions are cleared away each quarter of an hour. */
const PRUNE_SECONDS = 15 * 60;

/**
 * Sessions in PostgreSQL, so that they outlive a restart and are shared by all web processes. The
 * cookie is kept from scripts and from other sites' forms, and to TLS where people come by https.
 */
export function createSessions(options: SessionOptions): Sessions {
  const https = options.baseUrl.startsWith('https:');
  const Store = connectPgSimple(session);
  const store = new Store({
    conObject: {
      connectionString: options.connectionString,
      max: 4,
      application_name: 'letterbook sessions',
      connectionTimeoutMillis: 10_000,
    },
    tableName: 'sessions',
    pruneSessionInterval: PRUNE_SECONDS,
    errorLog: options.onError,
  });
  // It waits for its connections, which its types do not know.
  const closeStore = store.close.bind(store) as () => Promise<void>;
  const middleware = session({
    store,
    secret: options.secret,
    // RFC 6265bis section 4.1.3: such a cookie comes from this host and over TLS only.
    name: https ? '__Host-letterbook' : 'letterbook',
    resave: false,
    saveUninitialized: false,
    rolling: true,
    unset: 'destroy',
    proxy: true,
    cookie: {
      httpOnly: true,
      sameSite: 'lax',
      secure: https,
      path: '/',
      maxAge: DAYS * 24 * 60 * 60 * 1000,
    },
  });
  return {
    middleware: (req, res, next) => {
      // The library sends a Secure cookie only over what it takes for TLS; a proxy may not tell it.
      if (https) req.headers['x-forwarded-proto'] = 'https';
      middleware(req, res, (error?: unknown) => {
        if (error === undefined) storeBeforeRedirect(req, res, next);
        next(error);
      });
    },
    close: async () => {
      await closeStore();
    },
  };
}

/**
 * A browser follows a redirect as soon as it has its head, which the library sends before it has
 * stored the session: the next page could miss what has just been said.
 */
function storeBeforeRedirect(req: Request, res: Response, next: NextFunction): void {
  const redirect = res.redirect.bind(res) as (...to: unknown[]) => void;
  res.redirect = (...to: unknown[]) => {
    const session = req.session as Request['session'] | undefined;
    // One that holds nothing is not kept.
    if (!session || Object.keys(session).every((key) => key === 'cookie')) {
      redirect(...to);
      return;
    }
    session.save((error: unknown) => {
      if (error) next(error);
      else redirect(...to);
    });
  };
}
