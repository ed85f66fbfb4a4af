import type { Request } from 'express';
import type { MessageKey } from './translation.ts';

/** Said once, on the page that comes next. */
export interface Flash {
  readonly kind: 'success' | 'info' | 'warning' | 'danger';
  readonly text: MessageKey;
  readonly values?: Readonly<Record<string, string | number>>;
  /** Where what was done is to be seen. */
  readonly link?: {
    readonly href: string;
    readonly text: MessageKey;
    readonly values?: Readonly<Record<string, string>>;
  };
  /** The action of a form whose button takes back what was done. */
  readonly undo?: string;
}

declare module 'express-session' {
  interface SessionData {
    flash?: Flash[];
  }
}

/** Before a redirect. */
export function flash(req: Request, message: Flash): void {
  req.session.flash = [...(req.session.flash ?? []), message];
}

/** What is to be said now; it is not said again. */
export function takeFlash(req: Request): readonly Flash[] {
  // Health checks and errors before the session have none.
  const session = req.session as Request['session'] | undefined;
  const messages = session?.flash ?? [];
  if (messages.length > 0) delete session?.flash;
  return messages;
}
