import type { ErrorRequestHandler, Request, RequestHandler, Response } from 'express';
import type { Page, Pages } from './pages.ts';
import type { MessageKey } from './translation.ts';

interface ErrorPage extends Page {
  readonly advice: MessageKey;
  /** What finds the error in the log; null where there is nothing to find. */
  readonly reference: string | null;
}

/** After all routes: nothing answered. */
export function notFound(pages: Pages): RequestHandler {
  return (req, res) =>
    answer(pages, req, res, 404, {
      title: 'error.notFound',
      advice: 'error.notFoundAdvice',
      reference: null,
    });
}

/** The one place where errors become answers. People never see a stack: it is in the log. */
export function errorHandler(pages: Pages): ErrorRequestHandler {
  return async (error: unknown, req, res, next) => {
    const status = statusOf(error);
    if (status >= 500) res.err = error instanceof Error ? error : new Error(String(error));
    if (res.headersSent) {
      next(error);
      return;
    }
    await answer(pages, req, res, status, status >= 500 ? unexpected(req) : BAD_REQUEST);
  };
}

const BAD_REQUEST: ErrorPage = {
  title: 'error.badRequest',
  advice: 'error.badRequestAdvice',
  reference: null,
};

function unexpected(req: Request): ErrorPage {
  return {
    title: 'error.unexpected',
    advice: 'error.unexpectedAdvice',
    reference: typeof req.id === 'string' ? req.id : null,
  };
}

async function answer(
  pages: Pages,
  req: Request,
  res: Response,
  status: number,
  page: ErrorPage,
): Promise<void> {
  // Browsers ask for HTML first; programs that watch the process do not.
  if (req.accepts(['html', 'json']) === 'html' && !/^\/(healthz|readyz)$/.test(req.path)) {
    await pages.send(res, status, 'errors/error', page);
    return;
  }
  res.status(status).set('Cache-Control', 'no-store').json({ status, error: page.title });
}

/** What express and its parsers say about a request that is at fault: 400 to 499; else 500. */
function statusOf(error: unknown): number {
  const status = error instanceof Error && 'status' in error ? error.status : undefined;
  return typeof status === 'number' && status >= 400 && status < 500 ? status : 500;
}
