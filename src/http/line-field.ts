import { z } from 'zod';
import { says } from './forms.ts';
import type { MessageKey } from './translation.ts';

/** Marks that turn or isolate the text after them: names need none, and they disguise. */
const TURNS = /[\u202a-\u202e\u2066-\u2069]/gu;

/**
 * One line that people read, such as a name: each run of white space is one space, none at the ends. What
 * is not text counts as not typed.
 *
 * @param control what is said of control characters, where that is something else.
 */
export function lineField(max: number, long: MessageKey, control: MessageKey = long) {
  return z
    .string()
    .catch('')
    .transform((typed) => typed.toWellFormed().replace(TURNS, '').replace(/\s+/g, ' ').trim())
    .pipe(
      z
        .string()
        .max(max, says(long))
        .regex(/^\P{Cc}*$/u, says(control)),
    );
}
