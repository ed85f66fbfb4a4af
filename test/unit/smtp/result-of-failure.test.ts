import { expect, it } from 'vitest';
import { resultOfFailure } from '../../../src/smtp/result-of-failure.ts';
import type { SmtpPhase } from '../../../src/smtp/smtp-failure.ts';

it.each<[SmtpPhase, number | null, string, string]>([
  ['reach', null, 'ECONNREFUSED', 'later'],
  ['greet', 554, 'EPROTOCOL', 'later'],
  ['greet', 421, 'EPROTOCOL', 'later'],
  ['encrypt', null, 'DEPTH_ZERO_SELF_SIGNED_CERT', 'later'],
  ['encrypt', 502, 'ETLS', 'later'],
  ['sign-in', 535, 'EAUTH', 'refused sign-in'],
  ['sign-in', 454, 'EAUTH', 'later'],
  ['sign-in', null, 'EAUTH', 'refused sign-in'],
  ['sign-in', null, 'ECONNECTION', 'later'],
  ['sender', 550, 'EENVELOPE', 'refused sender'],
  ['sender', 530, 'EENVELOPE', 'refused sign-in'],
  ['sender', 451, 'EENVELOPE', 'later'],
  ['sender', null, 'ECONNECTION', 'later'],
  ['recipient', 550, 'EENVELOPE', 'refused recipient'],
  ['recipient', 452, 'EENVELOPE', 'later'],
  ['data', 554, 'EENVELOPE', 'refused data'],
  ['data', 451, 'EENVELOPE', 'later'],
  ['answer', 554, 'EMESSAGE', 'refused data'],
  ['answer', 451, 'EMESSAGE', 'later'],
  ['answer', 354, 'EMESSAGE', 'unknown'],
  ['answer', null, 'ECONNECTION', 'unknown'],
  ['answer', null, 'ETIMEDOUT', 'unknown'],
])('%s answered %s (%s) means %s', (phase, reply, code, expected) => {
  const result = resultOfFailure({ phase, reply, code, text: 'words' });
  expect(result.kind === 'refused' ? `refused ${result.at}` : result.kind).toBe(expected);
});
