import type { Request, RequestHandler } from 'express';
import { HttpProblem } from './http-problem.ts';

/**
 * Refuses what another site has a browser send (CSRF). Browsers say where a request comes from:
 * Sec-Fetch-Site over TLS and on localhost (W3C Fetch Metadata), Origin with every POST (Fetch
 * standard section 3.1). A request that says neither, with a session's cookie, is refused too.
 *
 * @param baseUrl where people reach the pages; a proxy may show the program another host name.
 */
export function sameOriginOnly(baseUrl: string): RequestHandler {
  return (req, _res, next) => {
    if (req.method === 'GET' || req.method === 'HEAD' || isOurs(req, baseUrl)) next();
    else next(new HttpProblem(403));
  };
}

function isOurs(req: Request, baseUrl: string): boolean {
  const site = req.get('Sec-Fetch-Site');
  if (site !== undefined) return site === 'same-origin';
  const origin = req.get('Origin');
  if (origin === undefined) return false;
  return origin === baseUrl || URL.parse(origin)?.host === req.get('Host');
}
