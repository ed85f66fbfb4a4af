import { generate } from 'selfsigned';

export interface Certificate {
  readonly key: string;
  /** PEM. A client that is given it as its CA trusts the server, others must not. */
  readonly cert: string;
}

/** When a certificate is good; from now on for a year unless told. */
export interface Validity {
  readonly notBeforeDate?: Date;
  readonly notAfterDate?: Date;
}

/** A fresh certificate for `localhost` and 127.0.0.1 that nobody has reason to trust. */
export async function selfSignedCertificate(validity: Validity = {}): Promise<Certificate> {
  const made = await generate([{ name: 'commonName', value: 'localhost' }], {
    keyType: 'ec',
    algorithm: 'sha256',
    ...validity,
    extensions: [
      { name: 'basicConstraints', cA: true, critical: true },
      {
        name: 'subjectAltName',
        altNames: [
          { type: 2, value: 'localhost' },
          { type: 7, ip: '127.0.0.1' },
        ],
      },
    ],
  });
  return { key: made.private, cert: made.cert };
}
