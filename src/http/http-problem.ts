/** A request that is answered with an error page; thrown where a route can't go on. */
export class HttpProblem extends Error {
  override readonly name = 'HttpProblem';
  readonly status: 400 | 403 | 404 | 429;
  /** Of a 429: when another try may be let through. */
  readonly retryAfterSeconds: number | null;

  constructor(status: HttpProblem['status'], retryAfterSeconds: number | null = null) {
    super(`HTTP ${status}`);
    this.status = status;
    this.retryAfterSeconds = retryAfterSeconds;
  }
}

/** Not there, or not for this viewer: which of the two is not told. */
export function notFoundProblem(): HttpProblem {
  return new HttpProblem(404);
}

/** Too many tries. The page says when to try again. */
export function tooManyProblem(retryAfterSeconds: number): HttpProblem {
  return new HttpProblem(429, retryAfterSeconds);
}
