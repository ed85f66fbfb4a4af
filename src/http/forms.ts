import type { z } from 'zod';
import type { MessageKey } from './translation.ts';

/** What was typed, as it is put back into the form. */
export type Typed = Readonly<Record<string, string>>;

/** What is wrong, by field: the key of a sentence that says what to do. */
export type FieldErrors = Readonly<Record<string, MessageKey>>;

export type FormResult<T> =
  | { readonly kind: 'valid'; readonly value: T }
  | { readonly kind: 'invalid'; readonly errors: FieldErrors };

/**
 * Checks a form. The schema's messages are keys of the catalogue, one a field: the first that is
 * wrong. Fields are trimmed unless the schema says otherwise (passwords are not).
 */
export function readForm<T>(schema: z.ZodType<T>, body: unknown): FormResult<T> {
  const result = schema.safeParse(body ?? {});
  if (result.success) return { kind: 'valid', value: result.data };
  const errors: Record<string, MessageKey> = {};
  for (const issue of result.error.issues) {
    const field = String(issue.path[0] ?? 'form');
    errors[field] ??= issue.message as MessageKey;
  }
  return { kind: 'invalid', errors };
}

/** The text fields of a body, to show them again; without those that are secret. */
export function typedIn(body: unknown, secret: readonly string[] = []): Typed {
  if (typeof body !== 'object' || body === null) return {};
  const fields = Object.entries(body).filter(
    (entry): entry is [string, string] =>
      typeof entry[1] === 'string' && !secret.includes(entry[0]),
  );
  return Object.fromEntries(fields);
}

/** A key of the catalogue as the message of a check; the type holds it to the catalogue. */
export function says(key: MessageKey): { readonly error: MessageKey } {
  return { error: key };
}
