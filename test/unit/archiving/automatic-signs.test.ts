import { describe, expect, it } from 'vitest';
import { automaticSigns, isAutomatic } from '../../../src/archiving/automatic-signs.ts';
import { ALIAS, facts, mail, STRANGER } from './samples.ts';

type Strength = 'automatic' | 'no-answer' | 'none';

function strengthOf(fields: readonly (readonly [string, string])[], sender = STRANGER): Strength {
  const signs = automaticSigns(mail({ fields }), sender, facts());
  if (isAutomatic(signs)) return 'automatic';
  return signs.length > 0 ? 'no-answer' : 'none';
}

describe('automaticSigns', () => {
  it.each<[string, string, Strength]>([
    ['auto-submitted', 'auto-replied', 'automatic'],
    ['auto-submitted', 'auto-generated; owner-email="x@y.example"', 'automatic'],
    ['auto-submitted', 'AUTO-NOTIFIED', 'automatic'],
    ['auto-submitted', 'no', 'none'],
    ['auto-submitted', 'No (a person wrote this)', 'none'],
    ['auto-submitted', 'no; x=auto-replied', 'none'],
    ['auto-submitted', '(vacation 1.2) auto-replied', 'automatic'],
    ['auto-submitted', '(a (b) c) (d\\)) auto-replied', 'automatic'],
    ['auto-submitted', '(auto-replied) no', 'none'],
    ['auto-submitted', '(auto-replied', 'none'],
    ['auto-submitted', '', 'none'],
    ['precedence', 'bulk', 'automatic'],
    ['precedence', 'List', 'automatic'],
    ['precedence', 'junk', 'automatic'],
    ['precedence', 'auto_reply', 'automatic'],
    ['precedence', 'first-class', 'none'],
    ['precedence', 'normal (not bulk)', 'none'],
    ['precedence', '(list)bulk', 'automatic'],
    ['list-id', 'Chairs <chairs.lists.example>', 'automatic'],
    ['list-id', '', 'none'],
    ['return-path', '<>', 'automatic'],
    ['return-path', '< > (null sender)', 'automatic'],
    ['return-path', '<stranger@elsewhere.example>', 'none'],
    ['return-path', '', 'none'],
    ['content-type', 'multipart/report; report-type=delivery-status', 'automatic'],
    ['content-type', 'Multipart/Report;boundary=x', 'automatic'],
    ['content-type', '(x) multipart/report', 'automatic'],
    ['content-type', 'multipart/mixed; boundary="multipart/report"', 'none'],
    ['x-failed-recipients', 'a@b.example', 'automatic'],
    ['x-autoreply', 'yes', 'automatic'],
    ['x-autoreply', 'no', 'none'],
    ['x-autorespond', 'Out of office', 'automatic'],
    ['x-auto-reply-from', 'a@b.example', 'automatic'],
    ['x-auto-response-suppress', 'OOF, AutoReply', 'no-answer'],
    ['x-auto-response-suppress', 'All', 'no-answer'],
    ['x-auto-response-suppress', 'DR, RN, NRN', 'none'],
    ['list-unsubscribe', '<mailto:off@lists.example>', 'no-answer'],
    ['feedback-id', '1:campaign:sender', 'no-answer'],
    ['x-loop', ALIAS.toUpperCase(), 'no-answer'],
    ['x-loop', 'someone@else.example', 'none'],
    ['delivered-to', 'bulk', 'none'],
  ])('%s: %s is %s', (name, value, strength) => {
    expect(strengthOf([[name, value]])).toBe(strength);
  });

  it.each<[string, Strength]>([
    ['mailer-daemon', 'automatic'],
    ['mailerdaemon', 'automatic'],
    ['noreply', 'automatic'],
    ['no-reply', 'automatic'],
    ['no.reply+123', 'automatic'],
    ['do_not_reply', 'automatic'],
    ['donotreply', 'automatic'],
    ['calendar-no-reply', 'automatic'],
    ['bounces+1=x', 'automatic'],
    ['postmaster', 'no-answer'],
    ['abuse', 'no-answer'],
    ['noreen', 'none'],
    ['noreplya', 'none'],
    ['jane.bounce', 'none'],
    ['reply', 'none'],
    ['postmaster.jane', 'none'],
  ])('%s@ is %s', (local, strength) => {
    expect(strengthOf([], `${local}@elsewhere.example`)).toBe(strength);
  });

  it('believes the topmost Return-Path only', () => {
    const written = ['return-path', '<stranger@elsewhere.example>'] as const;
    expect(strengthOf([written, ['return-path', '<>']])).toBe('none');
    expect(strengthOf([['return-path', '<>'], written])).toBe('automatic');
  });

  it('sees a sign in any of several fields of a name', () => {
    expect(
      strengthOf([
        ['auto-submitted', 'no'],
        ['auto-submitted', 'auto-replied'],
      ]),
    ).toBe('automatic');
  });

  it('finds nothing in a mail that a person sent', () => {
    expect(automaticSigns(mail(), STRANGER, facts())).toEqual([]);
    expect(automaticSigns(mail(), '', facts())).toEqual([]);
  });
});
