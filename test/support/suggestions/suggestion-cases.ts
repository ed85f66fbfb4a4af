import { COLLEAGUE_ANSWER_CASES } from './colleague-answer-cases.ts';
import { CO_RECIPIENT_CASES } from './co-recipient-cases.ts';
import { CONVERSATION_CASES } from './conversation-cases.ts';
import { CROWDED_CASES } from './crowded-cases.ts';
import { FREE_MAIL_CASES } from './free-mail-cases.ts';
import { HOMONYM_CASES } from './homonym-cases.ts';
import { HOSTILE_CASES } from './hostile-cases.ts';
import { LINKED_LATELY_CASES } from './linked-lately-cases.ts';
import { NAME_FORM_CASES } from './name-form-cases.ts';
import { NOBODY_CASES } from './nobody-cases.ts';
import { OTHER_SCRIPT_CASES } from './other-script-cases.ts';
import { ROLE_ADDRESS_CASES } from './role-address-cases.ts';
import { SAME_DOMAIN_CASES } from './same-domain-cases.ts';
import type { SuggestionCase } from './suggestion-case.ts';
import { TYPO_CASES } from './typo-cases.ts';

/**
 * Unknown addresses and whom a person would take them for. Written from what mail is like, before
 * there was a ranking to judge by them. The same every time.
 */
export const SUGGESTION_CASES: readonly SuggestionCase[] = [
  ...CONVERSATION_CASES,
  ...COLLEAGUE_ANSWER_CASES,
  ...NAME_FORM_CASES,
  ...OTHER_SCRIPT_CASES,
  ...TYPO_CASES,
  ...SAME_DOMAIN_CASES,
  ...FREE_MAIL_CASES,
  ...CO_RECIPIENT_CASES,
  ...LINKED_LATELY_CASES,
  ...HOMONYM_CASES,
  ...ROLE_ADDRESS_CASES,
  ...NOBODY_CASES,
  ...HOSTILE_CASES,
  ...CROWDED_CASES,
];
