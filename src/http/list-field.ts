import { z } from 'zod';
import { says } from './forms.ts';
import type { MessageKey } from './translation.ts';

/**
 * A field of several values with spaces, commas, semicolons or lines between them, each once.
 *
 * @param read one value in the form in which it is kept; null when it is none
 * @param most how many are taken
 * @param wrong says what to do where one is none, or there are more
 */
export function listField(
  read: (typed: string) => string | null,
  most: number,
  wrong: MessageKey,
): z.ZodType<string[]> {
  return z
    .string()
    .catch('')
    .transform((typed, context) => {
      const found = typed
        .split(/[\s,;]+/)
        .filter((one) => one !== '')
        .slice(0, most + 1)
        .map(read);
      const values = found.filter((one) => one !== null);
      if (found.length <= most && values.length === found.length) return [...new Set(values)];
      context.addIssue({ code: 'custom', message: says(wrong).error });
      return z.NEVER;
    });
}
