import { expect, test } from 'vitest';
import { statusPage } from '../../../src/http/status-page.ts';
import { NOT_CONFIGURED, statusView } from '../../support/status-view.ts';

test('all is well', () => {
  const page = statusPage(statusView());
  expect(page.parts.map((part) => `${part.name} ${part.health}`)).toEqual([
    'database works',
    'queue works',
    'mailbox works',
  ]);
  expect(page.lastPoll).toBe('2026-03-29T01:30:05.120Z');
});

test('every outcome is counted, and what waits', () => {
  const counts = statusPage(statusView()).counts.map(({ name, count }) => `${name} ${count}`);
  expect(counts).toEqual([
    'archived 1,234',
    'unmatched 5',
    'rejected 2',
    'ignored 7',
    'quarantined 1',
    'waiting 3',
  ]);
});

test('a queue that is away needs attention, and says why', () => {
  const queue = { kind: 'bull', note: 'Redis does not answer.', ok: false };
  const part = statusPage(statusView({ queue })).parts[1];
  expect(part).toMatchObject({ health: 'attention', note: 'Redis does not answer.' });
});

test('a mailbox that cannot be polled needs attention, and says what to do', () => {
  const mailbox = { ...statusView().mailbox, problem: 'Check the password.', lastPollAt: null };
  const page = statusPage(statusView({ mailbox }));
  expect(page.parts[2]).toMatchObject({ health: 'attention', note: 'Check the password.' });
  expect(page.lastPoll).toBeNull();
});

test('a mailbox that nobody has set up is missing', () => {
  const page = statusPage(statusView({ mailbox: NOT_CONFIGURED }));
  expect(page.parts[2]?.health).toBe('missing');
});
