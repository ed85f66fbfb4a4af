import { expect, test } from 'vitest';
import { backlogOf, stateOf } from '../../../src/mailbox-settings/archiving-health.ts';
import type { MailboxPulse } from '../../../src/mailbox-settings/health-store.ts';

const PULSE: MailboxPulse = {
  ...{ enabled: true, problem: null, problemSince: null, failures: 0, lastLookAge: 40 },
  ...{ lastSuccessAt: null, retryInSeconds: null, pollSeconds: 60, asked: false },
  ...{ backlogTotal: 0, backlogLeft: 0, backlogAge: null },
};

test.each<[string, Partial<MailboxPulse> | null]>([
  ['not-set-up', null],
  ['off', { enabled: false, problem: 'It fails.' }],
  ['problem', { problem: 'It fails.' }],
  ['beginning', { lastLookAge: null }],
  ['running', {}],
  ['running', { lastLookAge: 150 }],
  ['silent', { lastLookAge: 151 }],
  ['running', { lastLookAge: 3600, pollSeconds: 3600 }],
])('archiving is %s with %j', (state, changes) => {
  expect(stateOf(changes && { ...PULSE, ...changes })).toBe(state);
});

test('a backlog tells how fast it becomes less', () => {
  const pulse = { backlogTotal: 1000, backlogLeft: 500, backlogAge: 120 };
  expect(backlogOf(pulse, 100)).toEqual({
    ...{ waiting: 600, total: 1000, done: 400, perMinute: 200, minutesLeft: 3 },
  });
  const none = { perMinute: null, minutesLeft: null };
  expect(backlogOf({ ...pulse, backlogLeft: 1000 }, 0)).toMatchObject({ done: 0, ...none });
  expect(backlogOf({ ...pulse, backlogLeft: 0 }, 0)).toMatchObject({ waiting: 0, ...none });
  expect(backlogOf({ ...pulse, backlogTotal: 5, backlogLeft: 0 }, 9)).toMatchObject({ total: 9 });
  expect(backlogOf(null, 3)).toMatchObject({ waiting: 3, total: 3, ...none });
});
