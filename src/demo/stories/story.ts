import type { Capture, Outcome, Reason } from '../../shared/outcome.ts';
import type { DemoFile, Named } from '../mail/compose-mail.ts';
import type { LayoutName } from '../mail/forward-layouts.ts';

/**
 * When a mail was written: so many days before now at that time of day (UTC), or so many seconds
 * after the demo is ready, while somebody watches.
 */
export type When =
  { readonly daysAgo: number; readonly at: string } | { readonly secondsAfterStart: number };

/** What becomes of a mail, as the archive log tells it. */
export interface Expectation {
  readonly outcome: Outcome;
  readonly reason: Reason;
  readonly capture: Capture | null;
  readonly owner: Named | null;
  /** Whose records it is linked to at receipt. */
  readonly people: readonly Named[];
}

/** A mail that somebody wrote, with the archive left out. */
export interface Letter {
  readonly from: Named;
  readonly to: readonly Named[];
  readonly cc?: readonly Named[];
  readonly subject: string;
  readonly text: string;
  readonly html?: string;
  readonly files?: readonly DemoFile[];
}

/** How a letter reaches the archive. */
export type Way =
  /** The archive is in Bcc, so the mail does not name it. */
  | { readonly kind: 'bcc' }
  | { readonly kind: 'cc' }
  /** Written to the archive and nobody else. */
  | { readonly kind: 'sent' }
  | {
      readonly kind: 'forward';
      readonly by: Named;
      readonly layout: LayoutName;
      readonly remark: string;
    }
  /** Other letters as attachments: the letter itself is what the user wrote about them. */
  | { readonly kind: 'attached'; readonly letters: readonly Letter[] };

export interface StoryMail {
  /** Unique among all stories. */
  readonly name: string;
  readonly when: When;
  readonly letter: Letter;
  readonly way: Way;
  /** The name of the mail of this story that it answers. */
  readonly answers?: string;
  /** The name of an earlier mail that it repeats byte for byte. */
  readonly repeats?: string;
  readonly header?: Readonly<Record<string, string>>;
  readonly expect: Expectation;
}

export interface Story {
  /** As tests and docs call it, such as "Marta's renewal". */
  readonly title: string;
  /** One sentence: what it shows. */
  readonly shows: string;
  readonly mails: readonly StoryMail[];
}

/** So many days ago, at that time of day. */
export function ago(daysAgo: number, at: string): When {
  return { daysAgo, at };
}

/** So many seconds after the demo is ready. */
export function soon(secondsAfterStart: number): When {
  return { secondsAfterStart };
}

/** What a mail has beside the usual. */
type More = Partial<Pick<StoryMail, 'answers' | 'way' | 'header' | 'expect'>>;

/** A mail of a user's to these people, with the archive in Bcc. */
export function copied(
  name: string,
  when: When,
  letter: Letter,
  people: readonly Named[],
  more: More = {},
): StoryMail {
  const archived = expect.copied(letter.from, ...people);
  return { name, when, letter, way: { kind: 'bcc' }, expect: archived, ...more };
}

export interface Forwarding {
  readonly by: Named;
  readonly layout: LayoutName;
  readonly remark: string;
}

/** A letter that a user got and forwarded to the archive. */
export function forwarded(
  name: string,
  when: When,
  forwarding: Forwarding,
  letter: Letter,
  people: readonly Named[],
  more: More = {},
): StoryMail {
  const archived = expect.forwarded(forwarding.by, ...people);
  return { name, when, letter, way: { kind: 'forward', ...forwarding }, expect: archived, ...more };
}

/** A mail that came to the archive and nobody else. */
export function sent(
  name: string,
  when: When,
  letter: Letter,
  expectation: Expectation,
  more: More = {},
): StoryMail {
  return { name, when, letter, way: { kind: 'sent' }, expect: expectation, ...more };
}

const nobody: readonly Named[] = [];

export const expect = {
  copied: (owner: Named, ...people: readonly Named[]): Expectation =>
    expectation('archived', 'matched', 'copied', owner, people),
  forwarded: (owner: Named, ...people: readonly Named[]): Expectation =>
    expectation('archived', 'matched', 'forwarded', owner, people),
  unmatched: (owner: Named, capture: Capture, reason: Reason = 'no-match'): Expectation =>
    expectation('unmatched', reason, capture, owner, nobody),
  partly: (owner: Named, ...people: readonly Named[]): Expectation =>
    expectation('unmatched', 'partly-matched', 'forwarded', owner, people),
  stranger: (): Expectation => expectation('rejected', 'owner-does-not-exist', null, null, nobody),
  automatic: (): Expectation => expectation('ignored', 'automatic', null, null, nobody),
  repeated: (owner: Named): Expectation => expectation('ignored', 'duplicate', null, owner, nobody),
};

function expectation(
  outcome: Outcome,
  reason: Reason,
  capture: Capture | null,
  owner: Named | null,
  people: readonly Named[],
): Expectation {
  return { outcome, reason, capture, owner, people };
}
