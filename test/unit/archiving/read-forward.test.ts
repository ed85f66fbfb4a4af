import { describe, expect, test } from 'vitest';
import type { ForwardedBlock } from '../../../src/archiving/parsed-mail.ts';
import { readForward } from '../../../src/archiving/read-forward.ts';
import { BODY, LAYOUTS, REMARK } from './forward-layouts.ts';

function find(text: string, html: string | null = null): ForwardedBlock | null {
  const reading = readForward({ text, html });
  return reading.kind === 'found' ? reading.block : null;
}

const EXPECTED = {
  from: { address: 'jane@acme.example', name: 'Jane Roe' },
  to: [
    { address: 'dana@house.example', name: 'Dana Dale' },
    { address: 'tom@house.example', name: 'Tom' },
  ],
  cc: [],
  subject: 'Offer 4711',
  remark: REMARK,
};

describe('the layouts of the common mail programs', () => {
  test.each(LAYOUTS)('$name, in the text', ({ text }) => {
    expect(find(text)).toMatchObject({ ...EXPECTED, body: BODY, foundIn: 'text' });
  });

  test.each(LAYOUTS)('$name, in the HTML', ({ html }) => {
    const block = find('', html);
    expect(block).toMatchObject({ ...EXPECTED, foundIn: 'html' });
    expect(block?.body.replace(/\s+/g, ' ')).toBe(BODY.replace(/\s+/g, ' '));
  });
});

describe('header lines', () => {
  const block = (lines: string) =>
    find(`---------- Forwarded message ---------\n${lines}\nSubject: Offer\n\nHello`);

  test.each([
    ['From: "Roe, Jane" <jane@acme.example>', 'Roe, Jane'],
    ['From: Roe, Jane <jane@acme.example>', 'Roe, Jane'],
    ['From: Jane Roe [mailto:jane@acme.example]', 'Jane Roe'],
    ['From: Jane Roe [jane@acme.example]', 'Jane Roe'],
    ['From: Jane Roe <jane@acme.example<mailto:jane@acme.example>>', 'Jane Roe'],
    ["From: 'Jane Roe' <jane@acme.example>", 'Jane Roe'],
    ['From: jane@acme.example <jane@acme.example>', ''],
    ['From: jane@acme.example', ''],
    ['*From:* Jane Roe <Jane@ACME.example>', 'Jane Roe'],
    ['From: Jane Roe\n <jane@acme.example>', 'Jane Roe'],
    ['From: boss@house.example <jane@acme.example>', 'boss@house.example'],
  ])('sender in %j', (line, name) => {
    expect(block(line)?.from).toEqual({ address: 'jane@acme.example', name });
  });

  test.each([
    'From: Jane Roe',
    'From: Jane <jane@acme.example>, Bob <bob@acme.example>',
    'From: Jane <jane@acme.example> on behalf of Bob <bob@acme.example>',
    'From: jane at acme.example',
  ])('no sender is guessed from %j', (line) => {
    expect(block(line)).toMatchObject({ from: null, subject: 'Offer' });
  });

  test('several recipients, wrapped by the mail program, and Cc', () => {
    const found = block(
      'From: jane@acme.example\nDate: Tue, 1 Jul 2025 10:00:00 +0200\nTo: Dana <dana@house.example>,\nTom <tom@house.example>, Una\n<una@acme.example>\nCc: vic@acme.example; wes@acme.example',
    );
    expect(found?.to.map(({ address }) => address)).toEqual([
      'dana@house.example',
      'tom@house.example',
      'una@acme.example',
    ]);
    expect(found?.cc.map(({ address }) => address)).toEqual([
      'vic@acme.example',
      'wes@acme.example',
    ]);
    expect(found).toMatchObject({ date: '2025-07-01T08:00:00.000Z', body: 'Hello' });
  });

  test('a date without a zone stays as it was written', () => {
    expect(block('From: a@acme.example\nDate: Tue, 1 Jul 2025 at 10:00')).toMatchObject({
      dateRaw: 'Tue, 1 Jul 2025 at 10:00',
      date: null,
    });
  });

  test('lines with an empty line after each', () => {
    const found = find(
      'fyi\n\nFrom: Jane <jane@acme.example>\n\nSent: Tuesday\n\nTo: dana@house.example\n\nSubject: Offer\n\nTo: everybody',
    );
    expect(found).toMatchObject({ subject: 'Offer', body: 'To: everybody', remark: 'fyi' });
  });

  test('the text may begin with something like a header line', () => {
    expect(block('From: jane@acme.example\nTo: dana@house.example')?.body).toBe('Hello');
    const found = find(
      '---------- Forwarded message ---------\nFrom: jane@acme.example\nSubject: Offer\n\nTo: mallory@evil.example\nHello',
    );
    expect(found?.to).toEqual([]);
    expect(found?.body).toBe('To: mallory@evil.example\nHello');
  });

  test('a rule above an unannounced block is no remark', () => {
    const found = find(
      'fyi\n\n-----Original Message-----\nFrom: jane@acme.example\nSent: Tuesday\nTo: d@house.example\nSubject: Offer\n\nHello',
    );
    expect(found).toMatchObject({ remark: 'fyi', body: 'Hello' });
  });

  test('an Outlook link shows a name only: its address stands in the link', () => {
    const html =
      '<p><b>From:</b> <a href="mailto:jane@acme.example">Jane Roe</a><br><b>Sent:</b> Tuesday<br><b>To:</b> Dana<br><b>Subject:</b> Offer</p><p>Hello</p>';
    expect(find('', html)?.from).toEqual({ address: 'jane@acme.example', name: 'Jane Roe' });
  });
});

