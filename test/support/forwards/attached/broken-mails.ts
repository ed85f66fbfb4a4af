import { Buffer } from 'node:buffer';
import type { Inner } from './attached-case.ts';

/** What becomes of an attached mail on its way through programs; what a person reads is still there. */
export interface Damage {
  readonly name: string;
  /** Whether no mail is left, or none that names its sender. */
  readonly leaves: 'a mail' | 'a mail of nobody' | 'nothing';
  damage(mail: Inner): Buffer;
}

const text = (raw: Buffer) => raw.toString('latin1');
const bytes = (raw: string) => Buffer.from(raw, 'latin1');
const without = (raw: Buffer, field: string) =>
  bytes(text(raw).replace(new RegExp(`^${field}:.*\\r\\n(?:[ \\t].*\\r\\n)*`, 'm'), ''));

export const DAMAGES: readonly Damage[] = [
  {
    name: 'a line of an mbox above it',
    leaves: 'a mail',
    damage: ({ raw }) => Buffer.concat([bytes('From - Thu Nov 26 10:00:00 2026\r\n'), raw]),
  },
  {
    name: 'an empty line above it',
    leaves: 'a mail',
    damage: ({ raw }) => Buffer.concat([bytes('\r\n'), raw]),
  },
  {
    name: 'a mark of byte order above it',
    leaves: 'a mail',
    damage: ({ raw }) => Buffer.concat([Buffer.from('\ufeff'), raw]),
  },
  {
    name: 'line feeds alone',
    leaves: 'a mail',
    damage: ({ raw }) => bytes(text(raw).replaceAll('\r\n', '\n')),
  },
  {
    name: 'cut in its text',
    leaves: 'a mail',
    damage: ({ raw }) => raw.subarray(0, raw.length - 40),
  },
  {
    name: 'its header alone',
    leaves: 'a mail',
    damage: ({ raw }) => bytes(`${text(raw).split('\r\n\r\n')[0] ?? ''}\r\n`),
  },
  { name: 'no sender', leaves: 'a mail of nobody', damage: ({ raw }) => without(raw, 'From') },
  {
    name: 'two senders',
    leaves: 'a mail of nobody',
    damage: ({ raw }) =>
      bytes(text(raw).replace(/^From: /m, 'From: Ella Berg <ella@eik.example>, ')),
  },
  {
    name: 'two lines of senders',
    leaves: 'a mail of nobody',
    damage: ({ raw }) =>
      bytes(text(raw).replace(/^From: /m, 'From: Ella Berg <ella@eik.example>\r\nFrom: ')),
  },
  {
    name: 'a picture that is called a mail',
    leaves: 'nothing',
    damage: () => Buffer.from('89504e470d0a1a0a0000000d49484452', 'hex'),
  },
  {
    name: 'prose that is called a mail',
    leaves: 'nothing',
    damage: () => Buffer.from('Dear Max,\r\n\r\nfrom: jane@roe.example I heard of the doors.\r\n'),
  },
  { name: 'nothing at all', leaves: 'nothing', damage: () => Buffer.alloc(0) },
];
