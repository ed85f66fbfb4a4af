import { describe, expect, test } from 'vitest';
import { readSignature, type Signature } from '../../../src/people/read-signature.ts';

const JANE = { name: 'Jane Roe', address: 'jane.roe@acme.example' };
const NONE = { name: '', title: '', company: '', phone: '' };

const signed: [string, string, Partial<Signature>, { name: string; address: string }?][] = [
  [
    'a line each',
    'Hi,\nsee you.\n\n-- \nJane Roe\nHead of Sales\nAcme Works Ltd.\nPhone: +44 20 7946 0958\nwww.acme.example',
    {
      name: 'Jane Roe',
      title: 'Head of Sales',
      company: 'Acme Works Ltd.',
      phone: '+44 20 7946 0958',
    },
  ],
  [
    'on one line',
    'Thanks\nJane Roe | Sales Manager | Acme Inc. | T +1 (212) 555-0147',
    { name: 'Jane Roe', title: 'Sales Manager', company: 'Acme Inc.', phone: '+1 (212) 555-0147' },
  ],
  [
    'after commas',
    'Best\nJane Roe, Managing Director, Acme Co., Ltd.\nMobile: 07700 900123',
    { title: 'Managing Director', company: 'Acme Co., Ltd.', phone: '07700 900123' },
  ],
  [
    'German',
    'Mit freundlichen Grüßen\nJürgen Groß\nVertriebsleiter Süd\nMüller & Söhne GmbH & Co. KG\nHauptstr. 12, 10115 Berlin\nFax: 030 1234568\nTel.: 030 / 123 45 67\nSitz: Berlin\nGeschäftsführer: Karl Müller',
    {
      name: 'Jürgen Groß',
      title: 'Vertriebsleiter Süd',
      company: 'Müller & Söhne GmbH & Co. KG',
      phone: '030 / 123 45 67',
    },
    { name: 'Groß, Jürgen', address: 'jg@mueller.example' },
  ],
  [
    'French',
    'Cordialement,\n\nÉlise Martin\nDirectrice des achats\nPapeterie Martin SARL\nTél. : 01 23 45 67 89',
    { title: 'Directrice des achats', company: 'Papeterie Martin SARL', phone: '01 23 45 67 89' },
    { name: 'Elise Martin', address: 'e.martin@papeterie.example' },
  ],
  [
    'Spanish',
    'Saludos\nLucía Gómez\nGerente de compras\nMuebles del Sur, S.L.\nMóvil: +34 600 123 456',
    { title: 'Gerente de compras', company: 'Muebles del Sur, S.L.', phone: '+34 600 123 456' },
    { name: 'Lucía Gómez', address: 'lucia@muebles.example' },
  ],
  [
    'Italian',
    'Cordiali saluti\nPaola Rossi\nResponsabile Acquisti\nDirettore Generale\nRossi S.p.A.\nCell. +39 333 1234567',
    { title: 'Direttore Generale', company: 'Rossi S.p.A.', phone: '+39 333 1234567' },
    { name: 'Paola Rossi', address: 'p.rossi@rossi.example' },
  ],
  [
    'Polish',
    'Pozdrawiam\nAnna Nowak\nDyrektor Sprzedaży\nMeble Nowak Sp. z o.o.\ntel. +48 601 234 567',
    { title: 'Dyrektor Sprzedaży', company: 'Meble Nowak Sp. z o.o.', phone: '+48 601 234 567' },
    { name: 'Anna Nowak', address: 'anna@meble.example' },
  ],
  [
    'Russian',
    'С уважением,\nАнна Иванова\nДиректор по продажам\nООО Ромашка\nТел.: +7 495 123-45-67',
    { title: 'Директор по продажам', company: 'ООО Ромашка', phone: '+7 495 123-45-67' },
    { name: 'Анна Иванова', address: 'anna@romashka.example' },
  ],
  [
    'Japanese',
    'よろしくお願いします。\n山田 太郎\n営業部長\n株式会社アクメ\n電話：03-1234-5678',
    { title: '営業部長', company: '株式会社アクメ', phone: '03-1234-5678' },
    { name: '山田 太郎', address: 'yamada@acme.example' },
  ],
  ['a bare number', 'Bye\nJane Roe\n+44 20 7946 0958', { phone: '+44 20 7946 0958' }],
  [
    'a fuller name than the header’s',
    'Bye\nJane Roe',
    { name: 'Jane Roe' },
    { name: 'Jane', address: 'x@acme.example' },
  ],
  [
    'the name of the address',
    'Bye\nJane Roe',
    { name: 'Jane Roe' },
    { name: '', address: 'j.roe@acme.example' },
  ],
  ['bold', 'Bye\n*Jane Roe*\n*Buyer*', { title: 'Buyer' }],
];

describe('what is below a mail', () => {
  test.each(signed)('%s', (_what, text, expected, writer = JANE) => {
    expect(readSignature(text, writer)).toMatchObject({ ...expected });
  });
});

const OF_OTHERS = 'Tom Hale\nHead of Purchasing\nOther Ltd.\nTel: +44 20 7946 0000';
const none: [string, string][] = [
  ['nothing', ''],
  ['somebody else’s signature', `Hello Jane Roe,\nsee you.\n\n${OF_OTHERS}`],
  ['quoted by >', `Fine.\n> Jane Roe\n> Buyer\n> Tel: +44 20 7946 0958`],
  ['below “wrote:”', `Fine.\nOn Mon, 1 Jan 2024, Jane Roe wrote:\nJane Roe\nBuyer`],
  ['below „schrieb“', `Gut.\nAm 1.1.2024 schrieb Jane Roe:\nJane Roe\nEinkäufer`],
  ['below a separator', `Fine.\n-----Ursprüngliche Nachricht-----\nJane Roe\nBuyer`],
  ['below a header', `Fine.\nFrom: Tom\nSent: Monday\nTo: Jane Roe\nJane Roe\nBuyer`],
  ['far above the end', `Jane Roe\nBuyer\n${'and then\n'.repeat(40)}`],
];

test.each(none)('nothing of %s', (_what, text) => {
  expect(readSignature(text, JANE)).toEqual(NONE);
});

test.each([
  ['a sentence', 'The manager of the house will call you on 1.1.2024 at 10:00!'],
  ['a fax', 'Fax: +44 20 7946 0958'],
  ['a date', '01.01.2024'],
  ['a house and a town', '12 Manor Road, 10115 Berlin'],
  ['too many digits', `Tel: ${'1'.repeat(60)}`],
  ['a link', 'https://manager.example/0123456789'],
  ['words that are short as well', 'as per the SA of the ab'],
])('%s is no job, company or telephone', (_what, line) => {
  expect(readSignature(`Bye\nJane Roe\n${line}`, JANE)).toEqual({ ...NONE, name: 'Jane Roe' });
});

test('long and strange mail ends soon, and nothing long comes of it', () => {
  for (const piece of [
    'a ',
    '\n',
    '- ',
    '>',
    'manager',
    '+1 ',
    '(0',
    'Jane Roe\n',
    'Tel: +4 ',
    '\u{1F600}',
    ', x',
  ]) {
    const text = `${piece.repeat(200_000)}\nJane Roe\n${piece.repeat(200_000)}`;
    for (const value of Object.values<string>({ ...readSignature(text, JANE) })) {
      expect(value.length).toBeLessThanOrEqual(80);
    }
  }
});
