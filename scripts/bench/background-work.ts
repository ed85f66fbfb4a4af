import type { Knex } from 'knex';
import { findLongDiscarded } from '../../src/data-cleanup/purge-store.ts';
import { loadDigest } from '../../src/digest/load-digest.ts';
import { addPersonAddress } from '../../src/people/add-person-address.ts';
import { loadAddressFacts } from '../../src/inbound/load-facts.ts';
import { findDecidedByFingerprint } from '../../src/ledger/save-decisions.ts';
import type { Viewer } from '../../src/shared/viewer.ts';
import { requestSuggestions } from '../../src/suggestions/pending-store.ts';
import { refreshChangedPeople } from '../../src/suggestions/person-key-store.ts';
import { suggestForEmails } from '../../src/suggestions/suggest-for-emails.ts';

type Work = readonly [name: string, run: (trx: Knex.Transaction) => Promise<unknown>];

/** What is done beside the pages, in a transaction that is taken back. */
export function backgroundWork(viewer: Viewer, waitingId: number): Work[] {
  const days = (count: number) => new Date(Date.now() - count * 24 * 60 * 60 * 1000);
  const numbers = Array.from({ length: 200 }, (_, n) => n + 1);
  return [
    ['Digest of a day', (trx) => loadDigest(trx, viewer, days(1))],
    [
      'Filing: 200 addresses',
      (trx) =>
        loadAddressFacts(
          trx,
          numbers.map((n) => `p${n}@company${n}.example`),
        ),
    ],
    [
      'Filing: 200 fingerprints',
      (trx) =>
        findDecidedByFingerprint(
          trx,
          numbers.map((n) => String(n).padStart(32, '0')),
        ),
    ],
    [
      'An address gained: 500 emails',
      (trx) => addPersonAddress(trx, 1, 'office@everywhere.example'),
    ],
    ['Suggestions for an email', (trx) => suggestForEmails(trx, [waitingId])],
    ['Suggestions asked for 200 emails', (trx) => requestSuggestions(trx, numbers)],
    ['Keys of 200 changed records', (trx) => refreshChangedPeople(trx)],
    ['Purge: 200 emails to find', (trx) => findLongDiscarded(trx, 30, 0, 200)],
  ];
}
