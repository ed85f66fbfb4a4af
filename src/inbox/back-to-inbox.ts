import type { Request } from 'express';

/** The Inbox that a form on a notice was sent from, by its field "place"; null for other forms. */
export function backToInbox({ body }: Request): string | null {
  const { place } = (body ?? {}) as Record<string, unknown>;
  if (place === 'all') return '/inbox';
  return place === 'home' ? '/#inbox' : null;
}
