import type { Knex } from 'knex';

import { addressesToLookUp } from '../archiving/addresses-to-look-up.ts';
import type { Facts } from '../archiving/facts.ts';
import type { ForwardReading, ParsedMail, ReadMailResult } from '../archiving/parsed-mail.ts';
import { identifyOwner } from '../archiving/identify-owner.ts';
import { planFiling } from '../archiving/plan-filing.ts';
import { wantsForwardReading, type FactsOfWanting } from '../archiving/wants-forward-reading.ts';
import { claimFingerprints, holdAddresses } from '../db/advisory-locks.ts';
import { findDecidedByFingerprint } from '../ledger/save-decisions.ts';
import { findUserFacts } from '../users/user-store.ts';
import {
  loadAddressFacts,
  loadStandingFacts,
  type BatchFacts,
  type StandingFacts,
} from './load-facts.ts';
import type { TrustOfBatch } from './gather-trust.ts';
import type { FinishedReading } from './read-messages.ts';
import type { MailReader, SearchedMail } from './reading/mail-reader.ts';
import { saveFiling, type FiledMessage } from './save-filing.ts';

/** A finished reading with what was found when its text was searched for a forwarded block. */
interface Candidate extends FinishedReading {
  readonly forward: ForwardReading | null;
}

/**
 * Decides about messages and writes what follows. The locks come first: while they are held no
 * record, and no user, gains one of the addresses, and no copy of these mails is filed elsewhere.
 *
 * @returns how many bounces were queued.
 */
export async function decideMessages(
  deps: { readonly reader: MailReader },
  trx: Knex.Transaction,
  readings: readonly FinishedReading[],
  trust: TrustOfBatch,
): Promise<number> {
  if (readings.length === 0) return 0;
  return await saveFiling(trx, await planMessages(deps, trx, { readings, trust }));
}

/** Earlier messages by fingerprint: what makes a duplicate. */
type EarlierMessages = Map<string, Facts['sameFingerprint'][number][]>;

/**
 * Decides about messages under the locks of filing, which last until the transaction ends.
 * @param except a message that none of them is a duplicate of.
 */
export async function planMessages(
  deps: { readonly reader: MailReader },
  trx: Knex.Transaction,
  {
    readings,
    trust,
  }: { readonly readings: readonly FinishedReading[]; readonly trust: TrustOfBatch },
  except: number | null = null,
): Promise<FiledMessage[]> {
  const { candidates, facts } = await lockAndLoad(deps.reader, trx, readings);
  const seen = await decidedBefore(trx, fingerprintsOf(candidates), except);
  const setUpAt = await loadSetUpTimes(trx, candidates);

  const filed: FiledMessage[] = [];
  for (const { message, result, forward } of candidates) {
    const earlier = seen.get(result.fingerprint) ?? [];
    const known = trustIn(message.id, result, facts, trust);
    const plan = planFiling(result, forward, {
      ...facts,
      ...known,
      sameFingerprint: earlier,
      receivedBeforeSetUp: isBefore(message.internal_date, setUpAt.get(message.mailbox_id)),
    });
    const checked = known.trust.kind === 'checked';
    filed.push({ message, fingerprint: result.fingerprint, plan, checked });
    if (plan.reason === 'duplicate') continue;
    const { ownerId, reason } = plan;
    const heldBack = reason === 'sender-not-trusted';
    const fact = { inboundMessageId: message.id, ownerId, heldBack };
    seen.set(result.fingerprint, [...earlier, fact]);
  }
  return filed;
}

/** Meanwhile another address may have become the one that owns it: what was found is not about that. */
function trustIn(
  id: number,
  result: ReadMailResult,
  facts: BatchFacts,
  { policy, found }: TrustOfBatch,
): Pick<Facts, 'trustPolicy' | 'trust' | 'letIn'> {
  const known = found.get(id);
  const holds =
    result.kind === 'mail' && identifyOwner(result.mail, facts).address === known?.address;
  if (!known || !holds) return { trustPolicy: policy, trust: facts.trust, letIn: null };
  return { trustPolicy: policy, trust: known.trust, letIn: known.letIn };
}

