import { bytesOf, DANA, type RawMail, RECEIVED_AT } from './raw-mail.ts';
import type { Theme, TrustCase, Verdict, Zone } from './trust-case.ts';
import { world } from './zones.ts';

export const USERS = [DANA, 'tom@acme.test', 'kim@acme.test', 'uma@xn--bcher-kva.test'];

/** What a case says beside its mail; the rest is usual. */
export interface Label {
  readonly why: string;
  readonly alsoRight?: readonly Verdict[];
  /** Dana, as a rule. */
  readonly owner?: string | null;
  readonly zone?: Zone;
  readonly pinned?: string | null;
  readonly sealers?: readonly string[];
  readonly receivedAt?: Date;
}

export interface CaseWriter {
  /** Sent by the holder of its address. */
  genuine(id: string, mail: RawMail, expected: Verdict, label: Label): TrustCase;
  /** Not his, or no longer as he sent it. */
  forged(id: string, mail: RawMail, expected: Exclude<Verdict, 'pass'>, label: Label): TrustCase;
}

export function caseWriter(theme: Theme, usual: Partial<Label> = {}): CaseWriter {
  const write = (id: string, mail: RawMail, expected: Verdict, own: Label, forged: boolean) => {
    const label = { ...usual, ...own };
    return {
      id: `${theme}/${id}`,
      theme,
      raw: bytesOf(mail),
      users: USERS,
      settings: { pinnedAuthservId: label.pinned ?? null, arcSealers: label.sealers ?? [] },
      zone: label.zone ?? world(),
      receivedAt: label.receivedAt ?? RECEIVED_AT,
      owner: label.owner === undefined ? DANA : label.owner,
      forged,
      expected,
      alsoRight: label.alsoRight ?? [],
      why: label.why,
    };
  };
  return {
    genuine: (id, mail, expected, label) => write(id, mail, expected, label, false),
    forged: (id, mail, expected, label) => write(id, mail, expected, label, true),
  };
}
