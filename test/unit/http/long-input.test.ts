import { expect, test } from 'vitest';
import { createForm } from '../../../src/data-cleanup/decisions/decision-forms.ts';
import { linkify } from '../../../src/emails/linkify.ts';
import { safeFileName } from '../../../src/emails/safe-file-name.ts';
import { readCsv } from '../../../src/http/read-csv.ts';
import { notTheSame } from '../../../src/people/person-form.ts';

/*
 * Input that is as long as it may be, made to be slow to read: it holds up every other request. What
 * takes seconds here runs into the limit of a test.
 */

test('as many possible duplicates as a form can name', () => {
  const others = '1,'.repeat(500_000);
  const form = createForm.parse({ lastName: 'Roe', others });
  expect(form.others.length).toBeLessThanOrEqual(100);
  expect(notTheSame({ others }).length).toBeLessThanOrEqual(100);
});

test('a file name of dots', () => {
  expect(safeFileName(`a${'.'.repeat(100_000)}b`, 'attachment')).toMatch(/^a\.+b$/);
});

test('a text that begins an address at every other sign', () => {
  const text = 'a.'.repeat(1_000_000);
  expect(linkify(text)).toEqual([{ text, href: null }]);
});

test('a table of nothing but lines is read no further than it may go on', () => {
  const read = readCsv(',\n'.repeat(400_000), ['name', 'email'], 10);
  expect(read.kind === 'rows' && read.rows.length).toBe(12);
});
