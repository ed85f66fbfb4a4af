import type { Originals } from './originals.ts';

interface Recent {
  readonly source: Buffer;
  readonly storedAt: number;
}

/** What another process has filed meanwhile is forgotten after this. */
const FORGET_AFTER_MS = 30_000;

/**
 * Originals that this process has just stored are at hand when it files them, a moment later:
 * reading them back would cost as much as storing them did. At most `maxBytes` are held; when
 * there is no room, what comes is simply read back. Holding one before its transaction commits
 * does no harm, since nobody learns its id before.
 */
export function withRecentOriginals(originals: Originals, maxBytes: number): Originals {
  const recent = new Map<number, Recent>();
  let held = 0;
  const take = (id: number): Buffer | undefined => {
    const found = recent.get(id);
    if (!found) return undefined;
    recent.delete(id);
    held -= found.source.length;
    return found.source;
  };
  const forgetOld = (now: number) => {
    // In the order of their storing: the first young one ends the search.
    for (const [id, { storedAt }] of recent) {
      if (now - storedAt < FORGET_AFTER_MS) return;
      take(id);
    }
  };
  const hold = (id: number, source: Buffer, now: number) => {
    if (held + source.length > maxBytes) return;
    recent.set(id, { source, storedAt: now });
    held += source.length;
  };
  return {
    ...originals,
    async putAll(trx, sources) {
      const ids = await originals.putAll(trx, sources);
      const now = performance.now();
      forgetOld(now);
      sources.forEach((source, index) => {
        const id = ids[index];
        if (id !== undefined) hold(id, source, now);
      });
      return ids;
    },
    async readSmall(db, ids) {
      const found = new Map<number, Buffer>();
      for (const id of ids) {
        const source = take(id);
        if (source) found.set(id, source);
      }
      const others = ids.filter((id) => !found.has(id));
      if (others.length === 0) return found;
      return new Map([...found, ...(await originals.readSmall(db, others))]);
    },
  };
}
