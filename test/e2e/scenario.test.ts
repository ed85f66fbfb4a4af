import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startDovecot, type Dovecot } from '../support/dovecot.ts';
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

/** How the product runs while the mail is archived. */
const SET_UPS = [
  { name: 'by the poll command alone', after: 'delete', roles: [] },
  { name: 'by one process beside which the command polls', after: 'move:Done', roles: ['start'] },
  { name: 'by web and two workers over Redis', after: 'seen', roles: ['web', 'worker', 'worker'] },
] as const;

describe.each(SET_UPS)('the scenario, archived $name, after it $after', ({ after, roles }) => {
  let dovecot: Dovecot;
  let smtp: SmtpSink;
  let redis: RedisServer | null = null;
  let installation: Installation;
  const processes: RunningProcess[] = [];

  beforeAll(async () => {
    dovecot = await startDovecot();
    await dovecot.createFolder('Done');
    smtp = await startSmtpSink();
    const separate: boolean = roles.length > 1;
    if (separate) redis = await startRedis();
    const env: Record<string, string> = redis ? { REDIS_URL: redis.url } : {};
    const base = { scenario, archiveAddress: ARCHIVE, aliases: ALIASES, dovecot, smtp, after };
    installation = await installScenario({ ...base, env });
    for (const role of roles) processes.push(await installation.serve(role));
    await dovecot.deliverMany(allCopies(scenario));
    await installation.run(['poll', '--timeout', '240']);
    await bouncesAreOut(installation);
  });

  afterAll(async () => {
    await installation.remove();
    await redis?.stop();
    await smtp.stop();
    await dovecot.stop();
  });

  it('gives each of at least 300 mails its outcome, owner and people in the log', async () => {
    const copies = allCopies(scenario);
    expect(copies.length).toBeGreaterThanOrEqual(300);
    const rows = await installation.log();
    expect(checkScenario(rows, scenario)).toEqual([]);
    expect(rows.length).toBe(copies.length);
  });

  it('says the same in the tables', async () => {
    expect(await checkTables(installation.db, scenario)).toEqual([]);
  });

  it('puts every message away on the server', async () => {
    const inbox = await dovecot.list('INBOX');
    if (after === 'seen') {
      expect(inbox.length).toBe(allCopies(scenario).length);
      expect(inbox.filter((message) => !message.flags.includes('\\Seen'))).toEqual([]);
    } else {
      expect(inbox).toEqual([]);
      const moved = await dovecot.list('Done');
      expect(moved.length).toBe(after === 'delete' ? 0 : allCopies(scenario).length);
    }
  });

  it('sends each stranger one bounce', () => {
    const recipients = smtp.received.flatMap((mail) => mail.to);
    expect(checkBounces(recipients, scenario)).toEqual([]);
    expect(smtp.received.filter((mail) => mail.envelopeFrom !== '')).toEqual([]);
  });

  it('changes nothing when it polls again', async () => {
    const before = await snapshot(installation);
    const sent = smtp.received.length;
    const { stdout } = await installation.run(['poll', '--timeout', '60']);
    const there = after === 'seen' ? allCopies(scenario).length : 0;
    expect(JSON.parse(stdout)).toMatchObject({ messages: there });
    expect(await snapshot(installation)).toEqual(before);
    expect(smtp.received.length).toBe(sent);
  });

  it('stops in good order', async () => {
    for (const process of processes) expect(await process.stop()).toBe(0);
  });
});

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
