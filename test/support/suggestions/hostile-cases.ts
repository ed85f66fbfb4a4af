import { domainToASCII } from 'node:url';
import { account, contact, earlier, from, to } from './case-words.ts';
import { writeCases } from './write-cases.ts';

const JANE = contact('Jane', 'Roe', 'jane.roe@roe-joinery.test', { account: 'roe-joinery' });
const MARK = contact('Mark', 'Rowan', 'mark.rowan@roe-joinery.test', { account: 'roe-joinery' });
const ROE_JOINERY = account('Roe Joinery', 'roe-joinery.test');
const BANK =
  'Hello Dana,\n\nour bank account has changed. Please pay to the new one.\n\nJane Roe\n';

/** Swindlers, broken programs, and harmless mail that looks like either. */
export const HOSTILE_CASES = writeCases('hostile', [
  {
    id: 'name-of-200-characters',
    why: 'The display name is rubbish of 200 characters; the local part is his rare name.',
    unknown: from('X'.repeat(200), 'zacharias.immenthal@gmx.net'),
    people: [
      contact('Zacharias', 'Immenthal', 'immenthal@imkerei.test'),
      contact('Xaver', 'Immendorf', 'xaver@imkerei.test'),
    ],
    expected: 'zacharias-immenthal',
  },
  {
    id: 'lookalike-rn-for-m',
    why: 'rn for m in the domain, and a new bank account: a swindler.',
    unknown: from('Hilmar Brehm', 'hilmar@brehrn-steuern.test'),
    text: 'Hello Dana,\n\nplease pay the invoice to our new account at once.\n\nHilmar Brehm\n',
    people: [
      contact('Hilmar', 'Brehm', 'hilmar@brehm-steuern.test', { account: 'brehm-steuern' }),
      contact('Hilda', 'Brehm', 'hilda@brehm-steuern.test', { account: 'brehm-steuern' }),
    ],
    accounts: [account('Brehm Steuern', 'brehm-steuern.test')],
    expected: 'none',
  },
  {
    id: 'lookalike-digit',
    why: 'The digit 1 stands for an l in the domain of the firm.',
    unknown: from('Belinda Pohlig', 'belinda.pohlig@poh1ig-immobilien.test'),
    text: 'Please find the new account for the deposit below.\n\nBelinda Pohlig\n',
    people: [
      contact('Belinda', 'Pohlig', 'belinda.pohlig@pohlig-immobilien.test'),
      contact('Berthold', 'Pohlig', 'berthold.pohlig@pohlig-immobilien.test'),
    ],
    expected: 'none',
  },
  {
    id: 'lookalike-cyrillic-domain',
    why: 'A Cyrillic о in the domain.',
    unknown: from('Jane Roe', `jane.roe@${domainToASCII('r\u043ee-joinery.test')}`),
    text: BANK,
    people: [JANE, MARK],
    accounts: [ROE_JOINERY],
    expected: 'none',
  },
  {
    id: 'domain-of-firm-as-prefix',
    why: "The firm's domain stands in front; the mail comes from login-portal.example.",
    unknown: from('Jane Roe', 'jane.roe@roe-joinery.test.login-portal.example'),
    text: BANK,
    people: [JANE, MARK],
    accounts: [ROE_JOINERY],
    expected: 'none',
  },
  {
    id: 'lookalike-in-real-thread',
    why: 'A swindler read the thread and answers in it from a domain with a letter doubled.',
    unknown: from('Jane Roe', 'jane.roe@roe-joiinery.test'),
    subject: 'Re: Invoice 2231',
    text: BANK,
    references: ['<j1@letterbook.example>', '<j2@roe-joinery.test>'],
    people: [JANE, MARK],
    accounts: [ROE_JOINERY],
    archived: [
      earlier(
        '<j2@roe-joinery.test>',
        'Re: Invoice 2231',
        ['jane-roe'],
        [
          from('Jane Roe', 'jane.roe@roe-joinery.test'),
          to('Dana Levi', 'dana.levi@letterbook.example'),
        ],
      ),
    ],
    expected: 'none',
  },
  {
    id: 'address-of-contact-as-name',
    why: 'The display name is her address; the mail is from somewhere else.',
    unknown: from('jane.roe@roe-joinery.test', 'bounce-2210@mail-blast.test'),
    text: BANK,
    people: [JANE, MARK],
    accounts: [ROE_JOINERY],
    expected: 'none',
  },
  {
    id: 'name-and-address-of-contact-as-name',
    why: 'The display name pretends to be a whole address.',
    unknown: from('"Jane Roe" <jane.roe@roe-joinery.test>', 'x7731@fastmailer.test'),
    text: BANK,
    people: [JANE, MARK],
    accounts: [ROE_JOINERY],
    expected: 'none',
  },
  {
    id: 'mixed-scripts-in-name',
    why: 'Latin and Cyrillic letters within one word: made to look like her name.',
    unknown: from('J\u0430ne R\u043ee', 'office@parcel-tracking.test'),
    text: 'Track your parcel here.\n',
    people: [JANE, MARK],
    accounts: [ROE_JOINERY],
    expected: 'none',
  },
  {
    id: 'right-to-left-override',
    why: 'The name is written backwards behind an override, so that it is shown as hers.',
    unknown: from('\u202eeoR enaJ\u202c', 'claims@lottery-board.test'),
    people: [JANE, MARK],
    accounts: [ROE_JOINERY],
    expected: 'none',
  },
  {
    id: 'harmless-direction-marks',
    why: 'A Hebrew Outlook puts marks of direction around a Latin name.',
    unknown: from('\u200fMargalit Sonnenfeld\u200e', 'margalit.s@netvision.test'),
    people: [
      contact('Margalit', 'Sonnenfeld', 'sonnenfeld@kad.example'),
      contact('Margot', 'Sonnleitner', 'margot@sonnleitner.example'),
    ],
    expected: 'margalit-sonnenfeld',
  },
  {
    id: 'harmless-invisible-spaces',
    why: 'No-break and zero-width spaces came with the name from a word processor.',
    unknown: from('Wendelin\u00a0\u200bAuerswald', 'wendelin@auerswald-notar.test'),
    people: [
      contact('Wendelin', 'Auerswald', 'auerswald@kammer.example'),
      contact('Wendel', 'Auer', 'auer@kammer.example'),
    ],
    expected: 'wendelin-auerswald',
  },
  {
    id: 'harmless-full-width-letters',
    why: 'A Japanese mail program wrote the Latin name in full-width letters.',
    unknown: from('Ｃｌｅｍｅｎｔｉｎｅ　Ｄａｖｏｕｔ', 'c.davout@tokyo-branch.test'),
    people: [
      contact('Clémentine', 'Davout', 'davout@paris.example'),
      contact('Clément', 'David', 'david@paris.example'),
    ],
    expected: 'clementine-davout',
  },
  {
    id: 'harmless-emoji',
    why: 'Emoji around her name.',
    unknown: from('✨ Klara Immergrün ✨🌿', 'hallo@immergruen-deko.test'),
    people: [
      contact('Klara', 'Immergrün', 'klara.i@icloud.com'),
      contact('Klaus', 'Grün', 'klaus@gruen.test'),
    ],
    expected: 'klara-immergrun',
  },
  {
    id: 'undecoded-name',
    why: 'A broken program left the name encoded; the local part is his surname and initial.',
    unknown: from('=?utf-8?Q?J=C3=B6rg_Mannhardt?=', 'j.mannhardt@hebezeuge.test'),
    people: [
      contact('Jörg', 'Mannhardt', 'joerg@mannhardt.example'),
      contact('Ute', 'Mannheim', 'ute@mannheim.example'),
    ],
    expected: 'jorg-mannhardt',
  },
  {
    id: 'wildcards',
    why: 'Per cent and underscore fit everybody only where SQL takes them at their word.',
    unknown: from('%%% %', '%_%@wildcards.test'),
    people: [JANE, MARK],
    accounts: [ROE_JOINERY],
    expected: 'none',
  },
  {
    id: 'pattern-and-markup',
    why: 'Neither a pattern nor markup is a name.',
    unknown: from('<b>(((a+)+)+)$</b> .*', 'a+a+a+a@patterns.test'),
    people: [JANE, contact('Anke', 'Aa', 'a@aa.test')],
    accounts: [ROE_JOINERY],
    expected: 'none',
  },
  {
    id: 'names-stuffed',
    why: 'Every name of a list of customers in one display name.',
    unknown: from(
      'Jane Roe, Mark Rowan, Ellen Tarn, Piers Odell, Una Faye, Gil Stern, Ada Moss & friends',
      'party@club-invites.test',
    ),
    people: [
      JANE,
      MARK,
      contact('Ellen', 'Tarn', 'tarn@tarn.test'),
      contact('Piers', 'Odell', 'odell@odell.test'),
      contact('Una', 'Faye', 'faye@faye.test'),
      contact('Gil', 'Stern', 'stern@stern.test'),
      contact('Ada', 'Moss', 'moss@moss.test'),
    ],
    accounts: [ROE_JOINERY],
    expected: 'none',
  },
  {
    id: 'five-hundred-references',
    why: 'Five hundred references, all of them made up.',
    unknown: from('', 'bulk@references.test'),
    references: Array.from({ length: 500 }, (_, index) => `<made-up-${index}@references.test>`),
    people: [JANE, MARK],
    accounts: [ROE_JOINERY],
    archived: [
      earlier(
        '<real@roe-joinery.test>',
        'Windows',
        ['jane-roe'],
        [
          from('Jane Roe', 'jane.roe@roe-joinery.test'),
          to('Dana Levi', 'dana.levi@letterbook.example'),
        ],
      ),
    ],
    expected: 'none',
  },
  {
    id: 'line-breaks-and-nul-in-name',
    why: 'What is left of a smuggled header field is no name.',
    unknown: from('\r\nBcc: jane.roe@roe-joinery.test\u0000', 'smuggler@relay.test'),
    people: [JANE, MARK],
    accounts: [ROE_JOINERY],
    expected: 'none',
  },
  {
    id: 'user-impersonated',
    why: "A stranger under the name of the user, who is in nobody's record.",
    unknown: from('Dana Levi', 'dana.levi.ceo@outlook.com'),
    subject: 'Are you at your desk?',
    people: [
      contact('Dan', 'Levine', 'dan.levine@outlook.com'),
      contact('Daniela', 'Lewin', 'daniela@lewin.test'),
    ],
    expected: 'none',
  },
]);
