import type { Knex } from 'knex';

import type { Facts } from '../archiving/facts.ts';
import { identifyOwner, type Ownership } from '../archiving/identify-owner.ts';
import { judgeEvidence } from '../archiving/judge-evidence.ts';
import type { ParsedMail } from '../archiving/parsed-mail.ts';
import { hasSingleFrom } from '../archiving/screen-message.ts';
import type { Originals } from '../originals/originals.ts';
import { findAllowedSenders } from '../senders/allowed-sender-store.ts';
import { readTrustSettings, type TrustSettings } from '../senders/trust-settings.ts';
import { askAhead } from '../trust/ask-ahead.ts';
import type { DnsLookup } from '../trust/dns-lookup.ts';
import { type AskedSender, BEGINNING, namesToAsk } from '../trust/names-to-ask.ts';
import { findUserFacts } from '../users/user-store.ts';
import type { FinishedReading } from './read-messages.ts';
import type { KilledReading } from './reading/ask-processes.ts';
import type { MailReader } from './reading/mail-reader.ts';
import type { WhyKilled } from './reading/answer-queue.ts';
import { retrySeconds } from './retry-seconds.ts';

export interface TrustDeps {
  readonly originals: Originals;
  readonly lookup: DnsLookup;
  readonly reader: Pick<MailReader, 'check'>;
}

/** What was found about the sender of one message. */
export interface GatheredTrust extends Pick<Facts, 'trust' | 'letIn'> {
  /** The address that was examined: what was found holds for no other. */
  readonly address: string;
}

export interface TrustOfBatch {
  readonly policy: TrustSettings['policy'];
  /** By the message's number; empty under the policy `off`. */
  readonly found: ReadonlyMap<number, GatheredTrust>;
  /** Users' messages about which the DNS was silent, under `require`: they wait for it. */
  readonly open: ReadonlySet<number>;
  /** Messages over which the process was ended, with a sentence: they are to be tried again. */
  readonly killed: ReadonlyMap<number, string>;
}

const WHY_NOT_VERIFIED: Record<WhyKilled, string> = {
  time: 'checking them took too long',
  memory: 'checking them needed too much memory',
  crashed: 'checking them failed',
};

/**
 * Finds out who has sent the messages of a batch. The DNS is asked about all together, which takes
 * some seconds at most; then each has a process while it is checked. Under the policy `off` nothing
 * is done and nobody asked.
 */
export async function gatherTrust(
  deps: TrustDeps,
  trx: Knex.Transaction,
  readings: readonly FinishedReading[],
): Promise<TrustOfBatch> {
  const settings = await readTrustSettings(trx);
  const found = new Map<number, GatheredTrust>();
  const open = new Set<number>();
  const killed = new Map<number, string>();
  if (settings.policy === 'off') return { policy: 'off', found, open, killed };
  const senders = await findSenders(trx, readings);
  const allowed = await findAllowedSenders(trx, unique(senders.map((one) => one.owner.address)));
  const judge = async (sender: Sender, lookup: Promise<DnsLookup>, source: () => Source) => {
    const { id } = sender.reading.message;
    const letIn = letInBy(sender, allowed);
    const trust = await examine(deps.reader, settings, sender, await lookup, source);
    if (trust.kind === 'killed') {
      killed.set(id, `Checking its sender was ended: ${trust.why}.`);
      return;
    }
    found.set(id, { address: sender.owner.address, trust, letIn });
    if (isOpen(settings, sender, trust, letIn)) open.add(id);
  };
  const asked: { sender: Sender; lookup: Promise<DnsLookup> }[] = [];
  for (const sender of senders) {
    const beginning = await beginningOf(deps.originals, trx, sender);
    const names = namesToAsk(beginning, senderAsked(settings, sender));
    asked.push({ sender, lookup: askAhead(names, deps.lookup) });
  }
  const small = asked.map(async ({ sender, lookup }) => {
    const { raw } = sender.reading;
    if (raw) await judge(sender, lookup, () => raw);
  });
  await Promise.all(small);
  // One after the other: a transaction is one connection.
  for (const { sender, lookup } of asked) {
    const { raw, message } = sender.reading;
    if (!raw) await judge(sender, lookup, () => deps.originals.read(trx, message.original_id));
  }
  return { policy: settings.policy, found, open, killed };
}

type Judged = Extract<Facts['trust'], { kind: 'checked' }>;
type Source = Buffer | AsyncIterable<Buffer>;

interface Sender {
  readonly reading: FinishedReading;
  readonly owner: Ownership;
}

async function findSenders(
  trx: Knex.Transaction,
  readings: readonly FinishedReading[],
): Promise<Sender[]> {
  const mails = readings.flatMap((reading) => {
    const { result } = reading;
    return result.kind === 'mail' && hasSingleFrom(result.mail.header)
      ? [{ reading, mail: result.mail }]
      : [];
  });
  const usersByAddress = await findUserFacts(
    trx,
    unique(mails.flatMap(({ mail }) => sendersOf(mail))),
  );
  return mails.map(({ reading, mail }) => ({
    reading,
    owner: identifyOwner(mail, { usersByAddress }),
  }));
}

function sendersOf({ header }: ParsedMail): string[] {
  return [...header.from, ...header.resentFrom].map(({ address }) => address);
}

function letInBy({ reading, owner }: Sender, allowed: ReadonlySet<string>): Facts['letIn'] {
  if (reading.message.released_by !== null) return 'released';
  return allowed.has(owner.address) ? 'allowed' : null;
}

/**
 * In the killable process: what verifies takes minutes over some mails of 200 KB. A process may be ended
 * for reasons of the machine's, so the mail is tried again; at the last try it is judged as if it bore
 * no signature. What its domain asks for holds all the same: being too much must not be a way around it.
 */
async function examine(
  reader: TrustDeps['reader'],
  settings: TrustSettings,
  sender: Sender,
  lookup: DnsLookup,
  source: () => Source,
): Promise<Judged | KilledReading> {
  const { message } = sender.reading;
  const { pinnedAuthservId, ...whom } = senderAsked(settings, sender);
  const check = {
    ...whom,
    receivedAt: (message.internal_date ?? message.stored_at).toISOString(),
    settings: { pinnedAuthservId, arcSealers: settings.arcSealers },
  };
  let found = await reader.check(source(), check, lookup);
  if (found.kind === 'killed' && retrySeconds(message) === null) {
    const notVerified = WHY_NOT_VERIFIED[found.why];
    found = await reader.check(source(), { ...check, notVerified }, lookup);
  }
  return found.kind === 'killed' ? found : { kind: 'checked', ...judgeEvidence(found.evidence) };
}

function senderAsked({ authservId }: TrustSettings, { owner }: Sender): AskedSender {
  const field = owner.kind === 'owner' ? owner.via : 'from';
  return { address: owner.address, field, pinnedAuthservId: authservId };
}

async function beginningOf(
  originals: Originals,
  trx: Knex.Transaction,
  { reading: { raw, message } }: Sender,
): Promise<Buffer> {
  if (raw) return raw;
  const parts = originals.slice(trx, message.original_id, 0, BEGINNING);
  return Buffer.concat(await Array.fromAsync(parts));
}

function isOpen(
  { policy }: TrustSettings,
  { owner }: Sender,
  trust: Judged,
  letIn: Facts['letIn'],
): boolean {
  if (policy !== 'require' || owner.kind !== 'owner' || letIn !== null) return false;
  return trust.verdict === 'unknown';
}

function unique(texts: readonly string[]): string[] {
  return [...new Set(texts)].sort();
}
