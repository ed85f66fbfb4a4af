import type { Knex } from 'knex';

import type { Facts } from '../archiving/facts.ts';
import { identifyOwner, type Ownership } from '../archiving/identify-owner.ts';
import { judgeEvidence } from '../archiving/judge-evidence.ts';
import type { ParsedMail } from '../archiving/parsed-mail.ts';
import { hasSingleFrom } from '../archiving/screen-message.ts';
import type { Originals } from '../originals/originals.ts';
import { findAllowedSenders } from '../senders/allowed-sender-store.ts';
import { readTrustSettings, type TrustSettings } from '../senders/trust-settings.ts';
import type { DnsLookup } from '../trust/dns-lookup.ts';
import { findUserFacts } from '../users/user-store.ts';
import type { FinishedReading } from './read-messages.ts';

export interface TrustDeps {
  readonly originals: Originals;
  readonly lookup: DnsLookup;
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
}

/** At once, of one batch. */
const CHECKED_AT_ONCE = 25;
/** Signatures of larger mails are not looked at: the whole mail would be held in memory. */
const MAX_BYTES = 25 * 1024 * 1024;

/**
 * Finds out who has sent the messages of a batch. Each takes at most some seconds, most together; under
 * the policy `off` nothing is done and nobody asked.
 */
export async function gatherTrust(
  deps: TrustDeps,
  trx: Knex.Transaction,
  readings: readonly FinishedReading[],
): Promise<TrustOfBatch> {
  const settings = await readTrustSettings(trx);
  const found = new Map<number, GatheredTrust>();
  const open = new Set<number>();
  if (settings.policy === 'off') return { policy: 'off', found, open };
  const senders = await findSenders(trx, readings);
  const allowed = await findAllowedSenders(trx, unique(senders.map((one) => one.owner.address)));
  const judge = async (sender: Sender, raw: Buffer | null) => {
    const { id } = sender.reading.message;
    const letIn = letInBy(sender, allowed);
    const trust = await examine(deps.lookup, settings, sender, raw);
    found.set(id, { address: sender.owner.address, trust, letIn });
    if (isOpen(settings, sender, trust, letIn)) open.add(id);
  };
  const [small, big] = partition(senders, ({ reading }) => reading.raw !== null);
  for (let at = 0; at < small.length; at += CHECKED_AT_ONCE) {
    const some = small.slice(at, at + CHECKED_AT_ONCE);
    await Promise.all(
      some.map(async (sender) => {
        await judge(sender, sender.reading.raw);
      }),
    );
  }
  for (const sender of big) await judge(sender, await loadRaw(deps.originals, trx, sender.reading));
  return { policy: settings.policy, found, open };
}

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

/** Big ones come one after the other: a transaction is one connection. null: too large to be checked. */
async function loadRaw(
  originals: Originals,
  trx: Knex.Transaction,
  { message, raw }: FinishedReading,
): Promise<Buffer | null> {
  if (raw !== null || message.size > MAX_BYTES) return raw;
  return Buffer.concat(await Array.fromAsync(originals.read(trx, message.original_id)));
}

async function examine(
  lookup: DnsLookup,
  { authservId, arcSealers }: TrustSettings,
  { reading, owner }: Sender,
  raw: Buffer | null,
): Promise<Facts['trust']> {
  if (raw === null) {
    return {
      kind: 'checked',
      verdict: 'none',
      why: 'It is too large for its sender to be checked.',
    };
  }
  const { message } = reading;
  // Not before it is needed: what verifies takes time to load, and 30 MB.
  const { checkSender } = await import('../trust/check-sender.ts');
  const evidence = await checkSender(
    {
      raw,
      receivedAt: message.internal_date ?? message.stored_at,
      address: owner.address,
      field: owner.kind === 'owner' ? owner.via : 'from',
    },
    { pinnedAuthservId: authservId, arcSealers },
    lookup,
  );
  return { kind: 'checked', ...judgeEvidence(evidence) };
}

function isOpen(
  { policy }: TrustSettings,
  { owner }: Sender,
  trust: Facts['trust'],
  letIn: Facts['letIn'],
): boolean {
  if (policy !== 'require' || owner.kind !== 'owner' || letIn !== null) return false;
  return trust.kind === 'checked' && trust.verdict === 'unknown';
}

function partition<T>(all: readonly T[], fits: (one: T) => boolean): [T[], T[]] {
  return [all.filter(fits), all.filter((one) => !fits(one))];
}

function unique(texts: readonly string[]): string[] {
  return [...new Set(texts)].sort();
}
