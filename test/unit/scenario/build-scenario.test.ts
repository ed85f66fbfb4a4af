import { domainToASCII } from 'node:url';
import { simpleParser, type AddressObject, type ParsedMail } from 'mailparser';
import { beforeAll, describe, expect, it } from 'vitest';
import { OUTCOMES } from '../../../src/shared/outcome.ts';
import { allCopies, buildScenario, copiesOf } from '../../support/scenario/build-scenario.ts';
import { CONTENT_KINDS } from '../../support/scenario/contents.ts';
import { expectedBounces } from '../../support/scenario/check-scenario.ts';
import type { Delivery } from '../../support/scenario/scenario.ts';

const OPTIONS = {
  seed: 7,
  archiveAddress: 'archive@northquay.example',
  aliases: ['crm@northquay.example'],
  now: new Date('2025-03-10T12:00:00Z'),
};
const scenario = buildScenario(OPTIONS);
const expectations = scenario.deliveries.flatMap((delivery) => delivery.expected);

describe('buildScenario', () => {
  it('writes at least 300 mails, each with a name of its own', () => {
    expect(scenario.deliveries.length).toBeGreaterThanOrEqual(300);
    expect(new Set(scenario.deliveries.map((one) => one.name)).size).toBe(
      scenario.deliveries.length,
    );
  });

  it('has every outcome, every kind of content, and more than one bounce', () => {
    expect(new Set(expectations.map((one) => one.outcome))).toEqual(new Set(OUTCOMES));
    expect(scenario.deliveries.length).toBeGreaterThan(CONTENT_KINDS);
    expect(expectedBounces(scenario).length).toBeGreaterThan(20);
  });

  it('expects as many rows as it delivers copies', () => {
    const wrong = scenario.deliveries.filter((one) => one.expected.length !== one.deliver);
    expect(wrong.map((one) => one.name)).toEqual([]);
    expect(allCopies(scenario)).toHaveLength(expectations.length);
  });

  it('gives the same bytes for the same seed, other bytes for another', () => {
    const bytes = (seed: number) => Buffer.concat(allCopies(buildScenario({ ...OPTIONS, seed })));
    expect(bytes(7).equals(Buffer.concat(allCopies(scenario)))).toBe(true);
    expect(bytes(8).equals(Buffer.concat(allCopies(scenario)))).toBe(false);
  });

  it('mixes the order without losing a mail', () => {
    const sorted = (order: 'mixed' | 'written') =>
      allCopies(scenario, order).sort((a, b) => a.compare(b));
    expect(Buffer.concat(sorted('mixed')).equals(Buffer.concat(sorted('written')))).toBe(true);
  });

  it('redelivers what differs in Received lines alone', () => {
    const again = scenario.deliveries.filter((one) => one.deliver > 1);
    expect(again.length).toBeGreaterThan(8);
    for (const delivery of again) {
      const copies = copiesOf(delivery).map((copy) => copy.toString('latin1'));
      expect(new Set(copies).size).toBe(delivery.deliver);
      expect(new Set(copies.map((copy) => copy.replace(/^(Received: .*\r\n)+/, ''))).size).toBe(1);
    }
  });

  it('gives a message id to each mail but the ones that lack it', () => {
    const doubled = Map.groupBy(scenario.deliveries, (one) => one.expected[0]?.messageId ?? '');
    const shared = [...doubled].filter(([id, all]) => id !== '' && all.length > 1);
    expect(
      shared.flatMap(([, all]) => all.filter((one) => !one.name.startsWith('double:'))),
    ).toEqual([]);
    expect(doubled.get('')?.length).toBeGreaterThan(3);
  });
});

/** A reader that is not ours, to see that each mail is what its expectation says. */
describe('each mail says what is expected of it', () => {
  const read = new Map<Delivery, ParsedMail>();
  beforeAll(async () => {
    for (const delivery of scenario.deliveries) {
      if (delivery.expected[0]?.reason === 'unreadable') continue;
      read.set(delivery, await simpleParser(delivery.raw, { skipTextToHtml: true }));
    }
  });

  it('the message id is in it', () => {
    const wrong = [...read].filter(([delivery]) => {
      const id = delivery.expected[0]?.messageId ?? '';
      const head = delivery.raw.subarray(0, delivery.raw.indexOf('\r\n\r\n')).toString('latin1');
      return id === '' ? /^message-id:/im.test(head) : !head.includes(id);
    });
    expect(wrong.map(([delivery]) => delivery.name)).toEqual([]);
  });

  it('its owner is in From or Resent-From, and nobody is where none is expected', () => {
    const addresses = new Map(
      scenario.users
        .filter((user) => user.active)
        .flatMap((user) => [user.email, ...user.otherAddresses].map((one) => [one, user.email])),
    );
    const wrong = [...read].filter(([delivery, mail]) => {
      const expected = delivery.expected[0];
      if (expected?.outcome === 'quarantined') return false;
      const from = /^resent-from: (?:.*<)?([^<>\r\n]+)/im.exec(delivery.raw.toString('latin1'));
      const sender = canonical(from?.[1] ?? mail.from?.value[0]?.address ?? '');
      return (addresses.get(sender) ?? null) !== expected?.ownerEmail;
    });
    expect(wrong.map(([delivery]) => delivery.name)).toEqual([]);
  });

  it('people of a copied mail are in To or Cc, and no other record is', () => {
    const users = new Set(scenario.users.flatMap((user) => [user.email, ...user.otherAddresses]));
    const records = new Set(
      scenario.people
        .flatMap((one) => [one.email, ...one.otherAddresses].map(canonical))
        .filter((address) => !users.has(address)),
    );
    const copied = [...read].filter(([delivery]) => delivery.expected[0]?.capture === 'copied');
    expect(copied.length).toBeGreaterThan(150);
    for (const [delivery, mail] of copied) {
      const matched = recipients(mail).filter((address) => records.has(address));
      const people = delivery.expected[0]?.people.map(canonical) ?? [];
      expect([...new Set(matched)].sort(), delivery.name).toEqual([...new Set(people)].sort());
    }
  });

  it('people of a forwarded mail are named in it', () => {
    const forwarded = [...read].filter(([one]) => one.expected[0]?.capture === 'forwarded');
    expect(forwarded.length).toBeGreaterThan(100);
    for (const [delivery, mail] of forwarded) {
      const attached = mail.attachments.map((one) => one.content.toString('latin1'));
      const all = [mail.text ?? '', mail.html === false ? '' : mail.html, ...attached]
        .join('\n')
        .toLowerCase()
        .replaceAll('åkesson-snickeri', 'xn--kesson-snickeri-glb');
      for (const person of delivery.expected[0]?.people ?? []) {
        expect(all, delivery.name).toContain(canonical(person));
      }
    }
  });
});

function recipients(mail: ParsedMail): string[] {
  const objects: AddressObject[] = [mail.to ?? [], mail.cc ?? []].flat();
  return objects
    .flatMap((one) => one.value.flatMap((value) => value.group ?? [value]))
    .map((value) => canonical(value.address ?? ''));
}

function canonical(address: string): string {
  const [local = '', domain = ''] = address
    .trim()
    .toLowerCase()
    .split(/@(?=[^@]*$)/);
  const plain = /^"([\w.]+)"$/.exec(local)?.[1] ?? local;
  return `${plain}@${domainToASCII(domain.replace(/\.$/, ''))}`;
}
