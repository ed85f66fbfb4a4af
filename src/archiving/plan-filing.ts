import { applyRules, type RuledEmail } from './apply-rules.ts';
import { automaticSigns, isAutomatic, type AutomaticSign } from './automatic-signs.ts';
import { decideBounce } from './decide-bounce.ts';
import { decideOutcome, type Decision, type Situation } from './decide-outcome.ts';
import { detectCapture, type Captured } from './detect-capture.ts';
import { extractCorrespondents } from './extract-correspondents.ts';
import type { Facts } from './facts.ts';
import type { FilingPlan } from './filing-plan.ts';
import { findDuplicate } from './find-duplicate.ts';
import { identifyOwner, type Ownership } from './identify-owner.ts';
import type { SenderJudgement } from './judge-evidence.ts';
import { isHeldBack, judgeSender } from './judge-sender.ts';
import { isOnlyColleagues, judgeUnmatched } from './judge-unmatched.ts';
import { likelyLanguage } from './likely-language.ts';
import { matchCorrespondents, matchedAddresses } from './match-correspondents.ts';
import type { ForwardReading, ParsedMail, ReadMailResult } from './parsed-mail.ts';
import type { PlannedEmail } from './planned-email.ts';
import { screenMessage, type Screening } from './screen-message.ts';
import { makeTrace, type TraceStep } from './trace.ts';

/** What the steps before matching found about one message. */
interface Findings {
  readonly mail: ParsedMail;
  readonly signs: readonly AutomaticSign[];
  readonly screening: Screening;
  readonly owner: Ownership;
  readonly sender: SenderJudgement;
  readonly duplicateOf: number | null;
}

type UnreadableMail = Extract<ReadMailResult, { kind: 'unreadable' }>;

/** How an owner's message was taken apart; null where nobody owns it or it was not fit to be. */
interface Filing {
  readonly captured: Captured;
  readonly ruled: readonly RuledEmail[];
  /** Those that no never-archive rule keeps out. */
  readonly emails: readonly PlannedEmail[];
}

const UNREADABLE: Situation = {
  screening: 'unreadable',
  duplicate: false,
  hasOwner: false,
  automatic: false,
  verdict: 'unknown',
  ignoredSender: false,
  heldBack: false,
  neverArchived: false,
  ignoredByRule: false,
  states: [],
  unmatchedReason: 'nobody-on-it',
};

/**
 * Decides all about one message: runs the steps in their order and says what is to be written and
 * whom to tell. Pure: the same input always gives the same plan.
 *
 * @param read what reading the original gave
 * @param forward what searching the text gave, where wantsForwardReading asked for it, else null
 * @param facts must cover addressesToLookUp(mail, forward)
 */
export function planFiling(
  read: ReadMailResult,
  forward: ForwardReading | null,
  facts: Facts,
): FilingPlan {
  if (read.kind === 'unreadable') return planUnreadable(read, facts);
  const found = look(read.mail, facts);
  const filing = file(found, forward, facts);
  const decision = decideOutcome(situationOf(found, filing, facts));
  return makePlan(found, filing, decision, facts);
}

function look(mail: ParsedMail, facts: Facts): Findings {
  const owner = identifyOwner(mail, facts);
  const signs = automaticSigns(mail, owner.address, facts);
  const screening = screenMessage(mail, signs, facts);
  const duplicateOf = findDuplicate(owner, facts)?.inboundMessageId ?? null;
  return { mail, signs, screening, owner, sender: judgeSender(facts), duplicateOf };
}

function file(found: Findings, forward: ForwardReading | null, facts: Facts): Filing | null {
  const { mail, owner, screening } = found;
  if (screening.kind !== 'fit' || owner.kind === 'nobody') return null;
  const captured = detectCapture(mail, forward, owner, facts);
  const drafts = extractCorrespondents(mail, captured, owner, facts);
  const ruled = drafts.map((draft) => applyRules(draft, owner.userId, facts));
  const kept = ruled.filter(({ neverArchived }) => !neverArchived);
  return { captured, ruled, emails: kept.map(({ draft }) => matchCorrespondents(draft, facts)) };
}

