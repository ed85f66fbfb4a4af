import { Router, type Response } from 'express';

/** A database that does not answer within this time, in milliseconds, is not ready. */
const PATIENCE_MS = 3_000;

/**
 * For whatever watches the process. `/healthz`: the process is alive. `/readyz`: it can do its
 * work; `ready` says so, and taking too long or throwing counts as no.
 */
export function healthRoutes(ready: () => Promise<boolean>): Router {
  const router = Router();
  router.get('/healthz', (_req, res) => {
    answer(res, 200, 'ok');
  });
  router.get('/readyz', async (_req, res) => {
    if (await isReady(ready)) answer(res, 200, 'ready');
    else answer(res, 503, 'unavailable');
  });
  return router;
}

function answer(res: Response, code: number, status: string): void {
  res.status(code).set('Cache-Control', 'no-store').json({ status });
}

async function isReady(ready: () => Promise<boolean>): Promise<boolean> {
  const { promise: tooLate, resolve } = Promise.withResolvers<boolean>();
  const timer = setTimeout(resolve, PATIENCE_MS, false);
  try {
    return await Promise.race([ready(), tooLate]);
  } catch {
    return false;
  } finally {
    clearTimeout(timer);
  }
}
