import type { Zone, ZoneTrouble } from './trust-case.ts';

/** The codes with which node:dns fails. */
const CODES: Readonly<Record<ZoneTrouble, string>> = {
  timeout: 'ETIMEOUT',
  nxdomain: 'ENOTFOUND',
  servfail: 'ESERVFAIL',
};

/**
 * Answers out of a case's zone as `resolve` of node:dns/promises would: for TXT a list of records,
 * each a list of strings. Names are compared without case and trailing dot. Which names were asked
 * for, with their types, is put on `asked`.
 */
export function zoneResolver(zone: Zone, asked: string[] = []) {
  return async (name: string, type: string): Promise<string[][]> => {
    asked.push(`${type} ${name}`);
    const found = zone[name.toLowerCase().replace(/\.$/, '')] ?? 'nxdomain';
    if (typeof found === 'string') throw failure(CODES[found], type, name);
    if (type !== 'TXT' || found.length === 0) throw failure('ENODATA', type, name);
    return found.map((strings) => [...strings]);
  };
}

function failure(code: string, type: string, name: string): Error {
  return Object.assign(new Error(`query${type} ${code} ${name}`), { code, hostname: name });
}
