import { Resolver } from 'node:dns/promises';
import { type DnsLookup, isAnswer, noAnswer } from './dns-lookup.ts';

export interface NodeDnsOptions {
  /** As setServers() takes them; left out, the system's. */
  readonly servers?: readonly string[];
  readonly timeoutMs?: number;
}

/** RFC 6761: names that exist nowhere; nobody needs to be asked about them. */
const RESERVED = /(?:^|\.)(?:test|example|invalid|localhost)$/i;
const MAX_ENTRIES = 5_000;
/** How long an answer, the answer that there is nothing, and silence are remembered. */
const KEEP_MS = { found: 300_000, nothing: 60_000, silence: 30_000 };
/**
 * After so many silences in a row nobody is asked for a while: mail must not wait for each. What is asked
 * side by side counts once, as a single mail may name ten silent servers.
 */
const SILENCES = 6;
const PAUSE_MS = 20_000;

interface Entry {
  readonly answer: Promise<string[][] | string[]>;
  until: number;
}

/** The DNS by node's own resolver, with time limits and a memory; it pauses while nobody answers. */
export function nodeDnsLookup({ servers, timeoutMs = 2_000 }: NodeDnsOptions = {}): DnsLookup {
  const resolver = new Resolver({ timeout: timeoutMs, tries: 2 });
  if (servers) resolver.setServers(servers);
  const memory = new Map<string, Entry>();
  let silences = 0;
  let lastSilence = 0;
  let pausedUntil = 0;

  function noteSilence(askedAt: number): void {
    if (askedAt < lastSilence) return;
    lastSilence = performance.now();
    silences += 1;
    if (silences < SILENCES) return;
    silences = 0;
    pausedUntil = lastSilence + PAUSE_MS;
  }

  async function ask(name: string, type: string): Promise<string[][] | string[]> {
    const askedAt = performance.now();
    if (askedAt < pausedUntil) throw noAnswer(name);
    try {
      const found = (await resolver.resolve(name, type)) as string[][] | string[];
      silences = 0;
      return found;
    } catch (error) {
      if (isAnswer(error)) silences = 0;
      else noteSilence(askedAt);
      throw error;
    }
  }

  function remember(key: string, answer: Entry['answer']): void {
    const entry: Entry = { answer, until: Number.POSITIVE_INFINITY };
    const keep = (ms: number) => {
      entry.until = performance.now() + ms;
    };
    answer.then(
      () => {
        keep(KEEP_MS.found);
      },
      (error: unknown) => {
        keep(isAnswer(error) ? KEEP_MS.nothing : KEEP_MS.silence);
      },
    );
    if (memory.size >= MAX_ENTRIES) memory.delete(memory.keys().next().value ?? '');
    memory.set(key, entry);
  }

  return async (name, type) => {
    if (servers === undefined && RESERVED.test(name)) {
      throw Object.assign(new Error(`There is no ${name}`), { code: 'ENOTFOUND' });
    }
    const key = `${type} ${name.toLowerCase()}`;
    const known = memory.get(key);
    if (known && known.until > performance.now()) return await known.answer;
    memory.delete(key);
    const answer = ask(name, type);
    remember(key, answer);
    return await answer;
  };
}
