import { expect } from 'vitest';
import type { CommandResult, Installation, RunOptions } from '../../support/installation.ts';

/** Runs a command that must fail with that code; @returns the one sentence it says. */
export async function failing(
  installation: Installation,
  expected: 1 | 2,
  args: readonly string[],
  options: RunOptions = {},
): Promise<string> {
  const { stderr } = await installation.run(args, { ...options, expected });
  expect(stderr, 'no stack').not.toMatch(/\n\s+at |Error:/);
  expect(stderr, 'no SQL').not.toMatch(/\b(insert into|select .* from|update .* set)\b/i);
  expect(stderr.trimEnd().split('\n').length, stderr).toBe(1);
  expect(stderr.trim(), 'a sentence').toMatch(/^.{15,}[.?)]$/);
  return stderr.trim();
}

/** Runs it and @returns what it prints; on standard error it says nothing. */
export async function printed(
  installation: Installation,
  args: readonly string[],
  options: RunOptions = {},
): Promise<string> {
  const { stdout, stderr }: CommandResult = await installation.run(args, options);
  expect(stderr).toBe('');
  return stdout;
}

export const OUTGOING = [
  ...['outgoing', 'set', '--host', 'smtp.firm.example', '--port', '587'],
  ...['--security', 'starttls', '--username', 'crm', '--from', 'crm@firm.example'],
];

export const MAILBOX = [
  ...['mailbox', 'set', '--host', 'imap.firm.example', '--port', '993', '--security', 'tls'],
  ...['--username', 'archive', '--archive-address', 'archive@firm.example,log@firm.example'],
  ...['--after', 'move:Done', '--existing', 'archive'],
];

/** The same options with other values. */
export function withOptions(
  args: readonly string[],
  changes: Readonly<Record<string, string>>,
): string[] {
  const changed = [...args];
  for (const [option, value] of Object.entries(changes)) {
    const at = changed.indexOf(`--${option}`);
    if (at < 0) changed.push(`--${option}`, value);
    else changed[at + 1] = value;
  }
  return changed;
}

export function without(args: readonly string[], option: string): string[] {
  return args.toSpliced(args.indexOf(`--${option}`), 2);
}
