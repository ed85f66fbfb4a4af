import type { StatusView } from '../../src/http/status-view.ts';

/** A status page's data where all is well. */
export function statusView(changes: Partial<StatusView> = {}): StatusView {
  return {
    database: 'PostgreSQL of its own in ./data',
    queue: { kind: 'in-process', note: 'Jobs stay inside this one process.', ok: true },
    mailbox: {
      configured: true,
      summary: 'archive@company.example at imap.company.example, folder INBOX',
      problem: null,
      lastPollAt: '2026-03-29T01:30:05.120Z',
    },
    outcomes: { archived: 1234, unmatched: 5, rejected: 2, ignored: 7, quarantined: 1 },
    waiting: 3,
    version: '0.1.0',
    ...changes,
  };
}

/** Before anything is set up. */
export const NOT_CONFIGURED: StatusView['mailbox'] = {
  configured: false,
  summary: '',
  problem: null,
  lastPollAt: null,
};
