import { describe, expect, it } from 'vitest';
import { applyRules } from '../../../src/archiving/apply-rules.ts';
import type { DraftEmail, Participant } from '../../../src/archiving/planned-email.ts';
import { DANA_ID, facts, JANE, LEAD, OFFICE, rules, STRANGER, TOM, TOM_ID } from './samples.ts';

const on = (address: string, changes: Partial<Participant> = {}): Participant => ({
  role: 'to',
  address,
  name: '',
  kind: 'correspondent',
  deciding: true,
  source: 'header',
  ...changes,
});

function draft(...participants: Participant[]): DraftEmail {
  return {
    partPath: '',
    subject: '',
    messageId: null,
    conversation: [],
    sentAt: null,
    dateRaw: null,
    text: '',
    bodyParts: [],
    remark: '',
    participants,
    attachments: [],
  };
}

type Rules = (readonly [pattern: string, userId: number | null])[];
const judge = (participants: readonly Participant[], ...all: Rules) =>
  applyRules(draft(...participants), DANA_ID, facts({ rulesByPattern: rules(...all) }));

describe('whether an email is kept out', () => {
  const cc = on(JANE, { role: 'cc', deciding: false });
  it.each<[string, Participant[], Rules, boolean]>([
    ['the address', [on(JANE)], [[JANE, DANA_ID]], true],
    ['the domain', [on(JANE)], [['client.example', DANA_ID]], true],
    ['a rule for all', [on(JANE)], [[JANE, null]], true],
    ['a rule of somebody else', [on(JANE)], [[JANE, TOM_ID]], false],
    ['a domain above', [on('a@mail.client.example')], [['client.example', null]], false],
    ['a domain that ends alike', [on('a@notclient.example')], [['client.example', null]], false],
    [
      'all of several',
      [on(JANE), on(STRANGER)],
      [
        [JANE, null],
        [STRANGER, DANA_ID],
      ],
      true,
    ],
    ['one of several', [on(JANE), on(STRANGER)], [[JANE, null]], false],
    ['the one who decides', [on(STRANGER), cc], [[STRANGER, null]], true],
    ['one who does not decide', [on(STRANGER), cc], [[JANE, null]], false],
    ['the only one, and nobody decides', [cc], [[JANE, null]], false],
    ['nobody', [], [[JANE, null]], false],
    ['a colleague', [on(TOM, { kind: 'colleague', deciding: false })], [[TOM, null]], false],
  ])('%s under a rule', (_name, participants, all, out) => {
    expect(judge(participants, ...all).neverArchived).toBe(out);
  });
});

describe('where others decide', () => {
  it('those under a rule are recorded: they neither decide nor are linked', () => {
    const reply = on(JANE, { role: 'reply-to', deciding: false });
    const { draft: left, rules: applied } = judge(
      [on(JANE), on(LEAD), on(OFFICE, { role: 'cc' }), reply],
      ['client.example', DANA_ID],
      [STRANGER, null],
    );
    expect(left.participants).toEqual([
      on(JANE, { kind: 'ruled-out', deciding: false }),
      on(LEAD),
      on(OFFICE, { role: 'cc', kind: 'ruled-out', deciding: false }),
      reply,
    ]);
    expect(applied).toEqual([{ ruleId: 1, userId: DANA_ID, pattern: 'client.example' }]);
  });

  it('without a rule the email is the same', () => {
    const before = draft(on(JANE));
    expect(applyRules(before, DANA_ID, facts()).draft).toBe(before);
  });
});
