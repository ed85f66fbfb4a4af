import { domainToASCII } from 'node:url';
import { parse } from 'csv-parse/sync';
import { z } from 'zod';
import type { Expected, Scenario } from './scenario.ts';

const LogRow = z.object({
  message_id: z.string().nullable(),
  outcome: z.string(),
  reason: z.string().nullable(),
  capture: z.string().nullable(),
  owner: z.string().nullable(),
  people: z.union([z.string().nullable(), z.array(z.string())]),
});

/** A row of `letterbook log`, as CSV or JSON gives it. */
export type LogRow = z.infer<typeof LogRow>;

/** Reads what `letterbook log --format csv` printed. Throws when a column is missing. */
export function readLogCsv(csv: string): LogRow[] {
  return z.array(LogRow).parse(parse(csv, { columns: true, bom: true }));
}

/**
 * Compares the log with what the scenario expects. Rows are told apart by message id; several with
 * one id, or without any, are compared as a multiset.
 * @returns one sentence for each difference; empty when all is as expected.
 */
export function checkScenario(rows: readonly LogRow[], scenario: Scenario): string[] {
  const waiting = new Map<string, LogRow[]>();
  for (const row of rows) {
    const id = row.message_id ?? '';
    waiting.set(id, [...(waiting.get(id) ?? []), row]);
  }
  const differences: string[] = [];
  for (const [id, wanted] of expectedById(scenario)) {
    differences.push(...compareGroup(wanted, waiting.get(id) ?? []));
    waiting.delete(id);
  }
  const extra = [...waiting.values()].flat();
  return [...differences, ...extra.map((row) => `Not expected: ${shown(row)}`)];
}

/** Who gets a bounce: each address once, sorted. */
export function expectedBounces(scenario: Scenario): string[] {
  const all = scenario.deliveries.flatMap((delivery) => delivery.expected);
  return [...new Set(all.flatMap((one) => one.bounceTo ?? []))].sort();
}

/**
 * Compares the recipients of all bounces that a server got with what the scenario expects; domains
 * may be in A-labels or in Unicode.
 * @returns one sentence for each difference; empty when all is as expected.
 */
export function checkBounces(recipients: readonly string[], scenario: Scenario): string[] {
  const wanted = new Set(expectedBounces(scenario).map(canonical));
  const counts = Map.groupBy(recipients.map(canonical), (address) => address);
  const missing = [...wanted].filter((address) => !counts.has(address));
  const extra = [...counts.keys()].filter((address) => !wanted.has(address));
  const repeated = [...counts].filter(([, all]) => all.length > 1);
  return [
    ...missing.map((address) => `${address} got no bounce.`),
    ...extra.map((address) => `${address} got a bounce and was to get none.`),
    ...repeated.map(([address, all]) => `${address} got ${all.length} bounces.`),
  ];
}

interface Wanted {
  readonly name: string;
  readonly expected: Expected;
}

function expectedById(scenario: Scenario): Map<string, Wanted[]> {
  const all = scenario.deliveries.flatMap((delivery) =>
    delivery.expected.map((expected) => ({ name: delivery.name, expected })),
  );
  return Map.groupBy(all, (one) => one.expected.messageId);
}

function compareGroup(wanted: readonly Wanted[], rows: readonly LogRow[]): string[] {
  const left = [...rows];
  // Those that compare the most choose first, so that a tolerant one takes nothing from them.
  const strictFirst = wanted.toSorted((a, b) => strictness(b.expected) - strictness(a.expected));
  const unmet = strictFirst.filter(({ expected }) => {
    const found = left.findIndex((row) => difference(row, expected) === '');
    if (found >= 0) left.splice(found, 1);
    return found < 0;
  });
  const named = unmet.map(({ name, expected }) => {
    const row = left.shift();
    return row
      ? `${name} ${expected.messageId}: ${difference(row, expected)}`
      : `${name} ${expected.messageId}: no row in the log`;
  });
  return [...named, ...left.map((row) => `One too many: ${shown(row)}`)];
}

function strictness(expected: Expected): number {
  return (expected.capture === null ? 0 : 1) + (expected.reason === undefined ? 0 : 1);
}

/** '' when the row is what was expected. */
function difference(row: LogRow, expected: Expected): string {
  const fields: [string, string, string][] = [
    ['outcome', row.outcome, expected.outcome],
    ['owner', canonical(row.owner ?? ''), canonical(expected.ownerEmail ?? '')],
    ['people', addressSet(peopleOf(row)), addressSet(expected.people)],
  ];
  if (expected.capture !== null) fields.push(['capture', row.capture ?? '', expected.capture]);
  if (expected.reason !== undefined) fields.push(['reason', row.reason ?? '', expected.reason]);
  return fields
    .filter(([, is, shall]) => is !== shall)
    .map(([field, is, shall]) => `${field} is "${is}" and shall be "${shall}"`)
    .join(', ');
}

function peopleOf(row: LogRow): readonly string[] {
  if (typeof row.people === 'string') return row.people.split(';');
  return row.people ?? [];
}

/** Two records that share an address may show it once or twice. */
function addressSet(addresses: readonly string[]): string {
  const set = new Set(addresses.map(canonical).filter((address) => address !== ''));
  return [...set].sort().join(';');
}

/** Written here again on purpose: the check shall not share a mistake with what it checks. */
function canonical(address: string): string {
  const text = address.trim();
  const at = text.lastIndexOf('@');
  if (at < 0) return text.toLowerCase();
  return `${text.slice(0, at).toLowerCase()}@${domainToASCII(text.slice(at + 1))}`;
}

function shown(row: LogRow): string {
  const people = addressSet(peopleOf(row));
  return `${row.message_id ?? ''} ${row.outcome} ${row.owner ?? ''} [${people}]`;
}
