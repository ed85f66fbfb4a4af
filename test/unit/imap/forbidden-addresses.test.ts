import type { LookupAddress } from 'node:dns';
import { describe, expect, it } from 'vitest';
import {
  ForbiddenAddress,
  guardedLookup,
  isForbiddenAddress,
} from '../../../src/imap/forbidden-addresses.ts';

describe('isForbiddenAddress', () => {
  it.each([
    '169.254.169.254',
    '169.254.0.1',
    '::ffff:169.254.169.254',
    '::ffff:a9fe:a9fe',
    '64:ff9b::a9fe:a9fe',
    'fd00:ec2::254',
    'FD00:0EC2:0:0::0254',
    'fd20:ce::254',
    '168.63.129.16',
    '100.100.100.200',
    '192.0.0.192',
    'fe80::1',
    'fe80::1%eth0',
    '2002:a9fe:a9fe::',
    '::169.254.169.254',
  ])('refuses %s', (address) => {
    expect(isForbiddenAddress(address)).toBe(true);
  });

  it.each(['127.0.0.1', '::1', '10.0.0.5', '192.168.1.2', '203.0.113.7', 'fd00:ec2::255', ''])(
    'lets %s pass',
    (address) => {
      expect(isForbiddenAddress(address)).toBe(false);
    },
  );
});

describe('guardedLookup', () => {
  const found = (addresses: LookupAddress[], all: boolean) =>
    new Promise<string | LookupAddress[]>((resolve, reject) => {
      const lookup = guardedLookup((_, options, callback) => {
        if (options.all === true) callback(null, addresses);
        else callback(null, addresses[0]!.address, addresses[0]!.family);
      });
      lookup('mail.example', { all }, (error, address) => {
        if (error === null) resolve(address);
        else reject(error);
      });
    });

  it('hands on what it found', async () => {
    expect(await found([{ address: '127.0.0.1', family: 4 }], false)).toBe('127.0.0.1');
    const both = [
      { address: '::1', family: 6 },
      { address: '127.0.0.1', family: 4 },
    ];
    expect(await found(both, true)).toEqual(both);
  });

  it('fails when any of the addresses is forbidden', async () => {
    const mixed = [
      { address: '203.0.113.7', family: 4 },
      { address: 'fd00:ec2::254', family: 6 },
    ];
    await expect(found(mixed, true)).rejects.toThrow(ForbiddenAddress);
    await expect(found([{ address: '169.254.169.254', family: 4 }], false)).rejects.toThrow(
      /169\.254\.169\.254/,
    );
  });

  it('hands on that there is no such name', async () => {
    const lookup = guardedLookup((_, __, callback) => callback(new Error('ENOTFOUND'), ''));
    const failure = new Promise((resolve) => lookup('mail.example', {}, resolve));
    expect(await failure).toMatchObject({ message: 'ENOTFOUND' });
  });
});
