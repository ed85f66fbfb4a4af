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
  /** The command that sets the mailbox up, while there is none. */
  readonly nextStep: string | null;
  readonly lastPoll: { readonly iso: string; readonly text: string } | null;
  readonly counts: readonly { readonly name: Outcome | 'waiting'; readonly count: string }[];
  readonly version: string;
}

const SET_MAILBOX = [
  'LETTERBOOK_MAILBOX_PASSWORD=... npm run -s letterbook -- mailbox set',
  '--host imap.company.example --port 993 --security tls --username archive@company.example',
  '--folder INBOX --archive-address archive@company.example --after move:Archived --existing skip',
].join(' \\\n  ');

const count = new Intl.NumberFormat('en');

/** The view model of the status page. */
export function statusPage(status: StatusView): StatusPage {
  return {
    title: 'status.title',
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
    nextStep: status.mailbox.configured ? null : SET_MAILBOX,
    lastPoll: lastPoll(status.mailbox.lastPollAt),
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

function lastPoll(iso: string | null): StatusPage['lastPoll'] {
  if (iso === null) return null;
  const utc = new Date(iso).toISOString();
  return { iso: utc, text: `${utc.slice(0, 10)} ${utc.slice(11, 19)} UTC` };
}
