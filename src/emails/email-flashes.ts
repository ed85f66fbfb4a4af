import type { AddAddressResult } from '../data-cleanup/decisions/add-address-from-email.ts';
import type { Flash } from '../http/flash.ts';

/** "jane@acme.example is an address of Jane Roe now. 2 other emails came along." */
export function addedFlashes(
  done: Extract<AddAddressResult, { kind: 'added' | 'has-it' }>,
  address: string,
): Flash[] {
  if (done.kind === 'has-it') return [{ kind: 'info', text: 'emails.done.hasIt' }];
  const undo = `/decisions/${done.decisionId}/undo`;
  const values = { name: done.name, address, count: done.others };
  const text = done.others === 0 ? 'emails.done.added' : 'emails.done.addedAlong';
  const said: Flash[] = [{ kind: 'success', text, values, undo }];
  return done.more ? [...said, { kind: 'info', text: 'cleanup.done.more' }] : said;
}
