import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { Knex } from 'knex';
import { fileMessages } from '../../../src/inbound/file-messages.ts';
import { compareAgain } from '../../../src/inbound/process-again.ts';
import { createMailReader, type MailReader } from '../../../src/inbound/reading/mail-reader.ts';
import { insertStored } from '../../../src/ledger/store-messages.ts';
import { postgresOriginals } from '../../../src/originals/postgres-originals.ts';
import { decideQuarantined } from '../../../src/quarantine/decide-quarantined.ts';
import { allowSender } from '../../../src/senders/allowed-sender-store.ts';
import { writeTrustSettings, type TrustSettings } from '../../../src/senders/trust-settings.ts';
import type { DnsLookup } from '../../../src/trust/dns-lookup.ts';
import { nodeDnsLookup } from '../../../src/trust/node-dns-lookup.ts';
import { createFilingBench, type FilingBench } from '../../support/filing-bench.ts';
import { createTestDatabase, type TestDatabase } from '../../support/postgres.ts';
import { bytesOf, DANA, draft, type RawMail, RECEIVED_AT } from '../../support/trust/raw-mail.ts';
import { signedByAcme, signedByEvil } from '../../support/trust/sign-dkim.ts';
import { startZoneServer, type ZoneServer } from '../../support/trust/zone-server.ts';
import { world } from '../../support/trust/zones.ts';
import { readingChildrenOf } from '../inbound/reading/child-processes.ts';

let database: TestDatabase;
let db: Knex;
let bench: FilingBench;
let reader: MailReader;
let dana: number;
let root: number;
let dns: ZoneServer;
let uid = 500;
let subject: string;

beforeAll(async () => {
  database = await createTestDatabase();
  db = database.db;
  bench = await createFilingBench(db);
  reader = createMailReader({ children: 1, log: { warn: () => undefined } });
  dana = await bench.user(DANA);
  root = await bench.user('sue@acme.test', 'super-administrators');
  await bench.person('alex@customer.example');
});
afterAll(async () => {
  await reader.close();
  await database.drop();
});

beforeEach(() => {
  uid += 1;
  subject = `Offer ${String(uid)}`;
  return async () => {
    await dns.stop();
  };
});

async function use(policy: TrustSettings['policy'], zone = world()): Promise<void> {
  await writeTrustSettings(db, { policy, authservId: null, arcSealers: [] });
  dns = await startZoneServer(zone);
}

async function store(mail: RawMail): Promise<number> {
  const source = bytesOf(mail);
  return await db.transaction(async (trx) => {
    const [originalId = 0] = await postgresOriginals.putAll(trx, [source]);
    const folder = { mailboxId: bench.mailboxId, uidValidity: 1, epoch: 0 };
    const message = { uid, size: source.length, internalDate: RECEIVED_AT, originalId };
    const [id = 0] = await insertStored(trx, folder, [message]);
    return id;
  });
}

const ask = () => nodeDnsLookup({ servers: [dns.address], timeoutMs: 100 });

async function file(id: number, by = reader): Promise<string> {
  await fileMessages({ ...bench.deps, reader: by, lookup: ask() }, [id]);
  const { state, outcome, reason, verdict } = await bench.row(id);
  return `${state} ${outcome} ${reason} ${verdict}`;
}

const linked = async (id: number) =>
  (
    await db('email_people')
      .join('emails', 'emails.id', 'email_people.email_id')
      .where({ inbound_message_id: id })
      .pluck<number[]>('emails.owner_id')
  ).map(Number);

const forged = () => signedByEvil(draft({ subject }));
const genuine = () => signedByAcme(draft({ subject }));
const SILENT = { 's1._domainkey.acme.test': 'timeout', '_dmarc.acme.test': 'timeout' } as const;

