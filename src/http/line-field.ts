import { z } from 'zod';
import { oneLine } from '../shared/one-line.ts';
import { says } from './forms.ts';
import type { MessageKey } from './translation.ts';

/**
 * One line that people read, such as a name, as oneLine() leaves it. What is not text counts as not typed.
 *
 * @param control what is said of control characters, where that is something else.
 */
export function lineField(max: number, long: MessageKey, control: MessageKey = long) {
  return z
    .string()
    .catch('')
    .transform(oneLine)
    .pipe(
      z
        .string()
        .max(max, says(long))
        .regex(/^\P{Cc}*$/u, says(control)),
    );
}
