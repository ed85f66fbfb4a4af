import type { Flash } from '../http/flash.ts';
import type { MakePrimaryResult, RemoveAddressResult } from './change-address.ts';

const GONE: Flash = { kind: 'info', text: 'users.address.gone' };

/** What became of an address that was to be removed; `removed` is the sentence for its success. */
export function removedFlash(done: RemoveAddressResult, removed: Flash['text']): Flash {
  if (done.kind === 'removed') {
    return { kind: 'success', text: removed, values: { address: done.address } };
  }
  return done.kind === 'gone' ? GONE : { kind: 'warning', text: 'users.address.primary' };
}

export function primaryFlash(done: MakePrimaryResult): Flash {
  if (done.kind === 'done') {
    const values = { address: done.address };
    return { kind: 'success', text: 'users.address.madePrimary', values };
  }
  return done.kind === 'gone' ? GONE : { kind: 'warning', text: 'users.address.waits' };
}