describe('under require', () => {
  test('a genuine mail is filed', async () => {
    await use('require');
    const id = await store(genuine());
    expect(await file(id)).toBe('decided archived matched pass');
    expect(await linked(id)).toEqual([dana]);
  });

  test('a forged one is held back, and nothing of it is linked', async () => {
    await use('require');
    const id = await store(forged());
    expect(await file(id)).toBe('decided quarantined sender-not-trusted fail');
    expect(await db('emails').where({ inbound_message_id: id })).toEqual([]);
    expect(await db('notices').where({ user_id: root }).pluck('kind')).toEqual(['quarantined']);
  });

  test('a copy that came before it, and is not proven, does not keep a genuine mail out', async () => {
    await use('require');
    const another = async (mail: RawMail) => {
      uid += 1;
      return await file(await store(mail));
    };
    const copy = draft({ subject });
    expect(await another(copy)).toBe('decided quarantined sender-not-trusted fail');
    expect(await another(copy)).toBe('decided ignored duplicate fail');
    expect(await another(signedByAcme(copy))).toBe('decided archived matched pass');
    expect(await another(copy)).toBe('decided ignored duplicate fail');
    expect(await another(signedByAcme(copy))).toBe('decided ignored duplicate pass');
  });

  test('one that nothing proves is held back too', async () => {
    await use('require', world(null));
    expect(await file(await store(draft({ subject })))).toBe(
      'decided quarantined sender-not-trusted none',
    );
  });

  test('releasing it files it as its user’s', async () => {
    await use('require');
    const id = await store(forged());
    await file(id);
    expect(await decideQuarantined(db, root, id, 'release')).toEqual({
      kind: 'done',
      address: DANA,
    });
    expect(await file(id)).toBe('decided archived matched fail');
    expect(await linked(id)).toEqual([dana]);
    expect((await bench.row(id)).trace).toMatchObject({ before: { outcome: 'quarantined' } });
    expect(await decideQuarantined(db, root, id, 'release')).toEqual({ kind: 'gone' });
  });

  test('an address that is always allowed is let in', async () => {
    await use('require');
    await allowSender(db, DANA, root);
    const id = await store(forged());
    expect(await file(id)).toBe('decided archived matched fail');
    await db('allowed_senders').delete();
  });

  test('where the DNS is silent it waits, uses up no tries, and is filed once it answers', async () => {
    await use('require', SILENT);
    const id = await store(genuine());
    expect(await file(id)).toBe('failed null null null');
    const row = await bench.row(id);
    expect(row.attempts).toBe(0);
    expect(row.next_try_at!.getTime()).toBeGreaterThan(Date.now() + 30_000);
    expect(row.error).toMatch(/DNS/);
    await dns.stop();
    dns = await startZoneServer(world());
    await db('inbound_messages').where({ id }).update({ next_try_at: new Date() });
    expect(await file(id)).toBe('decided archived matched pass');
  });

  test('after four hours of silence it is held back', async () => {
    await use('require', SILENT);
    const id = await store(genuine());
    const long = new Date(Date.now() - 4 * 3_600_000 - 1_000);
    await db('inbound_messages').where({ id }).update({ stored_at: long });
    expect(await file(id)).toBe('decided quarantined sender-not-trusted unknown');
  });
});

describe('under warn everything is filed at once', () => {
  test.each([
    ['forged', forged, world(), 'fail'],
    ['genuine', genuine, world(), 'pass'],
    ['of which the DNS says nothing', genuine, SILENT, 'unknown'],
  ])('%s', async (_name, write, zone, verdict) => {
    await use('warn', zone);
    expect(await file(await store(write()))).toBe(`decided archived matched ${verdict}`);
  });

  test('a stranger’s forged mail is rejected without a bounce', async () => {
    await use('warn');
    const stranger = draft({ subject, from: 'From: mallory@acme.test' });
    const id = await store(stranger);
    expect(await file(id)).toBe('decided rejected owner-does-not-exist fail');
    expect(await db('outgoing_messages').where({ inbound_message_id: id })).toEqual([]);
  });
});

test('under off nobody is asked', async () => {
  await use('off');
  expect(await file(await store(genuine()))).toBe('decided archived matched null');
  expect(dns.asked).toEqual([]);
});

test('rejecting takes it off the list, and the notice with the last one', async () => {
  await use('require');
  await db('inbound_messages')
    .where({ outcome: 'quarantined' })
    .update({ dealt_with_at: new Date(), dealt_with_by: root });
  const id = await store(forged());
  await file(id);
  expect(await decideQuarantined(db, root, id, 'reject')).toEqual({ kind: 'done', address: DANA });
  expect((await bench.row(id)).outcome).toBe('quarantined');
  expect(await db('notices').where({ kind: 'quarantined' })).toEqual([]);
  expect(await decideQuarantined(db, root, id, 'reject')).toEqual({ kind: 'gone' });
});

