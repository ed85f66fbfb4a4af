import type { Knex } from 'knex';

import type { Page } from '../http/pages.ts';
import type { Originals } from '../originals/originals.ts';
import { listQuarantine, findQuarantined, type QuarantinedMessage } from './quarantine-store.ts';
import { readSafeHeaders, type SafeHeader } from './safe-headers.ts';

export interface QuarantinePage extends Page {
  readonly messages: readonly QuarantinedMessage[];
  /** The address of the next page; null where there is none. */
  readonly next: string | null;
}

const PAGE = 25;

export async function loadQuarantinePage(db: Knex, before: number | null): Promise<QuarantinePage> {
  const found = await listQuarantine(db, before, PAGE + 1);
  const messages = found.slice(0, PAGE);
  const last = messages.at(-1);
  const next = found.length > PAGE && last ? `/admin/quarantine?before=${String(last.id)}` : null;
  return { title: 'quarantine.title', section: 'administration', messages, next };
}

export interface QuarantinedPage extends Page {
  readonly message: QuarantinedMessage;
  readonly headers: readonly SafeHeader[];
  /** Whether it can be filed as somebody's mail. */
  readonly mayRelease: boolean;
}

/** null for a message that is not in quarantine, or no more. */
export async function loadQuarantinedPage(
  { db, originals }: { readonly db: Knex; readonly originals: Originals },
  id: number,
): Promise<QuarantinedPage | null> {
  const message = await findQuarantined(db, id);
  if (!message) return null;
  const { originalId, size, reason } = message;
  return {
    title: 'quarantine.message',
    titleValues: { id: String(id) },
    section: 'administration',
    message,
    headers: originalId === null ? [] : await readSafeHeaders(db, originals, { originalId, size }),
    mayRelease: reason === 'sender-not-trusted' && originalId !== null,
  };
}
