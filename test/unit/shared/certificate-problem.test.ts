import { expect, test } from 'vitest';
import {
  certificateProblem,
  describeCertificate,
} from '../../../src/shared/certificate-problem.ts';

test.each([
  ['CERT_HAS_EXPIRED', 'certificate-expired'],
  ['HOSTNAME_MISMATCH', 'certificate-name'],
  ['ERR_TLS_CERT_ALTNAME_INVALID', 'certificate-name'],
  ['ERR_TLS_CERT_ALTNAME_FORMAT', 'certificate'],
  ['UNABLE_TO_VERIFY_LEAF_SIGNATURE', 'certificate-untrusted'],
  ['CERT_REVOKED', 'certificate'],
  ['CRL_HAS_EXPIRED', 'certificate'],
  ['ERR_SSL_WRONG_VERSION_NUMBER', null],
  ['ETIMEDOUT', null],
  ['', null],
])('%s means %s', (code, expected) => {
  expect(certificateProblem(code)).toBe(expected);
});

test('what Node advises is meant for whoever starts it by hand, and left out', () => {
  const said =
    'unable to verify the first certificate; if the root CA is installed locally, try running Node.js with --use-system-ca';
  const sentence = describeCertificate('certificate-untrusted', 'imap.firm.example', said);
  expect(sentence).toContain('vouches for (unable to verify the first certificate): have');
});
