import { expect, test } from 'vitest';
import { readForwardLines } from '../../../src/archiving/forward-block.ts';

const HEAD = ['From: Jane <jane@acme.example>', 'Date: 3 May 2026, 10:15', 'Subject: Offer'];

test('a list of recipients goes on over lines that end in a comma, or have an address', () => {
  const list = [
    'To: a@acme.example,',
    'b@acme.example',
    '<c@acme.example>',
    '  D <d@acme.example>',
  ];
  const { values, end } = readForwardLines([...HEAD, ...list, '', 'Hello'], 0);
  expect(values.get('to')).toBe(
    'a@acme.example, b@acme.example <c@acme.example> D <d@acme.example>',
  );
  expect(end).toBe(7);
});

test('a value that stands below its label is read', () => {
  const { values } = readForwardLines([...HEAD, 'To:', 'a@acme.example', 'Hello'], 0);
  expect(values.get('to')?.trim()).toBe('a@acme.example');
});

/** To look at what there was before, for each of them, would be 200,000,000,000 characters. */
test('two million lines are put together once', () => {
  const lines = [...HEAD, 'To: @,', ...Array.from({ length: 2_000_000 }, () => '@,')];
  const { values, end } = readForwardLines(lines, 0);
  expect(end).toBe(lines.length);
  expect(values.get('to')).toHaveLength(100_000);
  expect(values.get('to')).toMatch(/^@, @, @,/);
});
