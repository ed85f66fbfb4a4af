import { z } from 'zod';
import { cleanLine } from '../shared/clean-text.ts';
import { idIn } from './path-id.ts';

/*
 * Fields that the addresses of many pages have in common. Whatever is no such thing counts as not given:
 * an address that somebody has mangled still leads to a page.
 */

const MAX_TEXT = 320;

/** The id of a user or a record; null for none. */
export const idInQuery = z
  .unknown()
  .optional()
  .transform((text) => idIn(text));

/** The id of an email or a message, which may be larger; null for none. */
export const longIdInQuery = z
  .unknown()
  .optional()
  .transform((text) => idIn(text, Number.MAX_SAFE_INTEGER));

/** What is searched for, on one line; '' for nothing. */
export const searchInQuery = z
  .string()
  .catch('')
  .transform((typed) => cleanLine(typed, MAX_TEXT));

/** A text that may be empty, which is something else than not given (null). */
export const textInQuery = z
  .string()
  .max(MAX_TEXT)
  .transform((typed) => typed.replace(/\p{Cc}/gu, ' ').trim())
  .nullable()
  .catch(null);

/** A ticked box: "1". */
export const tickInQuery = z
  .literal('1')
  .transform(() => true)
  .catch(false);

/** A day that there is: "2026-11-24"; null for none. ISO 8601 has a year 0, PostgreSQL does not. */
export const dayInQuery = z.iso
  .date()
  .refine((day) => day >= '0001-01-01')
  .nullable()
  .catch(null);
