import { InvalidArgumentError, Option } from 'commander';

import { canonicalAddress } from '../shared/email-address.ts';

/** Readers of option values: each throws one sentence when the value is not what it must be. */

export function readPort(text: string): number {
  const port = /^\d{1,5}$/.test(text) ? Number(text) : 0;
  if (port >= 1 && port <= 65535) return port;
  throw new InvalidArgumentError('A port is a whole number from 1 to 65535.');
}

export function readUrl(text: string): string {
  const url = URL.parse(text);
  if (url && /^https?:$/.test(url.protocol)) return url.href;
  throw new InvalidArgumentError(`"${text}" is not an address such as http://localhost:3000.`);
}

export function readSeconds(text: string): number {
  const seconds = Number(text);
  if (!Number.isFinite(seconds) || seconds <= 0) {
    throw new InvalidArgumentError('Give a number of seconds above 0.');
  }
  return seconds;
}

export function readAddress(text: string): string {
  const address = canonicalAddress(text);
  if (address === null) {
    throw new InvalidArgumentError(`"${text}" is not an email address such as dana@example.com.`);
  }
  return address;
}

export function readAddresses(text: string): string[] {
  return text.split(',').map((one) => readAddress(one));
}

/** A value that goes into a protocol line: no control characters, not empty, not endless. */
export function readLine(text: string): string {
  const value = text.trim();
  if (value === '' || value.length > 500 || /\p{Cc}/u.test(value)) {
    throw new InvalidArgumentError('Give one line of text without control characters.');
  }
  return value;
}

/** The name of a person, as the database takes it. */
export function readName(text: string): string {
  const name = readLine(text);
  if (name.length > 200) throw new InvalidArgumentError('A name has at most 200 characters.');
  return name;
}

export function securityOption(): Option {
  return new Option('--security <kind>', 'how the connection is encrypted')
    .choices(['tls', 'starttls', 'none'])
    .makeOptionMandatory();
}

export type Security = 'tls' | 'starttls' | 'none';
