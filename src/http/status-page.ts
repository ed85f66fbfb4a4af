import { OUTCOMES, type Outcome } from '../shared/outcome.ts';
import type { Page } from './pages.ts';
import type { StatusView } from './status-view.ts';

type Health = 'works' | 'attention' | 'missing';

interface Part {
  readonly name: 'database' | 'queue' | 'mailbox';
  readonly health: Health;
  readonly summary: string;
  readonly note: string;
}

export interface StatusPage extends Page {
  readonly parts: readonly Part[];
  /** ISO 8601; null before the first poll. */
  readonly lastPoll: string | null;
  readonly counts: readonly { readonly name: Outcome | 'waiting'; readonly count: string }[];
  readonly version: string;
}

const count = new Intl.NumberFormat('en');

/** The view model of the status page. */
export function statusPage(status: StatusView): StatusPage {
  return {
    title: 'admin.status',
    section: 'administration',
    parts: [
      { name: 'database', health: 'works', summary: status.database, note: '' },
      {
        name: 'queue',
        health: status.queue.ok ? 'works' : 'attention',
        summary: status.queue.kind,
        note: status.queue.note,
      },
      mailboxPart(status.mailbox),
    ],
    lastPoll: status.mailbox.lastPollAt,
    counts: [
      ...OUTCOMES.map((name) => ({ name, count: count.format(status.outcomes[name]) })),
      { name: 'waiting', count: count.format(status.waiting) },
    ],
    version: status.version,
  };
}

function mailboxPart({ configured, summary, problem }: StatusView['mailbox']): Part {
  if (!configured) return { name: 'mailbox', health: 'missing', summary: '', note: '' };
  const health = problem === null ? 'works' : 'attention';
  return { name: 'mailbox', health, summary, note: problem ?? '' };
}
