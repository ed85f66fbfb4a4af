import { expect, it } from 'vitest';
import { startDovecot, type Dovecot } from '../support/dovecot.ts';
import { firstOf } from '../support/first-of.ts';
import type { Installation, RunningProcess } from '../support/installation.ts';
import { startRedis, type RedisServer } from '../support/redis.ts';
import { allCopies, buildScenario } from '../support/scenario/build-scenario.ts';
import { checkBounces, checkScenario } from '../support/scenario/check-scenario.ts';
import { checkTables } from '../support/scenario/check-tables.ts';
import { installScenario } from '../support/scenario/scenario-installation.ts';
import { startSmtpSink, type SmtpSink } from '../support/smtp-sink.ts';
import { until } from '../support/until.ts';

const ARCHIVE = 'archive@letterbook.example';
const ALIASES = ['log@letterbook.example'];
const scenario = buildScenario({
  seed: 7,
  archiveAddress: ARCHIVE,
  aliases: ALIASES,
  now: new Date(),
});

const COPIES = allCopies(scenario).length;

/** How the product runs while the mail is archived. */
const SET_UPS = [
  { name: 'by the poll command alone', after: 'delete', roles: [] },
  { name: 'by one process beside which the command polls', after: 'move:Done', roles: ['start'] },
  { name: 'by web and two workers over Redis', after: 'seen', roles: ['web', 'worker', 'worker'] },
] as const;

it.each(SET_UPS)('the scenario, archived $name, after it $after', async ({ after, roles }) => {
  await withServers(roles.length > 1, async (servers) => {
    const { dovecot, smtp, redis } = servers;
    const env: Record<string, string> = redis ? { REDIS_URL: redis.url } : {};
    const base = { scenario, archiveAddress: ARCHIVE, aliases: ALIASES, dovecot, smtp, after };
    const installation = await installScenario({ ...base, env });
    try {
      const processes: RunningProcess[] = [];
      for (const role of roles) processes.push(await installation.serve(role));
      await dovecot.deliverMany(allCopies(scenario));
      await installation.run(['poll', '--timeout', '240']);
      await bouncesAreOut(installation);
      await expectAllFiled(installation);
      await expectAllPutAway(dovecot, after);
      expectEachToldOnce(smtp);
      await expectNoChangeByAPoll(installation, smtp, after === 'seen' ? COPIES : 0);
      for (const process of processes) expect(await process.stop()).toBe(0);
    } finally {
      await installation.remove();
    }
  });
});

interface Servers {
  readonly dovecot: Dovecot;
  readonly smtp: SmtpSink;
  readonly redis: RedisServer | null;
}

async function withServers(
  overRedis: boolean,
  work: (servers: Servers) => Promise<void>,
): Promise<void> {
  const dovecot = await startDovecot();
  await dovecot.createFolder('Done');
  const smtp = await startSmtpSink();
  const redis = overRedis ? await startRedis() : null;
  try {
    await work({ dovecot, smtp, redis });
  } finally {
    await redis?.stop();
    await smtp.stop();
    await dovecot.stop();
  }
}

/** Each mail has its outcome, owner and people in the log, and the tables say the same. */
async function expectAllFiled(installation: Installation): Promise<void> {
  expect(COPIES).toBeGreaterThanOrEqual(300);
  const rows = await installation.log();
  const unlisted = await installation.db('inbound_messages').where({ state: 'gone' }).pluck('uid');
  expectNone([
    ...checkScenario(rows, scenario),
    ...(await checkTables(installation.db, scenario)),
    ...unlisted.map((uid) => `UID ${uid} was taken for gone.`),
  ]);
  expect(rows.length).toBe(COPIES);
}

/** Told in the message, which is all that is shown of a first try. */
function expectNone(wrong: readonly string[]): void {
  expect(wrong.length, firstOf(wrong).join('\n')).toBe(0);
}

async function expectAllPutAway(dovecot: Dovecot, after: string): Promise<void> {
  const inbox = await dovecot.list('INBOX');
  if (after === 'seen') {
    expect(inbox.length).toBe(COPIES);
    const unseen = inbox.filter((message) => !message.flags.includes('\\Seen'));
    expect(unseen.map(({ uid }) => uid).join(' ')).toBe('');
  } else {
    expect(inbox).toEqual([]);
    const moved = await dovecot.list('Done');
    expect(moved.length).toBe(after === 'delete' ? 0 : COPIES);
  }
}

function expectEachToldOnce(smtp: SmtpSink): void {
  const recipients = smtp.received.flatMap((mail) => mail.to);
  expectNone(checkBounces(recipients, scenario));
  expect(smtp.received.filter((mail) => mail.envelopeFrom !== '')).toEqual([]);
}

async function expectNoChangeByAPoll(
  installation: Installation,
  smtp: SmtpSink,
  messages: number,
): Promise<void> {
  const before = await snapshot(installation);
  const sent = smtp.received.length;
  const { stdout } = await installation.run(['poll', '--timeout', '60']);
  expect(JSON.parse(stdout)).toMatchObject({ messages });
  expect(await snapshot(installation)).toEqual(before);
  expect(smtp.received.length).toBe(sent);
}

/** Bounces leave after the poll, by a job of their own. */
async function bouncesAreOut({ db }: Installation): Promise<void> {
  await until('no bounce waits', async () => {
    return (await db('outgoing_messages').whereIn('state', ['pending', 'sending'])).length === 0;
  });
}

const TABLES = ['inbound_messages', 'emails', 'email_people', 'notices', 'outgoing_messages'];

/** Every row that archiving writes, as text. */
async function snapshot({ db }: Installation): Promise<Record<string, string[]>> {
  const entries = TABLES.map(async (table) => {
    const { rows } = await db.raw<{ rows: { row: string }[] }>(
      `select t::text as row from ${table} t order by 1`,
    );
    return [table, rows.map(({ row }) => row)] as const;
  });
  return Object.fromEntries(await Promise.all(entries));
}
