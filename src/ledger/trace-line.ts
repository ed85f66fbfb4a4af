import type { MessageKey } from '../http/translation.ts';

/** One sentence of a trace. */
export interface TraceLine {
  readonly text: MessageKey;
  /** Moments are written in the viewer's time zone by the page. */
  readonly values: Readonly<Record<string, string | number | Date>>;
  readonly tone: 'plain' | 'good' | 'attention';
  /** What a step or a server said about it, as it was said; null where there is nothing to add. */
  readonly detail: string | null;
  /** Where the sentence leads, if anywhere. */
  readonly href: string | null;
}

/** A line, with what most lines leave out. */
export function traceLine(
  text: MessageKey,
  values: TraceLine['values'] = {},
  extra: Partial<Pick<TraceLine, 'tone' | 'detail' | 'href'>> = {},
): TraceLine {
  return { text, values, tone: 'plain', detail: null, href: null, ...extra };
}
