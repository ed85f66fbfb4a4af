import type { Request, RequestHandler } from 'express';
import type { Viewer } from '../shared/viewer.ts';

/** What the frame around each page says to a signed-in viewer. */
export interface ShellCounts {
  /** Notices in the Inbox that are new. */
  readonly unreadNotices: number;
  /** Emails in the viewer's Data Cleanup. */
  readonly unmatched: number;
}

export type LoadShellCounts = (viewer: Viewer) => Promise<ShellCounts>;

const counts = new WeakMap<Request, LoadShellCounts>();

/** Makes the counts known to whatever draws a page; they are read only if one is drawn. */
export function shellCounts(load: LoadShellCounts): RequestHandler {
  return (req, _res, next) => {
    counts.set(req, load);
    next();
  };
}

/** null for a page that nobody is signed in to see. */
export async function countsFor(req: Request): Promise<ShellCounts | null> {
  const load = counts.get(req);
  const viewer = req.user;
  return load && viewer ? await load(viewer) : null;
}