/**
 * Which addresses to lock is known only once the texts were searched, and which texts to search
 * depends on who is a user: where that changed until the locks were ours, all begins anew.
 */
async function lockAndLoad(
  reader: MailReader,
  trx: Knex.Transaction,
  readings: readonly FinishedReading[],
): Promise<{ candidates: Candidate[]; facts: BatchFacts }> {
  const standing = await loadStandingFacts(trx);
  await trx.raw('savepoint before_locks');
  for (;;) {
    const candidates = await readForwards(reader, trx, standing, readings);
    const addresses = unique(candidates.flatMap(lookUps));
    await holdAddresses(trx, addresses);
    await claimFingerprints(trx, fingerprintsOf(candidates));
    const facts = { ...standing, ...(await loadAddressFacts(trx, addresses)) };
    if (!candidates.some((one) => one.forward === null && wantsForward(one, facts))) {
      return { candidates, facts };
    }
    // Gives the locks back: taken twice they would not be taken in order.
    await trx.raw('rollback to savepoint before_locks');
  }
}

/** Looks for forwarded blocks, in the killable child, where the capture asks for it. */
async function readForwards(
  reader: MailReader,
  trx: Knex.Transaction,
  standing: StandingFacts,
  readings: readonly FinishedReading[],
): Promise<Candidate[]> {
  const addresses = unique(readings.flatMap((one) => lookUps({ ...one, forward: null })));
  const facts = { ...standing, usersByAddress: await findUserFacts(trx, addresses) };
  const searched = readings.flatMap((reading) =>
    reading.result.kind === 'mail' && wantsForward(reading, facts)
      ? [{ reading, texts: searchedTexts(reading.result.mail) }]
      : [],
  );
  const found = await reader.readForwards(searched.map(({ texts }) => texts));
  const forwards = new Map(searched.map(({ reading }, index) => [reading, found[index]]));
  return readings.map((reading) => ({ ...reading, forward: forwards.get(reading) ?? null }));
}

/** What was made from the HTML need not be compared with it. */
function searchedTexts({ text, textFromHtml, html }: ParsedMail): SearchedMail {
  return { text, html: textFromHtml ? null : html };
}

function wantsForward({ result }: FinishedReading, facts: FactsOfWanting): boolean {
  if (result.kind !== 'mail') return false;
  return wantsForwardReading(result.mail, facts);
}

function fingerprintsOf(candidates: readonly Candidate[]): string[] {
  return unique(candidates.map((one) => one.result.fingerprint));
}

function lookUps({ result, forward }: Candidate): string[] {
  return result.kind === 'mail' ? addressesToLookUp(result.mail, forward) : [];
}

async function decidedBefore(
  trx: Knex.Transaction,
  fingerprints: readonly string[],
  except: number | null,
): Promise<EarlierMessages> {
  const seen: EarlierMessages = new Map();
  for (const row of await findDecidedByFingerprint(trx, fingerprints, except)) {
    const fact = { inboundMessageId: row.id, ownerId: row.ownerId, heldBack: row.heldBack };
    const known = seen.get(row.fingerprint);
    if (known) known.push(fact);
    else seen.set(row.fingerprint, [fact]);
  }
  return seen;
}

async function loadSetUpTimes(
  trx: Knex.Transaction,
  candidates: readonly Candidate[],
): Promise<Map<number, Date>> {
  const ids = [...new Set(candidates.map((one) => one.message.mailbox_id))];
  const rows = await trx('mailboxes').whereRaw('id = any(?)', [ids]).select('id', 'set_up_at');
  return new Map(rows.map((row) => [row.id, row.set_up_at]));
}

/** INTERNALDATE has whole seconds (RFC 3501 section 2.3.3): the second of the set-up counts as after. */
function isBefore(received: Date | null, setUpAt: Date | undefined): boolean {
  if (!received || !setUpAt) return false;
  return received.getTime() < Math.floor(setUpAt.getTime() / 1000) * 1000;
}

function unique(texts: readonly string[]): string[] {
  return [...new Set(texts)].sort();
}
