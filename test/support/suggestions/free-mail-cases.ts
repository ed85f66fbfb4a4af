import { account, contact, earlier, from, lead, to } from './case-words.ts';
import { writeCases } from './write-cases.ts';

/** Providers where everybody may have an address: the domain says nothing, the local part may. */
export const FREE_MAIL_CASES = writeCases('free-mail', [
  {
    id: 'private-address-full-name',
    why: 'Her full and rare name from a private address.',
    unknown: from('Adelheid Zwingli', 'a.zwingli@gmail.com'),
    people: [
      contact('Adelheid', 'Zwingli', 'zwingli@bergkaese.test'),
      contact('Adele', 'Zwicky', 'zwicky@gmail.com'),
    ],
    expected: 'adelheid-zwingli',
  },
  {
    id: 'same-provider-only',
    why: 'They share the provider with ten million others.',
    unknown: from('Ronja Steinfurth', 'ronja.steinfurth@gmx.de'),
    people: [
      contact('Detlef', 'Maschke', 'detlef.maschke@gmx.de'),
      contact('Gerlinde', 'Pauli', 'gerlinde.pauli@gmx.de'),
    ],
    crowd: { count: 20, domain: 'gmx.de' },
    expected: 'none',
  },
  {
    id: 'other-ending-of-provider',
    why: 'One provider with two endings: the local part is the same and not a common one.',
    unknown: from('', 'kachelofenbauer.rott@gmx.net'),
    people: [
      contact('Xaver', 'Rott', 'kachelofenbauer.rott@gmx.de'),
      contact('Rita', 'Rottmann', 'rottmann@gmx.net'),
    ],
    expected: 'xaver-rott',
  },
  {
    id: 'googlemail',
    why: 'googlemail.com is gmail.com.',
    unknown: from('', 'fennimore.quill@googlemail.com'),
    people: [
      contact('Fennimore', 'Quill', 'fennimore.quill@gmail.com'),
      contact('Fenella', 'Quill', 'fenella.quill@gmail.com'),
    ],
    expected: 'fennimore-quill',
  },
  {
    id: 'gmail-dots',
    why: 'Gmail ignores dots in the local part.',
    unknown: from('', 'ta.mara.oyelaran@gmail.com'),
    people: [
      contact('Tamara', 'Oyelaran', 'tamaraoyelaran@gmail.com'),
      contact('Tariq', 'Oyelowo', 'tariqoyelowo@gmail.com'),
    ],
    expected: 'tamara-oyelaran',
  },
  {
    id: 'plus-tag',
    why: 'What stands after the plus is a tag on her own address.',
    unknown: from('', 'siegrun.albers+letterbook@posteo.de'),
    people: [
      contact('Siegrun', 'Albers', 'siegrun.albers@posteo.de'),
      contact('Sigmund', 'Albers', 'sigmund.albers@posteo.de'),
    ],
    expected: 'siegrun-albers',
  },
  {
    id: 'nickname-local-part-kept-at-another-provider',
    why: 'The same odd local part at another provider is the same person.',
    unknown: from('', 'zitronenfalter_wanja@web.de'),
    people: [
      lead('Wanja', 'Ohlendorf', 'zitronenfalter_wanja@yahoo.de'),
      contact('Wanda', 'Falter', 'wanda.falter@web.de'),
    ],
    expected: 'wanja-ohlendorf',
  },
  {
    id: 'qq-number-with-signature',
    why: 'A number for a local part; the signature names her firm and her.',
    unknown: from('小芳', '2849117@qq.com'),
    text: 'Dear friend,\n\nPI is attached.\n\nFang Wenli\nNingbo Brightlock Hardware Co.\n',
    people: [
      contact('Wenli', 'Fang', 'fangwenli@brightlock.test', { account: 'ningbo-brightlock' }),
      contact('Wenjun', 'Fan', 'fan@brightlock.test', { account: 'ningbo-brightlock' }),
    ],
    accounts: [account('Ningbo Brightlock', 'brightlock.test')],
    expected: 'wenli-fang',
  },
  {
    id: 'proton-pseudonym-in-thread',
    why: 'A pseudonym, but it answers what was sent to him alone, and signs as he does.',
    unknown: from('quietharbour', 'quietharbour@proton.me'),
    subject: 'Re: Confidential: sale of the yard',
    text: 'Please use this address from now on.\n\nL. Achterdijk\n',
    references: ['<y1@letterbook.example>'],
    people: [
      contact('Lourens', 'Achterdijk', 'lourens@achterdijk-werf.test'),
      contact('Luuk', 'Haven', 'luuk@stillehaven.test'),
    ],
    archived: [
      earlier(
        '<y1@letterbook.example>',
        'Confidential: sale of the yard',
        ['lourens-achterdijk'],
        [
          from('Dana Levi', 'dana.levi@letterbook.example'),
          to('Lourens Achterdijk', 'lourens@achterdijk-werf.test'),
        ],
      ),
    ],
    expected: 'lourens-achterdijk',
  },
  {
    id: 'firm-in-local-part',
    why: 'A small firm at a free provider: the local part is the account and she alone is of it.',
    unknown: from('Blumenhaus Wittig', 'blumenhaus.wittig@t-online.de'),
    people: [
      contact('Anneliese', 'Wittig', 'anneliese@wittig-floristik.test', {
        account: 'blumenhaus-wittig',
      }),
      contact('Bluma', 'Haus', 'bluma.haus@t-online.de'),
    ],
    accounts: [account('Blumenhaus Wittig', 'wittig-floristik.test')],
    expected: 'anneliese-wittig',
  },
  {
    id: 'common-first-name',
    why: 'An Anna at a free provider is any Anna.',
    unknown: from('Anna', 'anna_sonne92@yahoo.com'),
    people: [
      contact('Anna', 'Wrede', 'wrede@druckhaus.test'),
      contact('Anna', 'Sundström', 'sundstrom@fisk.test'),
    ],
    expected: 'none',
  },
  {
    id: 'word-for-an-address',
    why: 'The address is a word; the signature has name and firm of the lead.',
    unknown: from('tiefenrausch', 'tiefenrausch@outlook.com'),
    subject: 'Diving course for my staff',
    text: 'Hello,\n\nis October still free?\n\nCasimir Dombrowa\nTauchbasis Dombrowa\n',
    people: [
      lead('Casimir', 'Dombrowa', 'casimir@tauchbasis.test'),
      contact('Kasimir', 'Dombrowski', 'kasimir@dombrowski.test'),
    ],
    expected: 'casimir-dombrowa',
  },
  {
    id: 'quoted-name-is-not-the-writer',
    why: 'He speaks of Cosima Reuter, he is not she.',
    unknown: from('Vinzenz', 'vinz.allgaeu@web.de'),
    text: 'Hello,\n\nCosima Reuter told me about you. Do you build ramps?\n\nVinzenz Hackl\n',
    people: [
      contact('Cosima', 'Reuter', 'cosima@reuter-keramik.test'),
      contact('Vincent', 'Hacker', 'hacker@rampen.test'),
    ],
    expected: 'none',
  },
  {
    id: 'initials-and-year',
    why: 'Initials and a year fit hundreds of people.',
    unknown: from('', 'mk1985@hotmail.com'),
    people: [
      contact('Maja', 'Korte', 'korte@saal.test'),
      contact('Moritz', 'Kranz', 'kranz@form.test'),
      lead('Meike', 'Kuhn', 'kuhn@tal.test'),
    ],
    expected: 'none',
  },
  {
    id: 'husband-writes-from-shared-mailbox',
    why: "A family's mailbox: the signature tells which of them writes.",
    unknown: from('Familie Overbeck', 'overbeck.familie@freenet.de'),
    text: 'Guten Tag,\n\ndie Haustür klemmt.\n\nViele Grüße\nTheodor Overbeck\n',
    people: [
      contact('Theodor', 'Overbeck', 'theodor.overbeck@stadtrat.test'),
      contact('Wilma', 'Overbeck', 'wilma.overbeck@schule.test'),
    ],
    expected: 'theodor-overbeck',
  },
]);
