import { pipeline } from 'node:stream/promises';
import { Command, Option } from 'commander';
import { stringify } from 'csv-stringify';

import type { Dependencies } from '../../dependencies.ts';
import { findLedgerEntries, readLog, type LogEntry } from '../../ledger/archive-log.ts';
import { processAgainCommand } from './log-process-again.ts';
import { CommandFailure } from '../command-failure.ts';
import { withDependencies } from '../with-dependencies.ts';

export function logCommand(): Command {
  const show = new Command('show')
    .description('why a message became what it became')
    .argument('<id>', 'number in the ledger, or Message-ID (one of digits alone in its brackets)')
    .action(async (id: string) => {
      await withDependencies(async (deps) => {
        await showMessage(deps, id);
      });
    });
  return new Command('log')
    .description('the archive log: every message, one row each, as it was decided')
    .addOption(new Option('--format <format>').choices(['csv', 'json']).default('csv'))
    .action(async ({ format }: { readonly format: 'csv' | 'json' }) => {
      await withDependencies(async ({ db }) => {
        if (format === 'csv') await printCsv(readLog(db));
        else await printJson(readLog(db));
      });
    })
    .addHelpText('after', WAITING)
    .addCommand(show)
    .addCommand(processAgainCommand());
}

const WAITING = `
A message that has no outcome yet has "waiting" as its reason, or "failed" when it is to be tried again.`;

const COLUMNS = ['message_id', 'outcome', 'reason', 'capture', 'owner', 'people'] as const;

function toRecord(entry: LogEntry): Record<(typeof COLUMNS)[number], string> {
  return {
    message_id: entry.messageId ?? '',
    outcome: entry.outcome ?? '',
    reason: entry.reason,
    capture: entry.capture ?? '',
    owner: entry.owner ?? '',
    people: entry.people.join(';'),
  };
}

/** A cell that begins like a formula would run in a spreadsheet: it gets a quote in front. */
async function printCsv(entries: AsyncIterable<LogEntry>): Promise<void> {
  const csv = stringify({ header: true, columns: [...COLUMNS], escape_formulas: true });
  await pipeline(
    async function* () {
      for await (const entry of entries) yield toRecord(entry);
    },
    csv,
    process.stdout,
    { end: false },
  );
}

async function printJson(entries: AsyncIterable<LogEntry>): Promise<void> {
  await pipeline(toJson(entries), process.stdout, { end: false });
}

async function* toJson(entries: AsyncIterable<LogEntry>): AsyncGenerator<string> {
  let separator = '[\n';
  for await (const entry of entries) {
    yield separator + JSON.stringify({ id: entry.id, ...toRecord(entry) });
    separator = ',\n';
  }
  yield separator === '[\n' ? '[]\n' : '\n]\n';
}

async function showMessage({ db }: Dependencies, id: string): Promise<void> {
  const entries = await findLedgerEntries(db, id);
  if (entries.length === 0) {
    throw new CommandFailure(`The log has no message "${id}": see "log --format json" for ids.`);
  }
  process.stdout.write(`${JSON.stringify(entries, null, 2)}\n`);
}
