import type { Request, RequestHandler } from 'express';
import { isAdministrator, isSuperAdministrator, type Viewer } from '../shared/viewer.ts';
import { HttpProblem } from './http-problem.ts';

/** Who is signed in. @throws when nobody is: the route lacks its guard. */
export function viewerOf(req: Request): Viewer {
  if (!req.user) throw new Error(`${req.path} asks for a viewer, but is open to everybody.`);
  return req.user;
}

/** Lets signed-in people pass. Others are sent to sign in, and come back to what they wanted to read. */
export const requireUser: RequestHandler = (req, res, next) => {
  if (req.user) next();
  else if (req.method === 'GET' || req.method === 'HEAD') {
    const wanted = req.originalUrl === '/' ? '' : `?next=${encodeURIComponent(req.originalUrl)}`;
    res.redirect(303, `/sign-in${wanted}`);
  } else res.redirect(303, '/sign-in');
};

export const requireAdministrator = require(isAdministrator);
export const requireSuperAdministrator = require(isSuperAdministrator);

function require(allowed: (viewer: Viewer) => boolean): RequestHandler {
  return (req, _res, next) => {
    if (allowed(viewerOf(req))) next();
    else next(new HttpProblem(403));
  };
}