test('what was held back does not come in by being processed again', async () => {
  await use('require');
  const id = await store(forged());
  await file(id);
  expect((await compareAgain({ ...bench.deps, reader, lookup: ask() }, id)).verdict).toBe('same');
});

describe('a process that is ended while it checks a sender', () => {
  /** The kernel, or an operator, ends the process whenever it asks about such a name. */
  const endedOver = (pattern: RegExp): MailReader => ({
    ...reader,
    check: async (source, check, lookup) =>
      await reader.check(source, check, async (name, type) => {
        if (pattern.test(name)) for (const pid of readingChildrenOf()) process.kill(pid, 'SIGKILL');
        return await lookup(name, type);
      }),
  });
  /** As if the time until the next try had passed. */
  const fileAgain = async (id: number, by?: MailReader) => {
    const next_try_at = new Date(0);
    await db('inbound_messages').where({ id }).update({ next_try_at });
    return await file(id, by);
  };

  test('costs a genuine mail nothing but a second try', async () => {
    await use('require');
    const id = await store(genuine());
    expect(await file(id, endedOver(/_domainkey/))).toBe('failed null null null');
    expect(await bench.row(id)).toMatchObject({
      failures: 1,
      error: 'Checking its sender was ended: crashed.',
    });
    expect(await fileAgain(id)).toBe('decided archived matched pass');
  });

  test('does not get a forged mail around what its domain asks for', async () => {
    await use('warn');
    const id = await store(forged());
    const by = endedOver(/_domainkey/);
    expect(await file(id, by)).toBe('failed null null null');
    expect(await fileAgain(id, by)).toBe('failed null null null');
    expect(await fileAgain(id, by)).toBe('decided archived matched fail');
    const again = await compareAgain({ ...bench.deps, reader: by, lookup: ask() }, id);
    expect(again.verdict).toBe('same');
  });

  test('at every question, leaves the mail in quarantine', async () => {
    await use('warn');
    const id = await store(genuine());
    const by = endedOver(/_/);
    expect(await file(id, by)).toBe('failed null null null');
    expect(await fileAgain(id, by)).toBe('failed null null null');
    expect(await fileAgain(id, by)).toBe('decided quarantined unreadable null');
  });
});

test('a mail whose nameservers are silent does not hold up the check of another', async () => {
  await use('require');
  const silence = Promise.withResolvers<undefined>();
  const lookup = ask();
  const ids = [await store(forged())];
  uid += 1;
  ids.push(await store(genuine()));
  const checked: string[] = [];
  const watched: MailReader = {
    ...reader,
    check: async (source, ...rest) => {
      const found = await reader.check(source, ...rest);
      const isForged = Buffer.isBuffer(source) && source.includes('d=evil.test');
      const signer = isForged ? 'evil' : 'acme';
      checked.push(signer);
      if (signer === 'acme') silence.resolve(undefined);
      return found;
    },
  };
  const slow: DnsLookup = async (name, type) => {
    if (name.endsWith('evil.test')) await silence.promise;
    return await lookup(name, type);
  };
  await fileMessages({ ...bench.deps, reader: watched, lookup: slow }, ids);
  expect(checked).toEqual(['acme', 'evil']);
  const verdicts = ids.map(async (id) => (await bench.row(id)).verdict);
  expect(await Promise.all(verdicts)).toEqual(['fail', 'pass']);
});

test('the DNS is asked about large mails together, before the first of them is checked', async () => {
  await use('require');
  const line = `${'x'.repeat(76)}\r\n`;
  const large = (mail: RawMail) => ({ ...mail, body: mail.body + line.repeat(16_000) });
  const ids = [await store(large(forged()))];
  uid += 1;
  ids.push(await store(large(genuine())));
  const lookup = ask();
  const events: string[] = [];
  const watched: MailReader = {
    ...reader,
    check: async (...asked) => {
      events.push('check');
      return await reader.check(...asked);
    },
  };
  const noted: DnsLookup = async (name, type) => {
    events.push(name);
    return await lookup(name, type);
  };
  await fileMessages({ ...bench.deps, reader: watched, lookup: noted }, ids);
  const before = events.slice(0, events.indexOf('check'));
  expect(before.filter((name) => name.startsWith('_dmarc.acme'))).toHaveLength(2);
  expect(events.filter((event) => event === 'check')).toHaveLength(2);
});
