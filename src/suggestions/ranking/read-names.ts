import { localPartOf } from '../../shared/email-address.ts';
import type { Unknown } from './candidate.ts';
import { nameWords, type NameWords } from './name-words.ts';
import { isRoleMailbox } from './role-mailbox.ts';
import { formerNames, greetedName, signedNames } from './signed-names.ts';

/** A name that the unknown may have, and where it stands. */
export interface ReadName extends NameWords {
  readonly from: 'display' | 'local' | 'text';
}

export interface ReadNames {
  readonly names: readonly ReadName[];
  /** The display name pretends to be somebody's address, is turned round, or holds several people. */
  readonly isSuspicious: boolean;
}

/** What makes letters be shown as another name, or one name look like another. */
const DISGUISES = [
  /[\u202d\u202e]/,
  /\p{Cc}/u,
  /\p{Script=Latin}\p{Cf}+\p{Script=Latin}/u,
  /\p{Script=Latin}[\p{Script=Cyrillic}\p{Script=Greek}]|[\p{Script=Cyrillic}\p{Script=Greek}]\p{Script=Latin}/u,
];
const MAX_NAME = 200;
const MAX_WORD = 40;
const MAX_COMMAS = 2;

/** All names that an unknown address goes by: shown, in its local part, under the mail. */
export function readNames(unknown: Unknown): ReadNames {
  const local = localNames(unknown.address);
  const display = displayName(unknown);
  const shown = formerNames(display.name).map(nameWords);
  const text = unknown.isSender
    ? signedNames(unknown.text)
    : unknown.isOnlyRecipient
      ? greetedName(unknown.text)
      : [];
  return {
    names: [
      ...shown.map((name) => ({ ...name, from: 'display' as const })),
      ...joined(shown[0], local[0]),
      ...local.map((name) => ({ ...name, from: 'local' as const })),
      ...text.map((name) => ({ ...nameWords(name), from: 'text' as const })),
    ].filter(({ words }) => words.length > 0),
    isSuspicious: display.isSuspicious,
  };
}

/** A first name that is shown and a surname for a local part are one name. */
function joined(shown: NameWords | undefined, local: NameWords | undefined): ReadName[] {
  const [first, more] = shown?.words ?? [];
  const [second, another] = local?.words ?? [];
  if (!shown || !first || more || !second || another || first.exact === second.exact) return [];
  return [{ ...shown, words: [first, second], from: 'display' }];
}

function displayName({ name, address }: Unknown): { name: string; isSuspicious: boolean } {
  const nothing = { name: '', isSuspicious: false };
  const plain = name.slice(0, MAX_NAME).normalize('NFKC');
  if (DISGUISES.some((pattern) => pattern.test(plain))) return { name: '', isSuspicious: true };
  const text = plain.replace(/\p{Cf}/gu, '').replace(/^\s*['"]+|['"]+\s*$/g, '');
  if (text.includes('@')) {
    return text.toLowerCase() === address ? nothing : { name: '', isSuspicious: true };
  }
  if (text.split(/[,;]/).length - 1 > MAX_COMMAS) return { name: '', isSuspicious: true };
  const bare = (
    formerNames(text).length > 1 ? text : text.replace(/\[[^\]]*\]|\([^)]*\)/g, ' ')
  ).replace(/\s(via|über)\s.*$/iu, ' ');
  return bare.split(/\s+/).some((word) => word.length > MAX_WORD)
    ? nothing
    : { name: bare.trim(), isSuspicious: false };
}

/** "jane.roe+tag" is "jane roe"; digits that are no part of a name are left out. */
function localNames(address: string): NameWords[] {
  const [local = ''] = localPartOf(address).split('+');
  if (isRoleMailbox(local)) return [];
  const words = local.replace(/\d+/g, ' ').trim();
  return words.length < 2 ? [] : [nameWords(words)];
}