function situationOf(found: Findings, filing: Filing | null, facts: Facts): Situation {
  const { screening, duplicateOf, owner, signs, sender } = found;
  return {
    screening: screening.kind,
    duplicate: duplicateOf !== null,
    hasOwner: owner.kind === 'owner',
    automatic: isAutomatic(signs),
    verdict: sender.verdict,
    ignoredSender: facts.ignoredSenders.has(owner.address),
    heldBack: isHeldBack(sender.verdict, facts),
    neverArchived: filing?.ruled.every(({ neverArchived }) => neverArchived) ?? false,
    ignoredByRule:
      facts.ignoreColleaguesOnly &&
      filing !== null &&
      isOnlyColleagues(filing.captured, filing.emails),
    states: filing?.emails.map((email) => email.state) ?? [],
    unmatchedReason:
      filing === null ? 'nobody-on-it' : judgeUnmatched(filing.captured, filing.emails),
  };
}

function makePlan(
  found: Findings,
  filing: Filing | null,
  decision: Decision,
  facts: Facts,
): FilingPlan {
  const { mail, owner } = found;
  const filed = decision.outcome === 'archived' || decision.outcome === 'unmatched';
  const emails = filed ? (filing?.emails ?? []) : [];
  const bounce = decideBounce(decision.line, owner.address, found.signs, facts);
  const steps: TraceStep[] = [
    ...traceFindings(found),
    ...(filing === null ? [] : [...traceCapture(filing.captured), ...traceRules(filing.ruled)]),
    { step: 'bounce', verdict: bounce.kind, why: bounce.why },
  ];
  return {
    outcome: decision.outcome,
    reason: decision.reason,
    capture: filed ? (filing?.captured.capture ?? null) : null,
    ownerId: owner.kind === 'owner' ? owner.userId : null,
    fromAddress: owner.address === '' ? null : owner.address,
    subject: mail.header.subject,
    messageId: mail.header.messageId,
    verdict: found.sender.verdict,
    emails,
    matchedAddresses: matchedAddresses(emails, facts),
    bounce: bounce.kind === 'bounce' ? { to: bounce.to, language: likelyLanguage(mail) } : null,
    trace: makeTrace(decision, steps, emails, facts),
  };
}

function traceFindings({ screening, owner, sender, duplicateOf, signs }: Findings): TraceStep[] {
  const repeats = duplicateOf === null ? null : `Message ${String(duplicateOf)}`;
  const seen = signs.slice(0, 5).map(({ sign }) => sign);
  return [
    {
      step: 'read',
      verdict: 'mail',
      why: `Signs that no answer is wanted: ${seen.join('; ') || 'none'}.`,
    },
    { step: 'screen', verdict: screening.kind, why: screening.why },
    { step: 'owner', verdict: owner.kind, why: owner.why },
    { step: 'trust', verdict: sender.verdict, why: sender.why },
    {
      step: 'duplicate',
      verdict: repeats === null ? 'no' : 'yes',
      why: repeats === null ? 'Not seen before.' : `${repeats} of the same owner is the same mail.`,
    },
  ];
}

function traceCapture(captured: Captured): TraceStep[] {
  const { capture, by, why } = captured;
  const step: TraceStep = { step: 'capture', verdict: `${capture} (${by})`, why };
  const notRead = by === 'parts' || by === 'nothing' ? captured.notRead : 0;
  if (notRead === 0) return [step];
  const left = `${String(notRead)} attached mail(s) not read: too many, or not readable.`;
  return [step, { step: 'attached', verdict: 'not-read', why: left }];
}

/** Which never-archive rules applied, if any did, and whether to all of it. */
function traceRules(ruled: readonly RuledEmail[]): TraceStep[] {
  const rules = [...new Set(ruled.flatMap((one) => one.rules))];
  if (rules.length === 0) return [];
  const ignored = ruled.filter(({ neverArchived }) => neverArchived).length;
  const verdict = ignored === 0 ? 'recorded' : ignored < ruled.length ? 'left-out' : 'ignored';
  const named = rules.map(
    ({ ruleId, userId, pattern }) =>
      `${pattern} (rule ${String(ruleId)}, ${userId === null ? 'for all users' : "the owner's own"})`,
  );
  return [{ step: 'rules', verdict, why: `${named.join('; ')}.` }];
}

/** Its header is only repeated: with the rest unreadable, nobody is known to own it. */
function planUnreadable({ why, header }: UnreadableMail, facts: Facts): FilingPlan {
  const decision = decideOutcome(UNREADABLE);
  return {
    outcome: decision.outcome,
    reason: decision.reason,
    capture: null,
    ownerId: null,
    fromAddress: header?.from[0]?.address ?? null,
    subject: header?.subject ?? '',
    messageId: header?.messageId ?? null,
    verdict: UNREADABLE.verdict,
    emails: [],
    matchedAddresses: [],
    bounce: null,
    trace: makeTrace(decision, [{ step: 'read', verdict: 'unreadable', why }], [], facts),
  };
}
