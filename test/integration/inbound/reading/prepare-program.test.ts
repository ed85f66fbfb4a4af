import { mkdtemp, readdir, readFile, rm, stat, utimes, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { prepareProgram } from '../../../../src/inbound/reading/prepare-program.ts';
import { ReadingChild } from '../../../../src/inbound/reading/reading-child.ts';

const MAIL = Buffer.from('From: ann@firm.example\r\nSubject: Hello\r\n\r\nText\r\n');

let folder: string;
let warnings: string[];
const log = { warn: (_fields: object, message: string) => void warnings.push(message) };

beforeEach(async () => {
  folder = await mkdtemp(path.join(os.tmpdir(), 'letterbook-program-'));
  warnings = [];
});

afterEach(async () => {
  await rm(folder, { recursive: true, force: true });
});

/** @returns the subject that a process with this program reads. */
async function readWith(program: string): Promise<unknown> {
  const child = await ReadingChild.start(program, 450);
  try {
    const { payloads, killed } = await child.ask(
      [
        [
          { kind: 'chunk', payload: MAIL },
          { kind: 'read', payload: Buffer.alloc(0) },
        ],
      ],
      { count: 1, deadlineMs: 10_000, asked: undefined },
    );
    const [payload] = payloads;
    return payload ? JSON.parse(payload.toString()) : killed;
  } finally {
    await child.end();
  }
}

async function description(): Promise<{
  name: string;
  inputs: Record<string, string>;
  outputs: object;
}> {
  return JSON.parse(await readFile(path.join(folder, 'built.json'), 'utf8')) as never;
}

test('what is built reads mail as the sources do', async () => {
  const built = await prepareProgram(log, folder);
  expect(built.startsWith(folder)).toBe(true);
  const source = path.resolve('src/inbound/reading/child-main.ts');
  const read = await readWith(built);
  expect(read).toMatchObject({ kind: 'mail', mail: { header: { subject: 'Hello' } } });
  expect(read).toEqual(await readWith(source));
  expect(warnings).toEqual([]);
});

test('it is built once, and anew when a source or what npm installed has changed', async () => {
  const first = await prepareProgram(log, folder);
  const { mtimeMs } = await stat(first);
  expect(await prepareProgram(log, folder)).toBe(first);
  expect((await stat(first)).mtimeMs).toBe(mtimeMs);
  const { name, inputs, outputs } = await description();
  expect(Object.keys(inputs)).toEqual(
    expect.arrayContaining([
      'src/inbound/reading/child-main.ts',
      'src/inbound/reading/orphan-watch.ts',
      'src/trust/check-sender.ts',
      'node_modules/.package-lock.json',
    ]),
  );
  for (const changed of ['src/archiving/read-header.ts', 'node_modules/.package-lock.json']) {
    const other = { ...inputs, [changed]: 'what it was before' };
    await writeFile(
      path.join(folder, 'built.json'),
      JSON.stringify({ name, inputs: other, outputs }),
    );
    expect(await prepareProgram(log, folder)).not.toBe(first);
    expect((await description()).inputs).toEqual(inputs);
  }
});

test.each([
  ['an empty program', 'child-main.mjs', ''],
  ['no program', 'child-main.mjs', null],
  ['half of a part that is needed later', /^check-sender/, 'export'],
  ['no watch over the parent', 'orphan-watch.mjs', null],
])('a damaged build is made again: %s', async (_name, wanted, content) => {
  const folderOfFirst = path.dirname(await prepareProgram(log, folder));
  const names = await readdir(folderOfFirst);
  const name = names.find((one) => (wanted instanceof RegExp ? wanted.test(one) : one === wanted));
  const file = path.join(folderOfFirst, name ?? 'missing');
  await (content === null ? rm(file) : writeFile(file, content));
  const again = await prepareProgram(log, folder);
  expect(path.dirname(again)).not.toBe(folderOfFirst);
  expect(await readWith(again)).toMatchObject({ kind: 'mail' });
  expect(warnings).toEqual([]);
});

test('a description that cannot be understood is none', async () => {
  for (const broken of ['{"name":"../..","inputs":{},"outputs":{}}', '{', '']) {
    await writeFile(path.join(folder, 'built.json'), broken);
    expect(await readWith(await prepareProgram(log, folder))).toMatchObject({ kind: 'mail' });
  }
  expect(warnings).toEqual([]);
});

test('who asks at the same time gets the same one, and old builds go', async () => {
  const old = path.join(folder, 'build-before');
  await writeFile(old, 'old');
  await utimes(old, new Date('2020-01-01'), new Date('2020-01-01'));
  const all = await Promise.all([1, 2, 3].map(async () => await prepareProgram(log, folder)));
  expect(new Set(all).size).toBe(1);
  expect(await readWith(all[0] ?? '')).toMatchObject({ kind: 'mail' });
  expect(await readdir(folder)).toHaveLength(2);
  expect(warnings).toEqual([]);
});

test('where nothing can be built the sources are run, and the log says so once', async () => {
  const blocked = path.join(folder, 'file');
  await writeFile(blocked, '');
  const program = await prepareProgram(log, path.join(blocked, 'below'));
  expect(program).toBe(path.resolve('src/inbound/reading/child-main.ts'));
  expect(await readWith(program)).toMatchObject({ kind: 'mail' });
  expect(await prepareProgram(log, path.join(blocked, 'below'))).toBe(program);
  expect(warnings).toEqual([expect.stringContaining('reading mail begins slower')]);
});
