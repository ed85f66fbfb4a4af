/** What can be wrong with a server's certificate, as far as there is something else to do about it. */
export type CertificateProblem =
  'certificate' | 'certificate-untrusted' | 'certificate-expired' | 'certificate-name';

/** Names of X.509 verification results (OpenSSL's x509_verify_cert_error_string, as Node has them). */
const ANY =
  /^(ERR_TLS_CERT_|CERT_|UNABLE_TO_|DEPTH_ZERO_|SELF_SIGNED_|HOSTNAME_MISMATCH|INVALID_(CA|PURPOSE)|PATH_LENGTH_|ERROR_IN_CERT_|CRL_)/;

const BY_CODE: Readonly<Record<string, CertificateProblem>> = {
  ERR_TLS_CERT_ALTNAME_INVALID: 'certificate-name',
  HOSTNAME_MISMATCH: 'certificate-name',
  CERT_HAS_EXPIRED: 'certificate-expired',
  DEPTH_ZERO_SELF_SIGNED_CERT: 'certificate-untrusted',
  SELF_SIGNED_CERT_IN_CHAIN: 'certificate-untrusted',
  UNABLE_TO_GET_ISSUER_CERT: 'certificate-untrusted',
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: 'certificate-untrusted',
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: 'certificate-untrusted',
  CERT_UNTRUSTED: 'certificate-untrusted',
};

/** What an error's code says about a certificate; null when it is about something else. */
export function certificateProblem(code: string): CertificateProblem | null {
  return ANY.test(code) ? (BY_CODE[code] ?? 'certificate') : null;
}

/** One sentence: what is wrong with the certificate of `host`, and what to do about it. */
export function describeCertificate(
  problem: CertificateProblem,
  host: string,
  detail: string,
): string {
  return SENTENCES[problem](host, detail.replace(ADVICE_OF_NODE, ''));
}

/** It is meant for whoever starts Node by hand. */
const ADVICE_OF_NODE = /; if the root CA is installed locally, try .*$/s;

const SENTENCES: Readonly<Record<CertificateProblem, (host: string, detail: string) => string>> = {
  certificate: (host, detail) =>
    `The certificate of ${host} is not valid (${detail}): use the host name that it is made out to, or have the server's administrator renew it.`,
  'certificate-untrusted': (host, detail) =>
    `${host} shows a certificate that no known authority vouches for (${detail}): have its administrator install one that is signed, or make its authority known to Letterbook's Node (NODE_EXTRA_CA_CERTS).`,
  'certificate-expired': (host) =>
    `The certificate of ${host} has expired: have its administrator renew it, then test again.`,
  'certificate-name': (host, detail) =>
    `The certificate is made out to another name than ${host}: enter the host name that it is made out to (${detail}).`,
};
