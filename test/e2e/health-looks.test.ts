import { afterAll, beforeAll, expect, test } from 'vitest';
import { startTestSite, type TestSite } from '../support/browser.ts';
import { insertMailbox } from '../support/filing-bench.ts';
import { lookAt } from '../support/look.ts';
import type { TestUser } from '../support/web.ts';

const ARCHIVING = '/admin/email/archiving';

let site: TestSite;
let user: TestUser;

beforeAll(async () => {
  site = await startTestSite();
  user = await site.addUser('Dana Kim', 'administrators', 'super-administrators');
  await insertMailbox(site.db, {
    host: 'imap.fastmail.com',
    username: 'archive@northquay.example',
  });
  await site.db.raw(
    `insert into message_quarters (quarter, outcome, messages)
     select date_bin('15 minutes', now() - make_interval(days => day), '2000-01-01Z'), outcome,
            case outcome when 'archived' then 20 + (day * 7) % 40 else 3 end
       from generate_series(0, 13) as day, unnest(array['archived', 'unmatched']) as outcome`,
  );
});
afterAll(() => site.close());

test.each([
  [
    'health-backlog',
    `backlog_total = 100000, backlog_left = 61000, backlog_since = now() - interval '9 minutes',
     backlog_at = now(), last_poll_at = now() - interval '40 seconds'`,
  ],
  [
    'health-problem',
    `problem = 'The server did not accept the user name archive@northquay.example with this password: check both.',
     problem_since = now(), failures = 4, next_try_at = now() + interval '80 seconds', backlog_left = 0`,
  ],
  ['health-silent', `problem = null, backlog_at = null, last_poll_at = now() - interval '1 hour'`],
  ['health-beginning', `last_poll_at = null`],
  ['health-off', `problem = null, enabled = false`],
])('%s', async (name, columns) => {
  await site.db.raw(`update mailboxes set ${columns}`);
  expect(await lookAt(site, { name, path: ARCHIVING, user })).toEqual([]);
});
