import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { composeBounce, type BounceInput } from '../../../src/archiving/compose-bounce.ts';
import { BOUNCE_WORDS } from '../../../src/archiving/bounce-words.ts';
import type { BounceLanguage } from '../../../src/archiving/likely-language.ts';
import { isOwnMessageId } from '../../../src/archiving/own-message-id.ts';
import { ARCHIVE, INSTANCE, OUTGOING, STRANGER } from './samples.ts';

const input: BounceInput = {
  to: STRANGER,
  originalMessageId: '<42@elsewhere.example>',
  originalSubject: 'Your offer',
  archiveAddress: ARCHIVE,
  usedAddress: STRANGER,
  fromName: 'Firm',
  fromAddress: OUTGOING,
  instanceId: INSTANCE,
  at: new Date('2025-03-03T09:00:00Z'),
  id: 7,
  language: 'en',
};

describe('composeBounce', () => {
  const bounce = composeBounce(input);

  it('is an automatic answer with a null sender', () => {
    expect(bounce).toMatchObject({
      envelopeFrom: '',
      to: STRANGER,
      from: { name: 'Firm', address: OUTGOING },
      subject: 'Owner of the message does not exist: Your offer',
      inReplyTo: '<42@elsewhere.example>',
      headers: {
        Date: 'Mon, 03 Mar 2025 09:00:00 +0000',
        'Auto-Submitted': 'auto-replied',
        'X-Letterbook-Instance': INSTANCE,
        References: '<42@elsewhere.example>',
      },
    });
  });

  it('has a Message-ID that is known again', () => {
    expect(bounce.messageId).toBe(`<letterbook.${INSTANCE}.7@crm.example>`);
    expect(isOwnMessageId(bounce.messageId, INSTANCE)).toBe(true);
    expect(isOwnMessageId(bounce.messageId, 'a1b2')).toBe(false);
    expect(isOwnMessageId(bounce.messageId, '')).toBe(false);
  });

  it('says which address was used, where to, what to do and whom to ask', () => {
    expect(bounce.text).toContain(`no user has the address ${STRANGER}`);
    expect(bounce.text).toContain(ARCHIVE);
    expect(bounce.text).toContain('My Profile');
    expect(bounce.text).toContain('Super Administrator');
  });

  it('speaks the language of the sender first, then English', () => {
    const french = composeBounce({ ...input, language: 'fr' });
    for (const body of [french.text, french.html]) {
      expect(body.indexOf('n’a pas été archivé')).toBeGreaterThanOrEqual(0);
      expect(body.indexOf('was not archived')).toBeGreaterThan(body.indexOf('n’a pas été archivé'));
      expect(body.split(STRANGER).length - 1).toBe(4);
    }
    expect(french.html).toContain('<div lang="fr">');
    expect(french.subject).toBe(bounce.subject);
    expect(bounce.text.split('was not archived').length).toBe(2);
  });

  it.each(Object.entries(BOUNCE_WORDS))('has all it says in %s', (language, words) => {
    expect(words.why.split('%s').length).toBe(2);
    const { remedies, ...rest } = words;
    for (const text of [...remedies, ...Object.values(rest)]) expect(text.trim()).not.toBe('');
    const made = composeBounce({ ...input, language: language as BounceLanguage });
    for (const text of remedies) expect(made.text).toContain(text);
  });

  it('shows markup of the subject as text, and links nowhere', () => {
    const { html } = composeBounce({ ...input, originalSubject: '<a href=/x>Press</a> $& %s' });
    expect(html).toContain('&lt;a href=/x&gt;Press&lt;/a&gt; $&amp; %s');
    expect(html).not.toMatch(/<(a|img|script|style)\b/);
  });

  it.each([
    ['Win at https://evil.example/x?y now', 'Win at […] now'],
    ['HTTP://1.2.3.4/x', '[…]'],
    ['See www.evil.example', 'See […]'],
    ['(evil.example) "sub.evil-shop.example/pay",', '[…] […]'],
    ['write to me@evil.example', 'write to […]'],
    ['mailto:me@evil.example', '[…]'],
    ['пример.рф उदाहरण.कॉम 例え。テスト a．bc', '[…] […] […] […]'],
    ['xn--e1afmkfd.xn--p1ai 💩.la', '[…] […]'],
    ['\\\\evil\\share 1.2.3.4/x MAILTO:x tel:+1', '[…] […] […] […]'],
    ['evil\u200b.example', '[…]'],
    ['Re: Offer 3.5 of 1.2.2025, e.g. z.B. 10:30 and/or U.S.... v2.0', null],
    ['Angebot … Dr. Meyer: 5.000,00 €', null],
  ])('has nothing to press in the subject: %s', (originalSubject, expected) => {
    const { subject, text } = composeBounce({ ...input, originalSubject });
    const told = expected ?? originalSubject;
    expect(subject).toBe(`Owner of the message does not exist: ${told}`);
    expect(text).toContain(`Subject: ${told}\n`);
  });

  it.each([
    ["dana.o'neil-x_1@out.example", "dana.o'neil-x_1@out.example"],
    ['jörg@bücher.example', 'jörg@bücher.example'],
    ['dana+crm_2@firm.example', 'dana+crm_2@firm.example'],
    ['victim+www.evil.example/login@out.example', 'victim+[…]@out.example'],
    ['victim+a+evil.example@out.example', 'victim+[…]@out.example'],
    ['+evil.example@out.example', '[…]@out.example'],
    ['"victim2+http://evil.example/login"@out.example', '[…]@out.example'],
    ['a/evil.example@out.example', '[…]@out.example'],
  ])('tells of the address only who is meant: %s', (usedAddress, expected) => {
    const { text, html } = composeBounce({ ...input, usedAddress });
    expect(text).toContain(`: ${expected}\n`);
    expect(text.replaceAll(expected, '')).not.toMatch(/evil/);
    expect(html).not.toMatch(/evil/);
  });

  it.each([
    ['missing', null],
    ['without brackets', '42@elsewhere.example'],
    ['with a line break', '<42@else\r\nBcc: x@y.example>'],
    ['with a space', '<42 @elsewhere.example>'],
    ['with a letter beyond ASCII', '<é@elsewhere.example>'],
    ['10 KB long', `<${'a'.repeat(10_000)}@elsewhere.example>`],
    ['two of them', '<1@a.example> <2@a.example>'],
  ])('leaves out a Message-ID that is %s', (_name, originalMessageId) => {
    const { inReplyTo, headers } = composeBounce({ ...input, originalMessageId });
    expect(inReplyTo).toBeNull();
    expect(headers).not.toHaveProperty('References');
  });

  it('keeps a long or empty subject short', () => {
    const long = composeBounce({ ...input, originalSubject: 'x'.repeat(5000) });
    expect(long.subject.length).toBeLessThan(180);
    expect(composeBounce({ ...input, originalSubject: ' \r\n ' }).subject).toBe(
      'Owner of the message does not exist',
    );
  });

  it.each([
    '',
    'x',
    'a@b.example, c@d.example',
    'Stranger@elsewhere.example',
    `${STRANGER}\r\nBcc: x`,
  ])('refuses to be sent to %j', (to) => {
    expect(() => composeBounce({ ...input, to })).toThrow('canonical');
  });

  it('never begins a header line with what came from outside', () => {
    const nasty = fc
      .array(
        fc.constantFrom(
          '\r\n',
          '\n',
          '\r',
          '\0',
          '\u2028',
          '\u202e',
          'Bcc: x@y.example',
          'é',
          '\ud800',
          ' ',
        ),
        { maxLength: 8 },
      )
      .map((parts) => parts.join(''));
    fc.assert(
      fc.property(nasty, nasty, nasty, nasty, (one, two, three, four) => {
        const made = composeBounce({
          ...input,
          originalSubject: one,
          fromName: two,
          originalMessageId: `<${three}>`,
          instanceId: four,
        });
        const lines = [
          made.subject,
          made.from.name,
          made.messageId,
          made.inReplyTo ?? '',
          ...Object.values(made.headers),
        ];
        for (const line of lines) expect(line).not.toMatch(/[\p{Cc}\p{Cs}\u2028\u2029\u202e]/u);
        expect(made.text.split('\n').filter((line) => line.startsWith('Bcc'))).toEqual([]);
      }),
    );
  });
});
