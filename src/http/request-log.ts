import { randomUUID } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Logger } from 'pino';
import { pinoHttp } from 'pino-http';

/** Asked every few seconds by whatever watches the process. */
const HEALTH_CHECKS = new Set(['/healthz', '/readyz']);

/**
 * One line a request: method, path, status, time taken. No headers (cookies), no query string
 * (tokens of links in mails), no body.
 */
export function requestLog(log: Logger) {
  return pinoHttp({
    logger: log,
    genReqId: () => randomUUID(),
    quietReqLogger: true,
    autoLogging: { ignore: (req) => HEALTH_CHECKS.has(pathOf(req.url)) },
    serializers: {
      req: (req: IncomingMessage) => ({ method: req.method, path: pathOf(req.url) }),
      res: (res: { readonly statusCode: number }) => ({ status: res.statusCode }),
    },
    customLogLevel: levelOf,
    customSuccessMessage: () => 'answered',
    customErrorMessage: () => 'failed',
  });
}

function levelOf(_req: IncomingMessage, res: ServerResponse, error?: Error) {
  return res.statusCode >= 500 || error !== undefined ? 'error' : 'info';
}

function pathOf(url = ''): string {
  return url.split('?', 1)[0] ?? '';
}