describe('which block counts', () => {
  const block = (from: string, body: string) =>
    `---------- Forwarded message ---------\nFrom: ${from}\nDate: today\nSubject: s\nTo: t@house.example\n\n${body}`;

  test('the outermost of nested ones', () => {
    const found = find(`hi\n\n${block('outer@acme.example', block('inner@acme.example', 'deep'))}`);
    expect(found?.from?.address).toBe('outer@acme.example');
    expect(found?.body).toContain('inner@acme.example');
  });

  test('text before HTML, but HTML when only it names the sender', () => {
    const text = block('Jane Roe', 'Hello');
    const html = `<div>${block('jane@acme.example', 'Hello').replaceAll('\n', '<br>')}</div>`;
    expect(find(text, html)).toMatchObject({ foundIn: 'html' });
    expect(find(block('jane@acme.example', 'Hello'), html)).toMatchObject({ foundIn: 'text' });
  });

  test.each([
    ['nothing', ''],
    ['a plain note', 'Please call Jane <jane@acme.example> about the offer.'],
    [
      'a quoted answer',
      'Thanks!\n\nOn Tue, 1 Jul 2025 at 10:00, Jane Roe <jane@acme.example> wrote:\n> Hello\n> Bye',
    ],
    [
      'a quoted answer in German',
      'Danke!\n\nAm 01.07.2025 um 10:00 schrieb Jane Roe <jane@acme.example>:\n> Hallo',
    ],
    [
      'a header inside a quoted answer',
      'Thanks!\n\nOn Tue, "Jane" <jane@acme.example> wrote:\n> From: bob@acme.example\n> Sent: Monday\n> To: x@acme.example\n> Subject: s\n>\n> hi',
    ],
    [
      'an unquoted header below an attribution',
      'Thanks!\n\nOn Tue, "Jane" <jane@acme.example> wrote:\nFrom: bob@acme.example\nSent: Monday\nTo: x@acme.example\nSubject: s\n\nhi',
    ],
    ['a single line like a header', 'From: our talk with bob@acme.example\n\nwe learned much.'],
    ['a separator without a header', '---------- Forwarded message ---------\n\nHello there'],
    ['a rule of underscores above a signature', 'Hello\n\n________________________________\nJane'],
  ])('none in %s', (_name, text) => {
    expect(readForward({ text, html: null })).toEqual({ kind: 'none' });
  });
});
