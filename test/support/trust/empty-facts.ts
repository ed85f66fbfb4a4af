import type { Facts } from '../../../src/archiving/facts.ts';
import type { ParsedMail } from '../../../src/archiving/parsed-mail.ts';

const mail: Omit<ParsedMail, 'header'> = {
  partPath: '',
  text: '',
  textFromHtml: false,
  html: null,
  bodyParts: [],
  textTruncated: false,
  attachments: [],
  forwarded: [],
  mailsLeftOut: 0,
};

const facts: Facts = {
  archiveAddresses: new Set(),
  ownAddresses: new Set(),
  instanceId: '',
  usersByAddress: new Map(),
  peopleByAddress: new Map(),
  ignoredSenders: new Set(),
  rulesByPattern: new Map(),
  sameFingerprint: [],
  trustPolicy: 'warn',
  trust: { kind: 'not-checked' },
  letIn: null,
  ignoreColleaguesOnly: false,
  receivedBeforeSetUp: false,
};

/** Nothing known at all: what a case does not speak of. */
export const emptyFacts = { mail, facts };
