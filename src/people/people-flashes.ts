import type { Flash } from '../http/flash.ts';
import { isolate } from '../shared/isolate.ts';
import type { RestoreResult } from './bin-person.ts';
import type { CameAlong } from './came-along.ts';
import type { PersonRecord } from './person-store.ts';

/** "Created Jane Roe. 3 emails came along." */
export function createdFlashes(name: string, done: CameAlong): Flash[] {
  const values = { name: isolate(name), count: done.emails };
  const text = done.emails === 0 ? 'people.done.created' : 'people.along.created';
  return [{ kind: 'success', text, values }, ...moreFlashes(done)];
}

/** "Saved. 3 emails came along." Mail that came by a lost address is not taken away. */
export function savedFlashes(removed: readonly string[], done: CameAlong): Flash[] {
  const text = done.emails === 0 ? 'people.done.saved' : 'people.along.saved';
  const flashes: Flash[] = [{ kind: 'success', text, values: { count: done.emails } }];
  if (removed.length > 0) {
    const values = { addresses: removed.join(', '), count: removed.length };
    flashes.push({ kind: 'info', text: 'people.done.addressesLost', values });
  }
  return [...flashes, ...moreFlashes(done)];
}

export function convertedFlash({ id, name }: PersonRecord): Flash {
  return {
    kind: 'success',
    text: 'people.done.converted',
    values: { name: isolate(name) },
    undo: `/people/${id}/convert/undo`,
  };
}

export function deletedFlash({ id, name }: PersonRecord): Flash {
  return {
    kind: 'success',
    text: 'people.done.deleted',
    values: { name: isolate(name) },
    undo: `/people/${id}/restore`,
  };
}

export function restoredFlashes(done: Extract<RestoreResult, { kind: 'restored' }>): Flash[] {
  const values = { name: isolate(done.person.name), count: done.emails };
  const text = done.emails === 0 ? 'people.done.restored' : 'people.along.restored';
  return [{ kind: 'success', text, values }, ...moreFlashes(done)];
}

function moreFlashes({ more }: CameAlong): Flash[] {
  return more ? [{ kind: 'info', text: 'people.done.more' }] : [];
}
