import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { CommandFailure } from '../../../src/cli/command-failure.ts';
import { readCsvFile } from '../../../src/cli/read-csv-file.ts';

const COLUMNS = ['firstName', 'lastName', 'email'] as const;
const JANE = { firstName: 'Jane', lastName: 'Doe', email: 'jane@x.example' };

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'letterbook-csv-'));
});
afterAll(() => rm(folder, { recursive: true }));

async function read(content: string | Buffer) {
  const path = join(folder, 'file.csv');
  await writeFile(path, content);
  return await readCsvFile(path, COLUMNS);
}

const values = async (content: string | Buffer) => (await read(content)).map((row) => row.values);

describe('columns', () => {
  test.each([
    ['without a header', 'Jane,Doe,jane@x.example\n'],
    ['with one', 'firstName,lastName,email\nJane,Doe,jane@x.example\n'],
    ['in another order', 'email,lastName,firstName\r\njane@x.example,Doe,Jane\r\n'],
    ['parted by semicolons', 'Jane;Doe;jane@x.example\n'],
    ['parted by tabs', 'firstName\tlastName\temail\nJane\tDoe\tjane@x.example\n'],
    ['written as people do', 'First Name,LAST_NAME,E-mail\nJane,Doe,jane@x.example'],
    ['beside others', 'id,Email,firstname,phone,last-name\n1,jane@x.example,Jane,0,Doe\n'],
    ['after a byte order mark', '\ufeffemail,firstName,lastName\njane@x.example,Jane,Doe\n'],
    ['after a byte order mark alone', '\ufeffJane,Doe,jane@x.example\n'],
    ['with spaces around', ' Jane , Doe , jane@x.example \n\n'],
    ['in quotes', '"Jane","Doe","jane@x.example"'],
  ])('%s', async (_name, content) => {
    expect(await values(content)).toEqual([JANE]);
  });

  test('that are missing are empty', async () => {
    const [, jane] = await values('firstName,email\nJoe,joe@x.example\nJane\n');
    expect(jane).toEqual({ firstName: 'Jane', lastName: '', email: '' });
    const withoutNames = [{ firstName: '', lastName: '', email: 'jane@x.example' }];
    expect(await values('email\njane@x.example\n')).toEqual(withoutNames);
  });
});

test('an empty file, or a header alone, has no rows', async () => {
  expect(await read('')).toEqual([]);
  expect(await read('\n\n')).toEqual([]);
  expect(await read('firstName,lastName,email\n')).toEqual([]);
});

test('rows know the line that they begin on, past empty ones and lines within quotes', async () => {
  const lines = ['email', 'a@x.example', '', '"b', '"', 'c@x.example', '', '', '"d', '', '"', 'e'];
  for (const end of ['\n', '\r\n']) {
    const rows = await read(lines.join(end));
    expect(rows.map(({ line, values: { email } }) => [line, email.trim()])).toEqual([
      [2, 'a@x.example'],
      [4, 'b'],
      [6, 'c@x.example'],
      [9, 'd'],
      [12, 'e'],
    ]);
  }
});

test('every character is kept', async () => {
  const [row] = await values('"O\'Brien, ""Bob""",Ünïcode 🦊,bob@x.example');
  expect(row).toMatchObject({ firstName: 'O\'Brien, "Bob"', lastName: 'Ünïcode 🦊' });
});

describe('what is no such file is refused with a sentence', () => {
  test.each([
    ['Latin-1', Buffer.from('Jürgen,Doe,j@x.example\n', 'latin1'), /not in UTF-8: save it as/],
    ['UTF-16', Buffer.from('\ufeffJane,Doe,j@x.example\n', 'utf16le'), /not in UTF-8/],
    ['a quote that does not end', 'Jane,"Doe,j@x.example\n', /is not a CSV file: .*line 1/],
    [
      'no list of addresses',
      'Dear all,\nplease find below\n',
      /^No line of .*file\.csv has an email/,
    ],
    ['a quote in the middle', 'Jane,Do"e,j@x.example\n', /is not a CSV file: .*line 1/],
  ])('%s', async (_name, content, sentence) => {
    await expect(read(content)).rejects.toThrow(CommandFailure);
    await expect(read(content)).rejects.toThrow(sentence);
  });

  test('one that is not there', async () => {
    const path = join(folder, 'none.csv');
    await expect(readCsvFile(path, COLUMNS)).rejects.toThrow(/none.csv can't be read \(ENOENT\)/);
    await expect(readCsvFile(folder, COLUMNS)).rejects.toThrow(/can't be read \(EISDIR\)/);
  });
});
