import type { ErrorRequestHandler, Request, RequestHandler, Response } from 'express';
import { HttpProblem } from './http-problem.ts';
import type { Page, Pages } from './pages.ts';
import type { MessageKey } from './translation.ts';

interface ErrorPage extends Page {
  readonly advice: MessageKey;
  readonly adviceValues: Readonly<Record<string, number>>;
  /** What finds the error in the log; null where there is nothing to find. */
  readonly reference: string | null;
}

/** After all routes: nothing answered. */
export function notFound(pages: Pages): RequestHandler {
  return (req, res) => answer(pages, req, res, 404, NOT_FOUND);
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
    const wait = error instanceof HttpProblem ? error.retryAfterSeconds : null;
    if (wait !== null) res.set('Retry-After', String(wait));
    const page = status >= 500 ? unexpected(req) : pageOf(status, wait);
    await answer(pages, req, res, status, page);
  };
}

const NOT_FOUND = errorPage('error.notFound', 'error.notFoundAdvice');

function pageOf(status: number, wait: number | null): ErrorPage {
  switch (status) {
    case 403:
      return errorPage('error.forbidden', 'error.forbiddenAdvice');
    case 404:
      return NOT_FOUND;
    case 413:
      return errorPage('error.tooLarge', 'error.tooLargeAdvice');
    case 429:
      if (wait === null) return errorPage('error.tooMany', 'error.tooManyAdvice');
      return errorPage('error.tooMany', 'error.tooManyWait', { count: Math.ceil(wait / 60) });
    default:
      return errorPage('error.badRequest', 'error.badRequestAdvice');
  }
}

function unexpected(req: Request): ErrorPage {
  return {
    ...errorPage('error.unexpected', 'error.unexpectedAdvice'),
    reference: typeof req.id === 'string' ? req.id : null,
  };
}

function errorPage(
  title: MessageKey,
  advice: MessageKey,
  adviceValues: ErrorPage['adviceValues'] = {},
): ErrorPage {
  return { title, advice, adviceValues, reference: null };
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
    await pages.send(req, res, status, 'errors/error', page);
    return;
  }
  res.status(status).set('Cache-Control', 'no-store').json({ status, error: page.title });
}

/** What express, its parsers and our guards say about a request that is at fault; else 500. */
function statusOf(error: unknown): number {
  const status = error instanceof Error && 'status' in error ? error.status : undefined;
  return typeof status === 'number' && status >= 400 && status < 500 ? status : 500;
}
