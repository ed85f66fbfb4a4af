import { Command } from 'commander';
import { recordAudit } from '../../audit/audit-store.ts';
import type { Dependencies } from '../../dependencies.ts';
import { applyAgain, compareAgain, type AgainDeps } from '../../inbound/process-again.ts';
import { createMailReader } from '../../inbound/reading/mail-reader.ts';
import { findLedgerEntries } from '../../ledger/archive-log.ts';
import { CommandFailure } from '../command-failure.ts';
import { withDependencies } from '../with-dependencies.ts';

export function processAgainCommand(): Command {
  return new Command('process-again')
    .description('what would become of a message by today’s rules; changes nothing without --apply')
    .argument('<id>', 'number in the ledger, or Message-ID (one of digits alone in its brackets)')
    .option('--apply', 'write it; what people decided stays, and nobody is answered')
    .action(async (id: string, { apply = false }: { readonly apply?: boolean }) => {
      await withDependencies(async (deps) => {
        const reader = createMailReader({ children: 1, log: deps.log });
        try {
          await processAgain({ ...deps, reader }, id, apply);
        } finally {
          await reader.close();
        }
      });
    });
}

async function processAgain(
  deps: Dependencies & AgainDeps,
  text: string,
  apply: boolean,
): Promise<void> {
  const entries = await findLedgerEntries(deps.db, text);
  if (entries.length === 0) {
    throw new CommandFailure(`The log has no message "${text}": see "log --format json" for ids.`);
  }
  const lines: unknown[] = [];
  let failed = false;
  for (const { id } of entries) {
    const compared = await compareAgain(deps, id);
    const writes = compared.verdict === 'differs' || compared.verdict === 'fetch';
    const verdict = apply && writes ? await write(deps, id, compared.now) : compared.verdict;
    failed ||= verdict === 'failed' || verdict === 'changed';
    lines.push({ id, verdict, then: compared.then, now: compared.now });
  }
  process.stdout.write(`${JSON.stringify(lines, null, 2)}\n`);
  if (failed)
    throw new CommandFailure('Not all could be processed again: run the command once more.');
}

async function write(deps: AgainDeps, id: number, shown: Parameters<typeof applyAgain>[2]) {
  return await applyAgain(deps, id, shown, async (trx, done, { then, now }) => {
    if (done !== 'applied') return;
    const detail = { message: id, from: then?.outcome ?? null, to: now?.outcome ?? 'fetched' };
    await recordAudit(trx, 'log.processed-again', detail);
  });
}
