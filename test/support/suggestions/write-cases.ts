import { type Crowd, writeCrowd } from './crowd.ts';
import type {
  ArchivedEmail,
  KnownAccount,
  KnownPerson,
  Mailbox,
  Participant,
  SuggestionCase,
  Theme,
} from './suggestion-case.ts';

/** A case as its author writes it: what is left out is filled in and says nothing. */
export interface CaseDraft {
  readonly id: string;
  readonly why: string;
  readonly unknown: Participant;
  readonly expected: string;
  readonly alsoAcceptable?: readonly string[];
  readonly user?: Mailbox;
  readonly subject?: string;
  readonly text?: string;
  /** The References of the mail; its In-Reply-To is the last of them unless `inReplyTo` is given. */
  readonly references?: readonly string[];
  readonly inReplyTo?: string;
  /** The user need not be named. */
  readonly others?: readonly Participant[];
  readonly people: readonly KnownPerson[];
  readonly accounts?: readonly KnownAccount[];
  readonly archived?: readonly ArchivedEmail[];
  /** People who have nothing to do with it. Eight of them unless more are asked for. */
  readonly crowd?: Crowd;
}

const USER: Mailbox = { name: 'Dana Levi', address: 'dana.levi@letterbook.example' };
const FIRST_SENT = Date.parse('2026-11-23T08:00:00Z');
const MINUTE = 60_000;

const PROSE: readonly (readonly [string, string])[] = [
  ['Thursday', 'Good morning,\n\nThursday at ten suits us. Who opens the gate?\n'],
  ['Quotation for the second floor', 'Hello,\n\nwe need the price until Friday. Thank you.\n'],
  ['Documents', 'Please find the documents attached.\n'],
  ['Short question', 'Hi,\n\ncan you call me back this afternoon?\n\nBest regards\n'],
  ['Change of delivery date', 'Hello,\n\nthe second pallet comes a week later.\n\nKind regards\n'],
];

/**
 * The cases of a theme. Three in ten of them are held out, by their place in the list, so that a case
 * added at its end moves none of the others.
 */
export function writeCases(theme: Theme, drafts: readonly CaseDraft[]): SuggestionCase[] {
  return drafts.map((draft, index) => writeCase(theme, draft, index));
}

function writeCase(theme: Theme, draft: CaseDraft, index: number): SuggestionCase {
  const id = `${theme}/${draft.id}`;
  const user = draft.user ?? USER;
  const references = draft.references ?? [];
  const [subject, text] = PROSE[index % PROSE.length]!;
  const named = draft.people.map((each) => `${each.firstName} ${each.lastName}`);
  const crowd = writeCrowd(id, draft.crowd ?? { count: 8 }, [
    draft.unknown.name,
    draft.unknown.address,
    ...named,
  ]);
  return {
    id,
    theme,
    heldOut: [1, 4, 8].includes(index % 10),
    why: draft.why,
    user,
    unmatched: draft.unknown,
    mail: {
      subject: draft.subject ?? subject,
      sentAt: new Date(FIRST_SENT + index * 37 * MINUTE).toISOString(),
      text: draft.text ?? text,
      messageId: `<${draft.id}.${theme}@mail.letterbook.example>`,
      inReplyTo: draft.inReplyTo ?? references.at(-1) ?? null,
      references,
    },
    others: withUser(draft, user),
    people: [...draft.people, ...crowd],
    accounts: draft.accounts ?? [],
    archived: draft.archived ?? [],
    expected: draft.expected,
    alsoAcceptable: draft.alsoAcceptable ?? [],
  };
}

/** The user wrote it where nobody else did, and got it where the author does not name him. */
function withUser({ unknown, others = [] }: CaseDraft, user: Mailbox): readonly Participant[] {
  if (others.some((each) => each.address === user.address)) return others;
  const written = [unknown, ...others].some((each) => each.role === 'from');
  return [{ ...user, role: written ? 'to' : 'from' }, ...others];
}
