import { cc, contact, earlier, from, lead, to } from './case-words.ts';
import { writeCases } from './write-cases.ts';

const DANA = ['Dana Levi', 'dana.levi@letterbook.example'] as const;

/** The mail answers, or is answered by, mail that is on somebody's record. */
export const CONVERSATION_CASES = writeCases('conversation', [
  {
    id: 'reply-from-private-address',
    why: 'She answers our mail to her from her private address, without a name; nobody else had it.',
    unknown: from('', 'tulpenzwiebel77@gmx.de'),
    subject: 'Re: Samples of the blue glaze',
    text: 'Am still at home, the blue one please.\n\nI. K.\n',
    references: ['<s1@letterbook.example>'],
    people: [
      contact('Irmgard', 'Kessler', 'kessler@glasurwerk.test'),
      contact('Ingo', 'Krämer', 'kraemer@fliesenhaus.test'),
    ],
    archived: [
      earlier(
        '<s1@letterbook.example>',
        'Samples of the blue glaze',
        ['irmgard-kessler'],
        [from(...DANA), to('Irmgard Kessler', 'kessler@glasurwerk.test')],
      ),
    ],
    expected: 'irmgard-kessler',
  },
  {
    id: 'reply-from-phone-account',
    why: 'The phone sends from another account; thread and signature say who it is.',
    unknown: from('Iphone', 'svd.privat@icloud.com'),
    subject: 'Re: Crane on Monday',
    text: 'Ok for me, 7:30.\n\nSander van Dijk\nVan Dijk Kraanverhuur\n',
    references: ['<k0@letterbook.example>', '<k1@vandijk-kranen.test>'],
    people: [contact('Sander', 'van Dijk', 'sander@vandijk-kranen.test')],
    archived: [
      earlier(
        '<k1@vandijk-kranen.test>',
        'Re: Crane on Monday',
        ['sander-van-dijk'],
        [from('Sander van Dijk', 'sander@vandijk-kranen.test'), to(...DANA)],
        { references: ['<k0@letterbook.example>'] },
      ),
    ],
    expected: 'sander-van-dijk',
  },
  {
    id: 'only-oldest-reference-archived',
    why: 'Five mails were never archived, but the thread began with Ruth and the initials are hers.',
    unknown: from('R. A.', 'ra@posteo.de'),
    subject: 'AW: AW: AW: Dachrinne',
    references: ['<d1@amsel.test>', '<x2@a.test>', '<x3@b.test>', '<x4@a.test>', '<x5@b.test>'],
    people: [
      contact('Ruth', 'Amsel', 'ruth@amsel.test'),
      contact('Rita', 'Adam', 'rita@adam.test'),
    ],
    archived: [
      earlier(
        '<d1@amsel.test>',
        'Dachrinne',
        ['ruth-amsel'],
        [from('Ruth Amsel', 'ruth@amsel.test'), to(...DANA)],
      ),
    ],
    expected: 'ruth-amsel',
  },
  {
    id: 'in-reply-to-only',
    why: 'Old Exchange writes In-Reply-To without References.',
    unknown: from('Buchner', 'buchner.k@t-online.de'),
    subject: 'Antwort: Angebot 4711',
    inReplyTo: '<q9@letterbook.example>',
    people: [
      contact('Kilian', 'Buchner', 'einkauf1@buchner-brunnen.test'),
      contact('Klara', 'Buchner', 'klara@buchner-floristik.test'),
    ],
    archived: [
      earlier(
        '<q9@letterbook.example>',
        'Angebot 4711',
        ['kilian-buchner'],
        [from(...DANA), to('Kilian Buchner', 'einkauf1@buchner-brunnen.test')],
      ),
    ],
    expected: 'kilian-buchner',
  },
  {
    id: 'two-in-thread-name-decides',
    why: 'Two people are on the thread; the name is a short form of one of them.',
    unknown: from('Gosia', 'gosia.k.82@wp.pl'),
    subject: 'Odp: Transport w piątek',
    references: ['<t1@letterbook.example>'],
    people: [
      contact('Małgorzata', 'Kaczmarek', 'm.kaczmarek@translog.test'),
      contact('Paweł', 'Kaczmarek', 'p.kaczmarek@translog.test'),
    ],
    archived: [
      earlier(
        '<t1@letterbook.example>',
        'Transport w piątek',
        ['malgorzata-kaczmarek', 'pawel-kaczmarek'],
        [
          from(...DANA),
          to('Małgorzata Kaczmarek', 'm.kaczmarek@translog.test'),
          cc('Paweł Kaczmarek', 'p.kaczmarek@translog.test'),
        ],
      ),
    ],
    expected: 'malgorzata-kaczmarek',
  },
  {
    id: 'two-in-thread-signature-decides',
    why: 'The address says nothing; of the two on the thread one signs.',
    unknown: from('', 'office2@segelmacher-voss.test'),
    subject: 'Re: Sails for the Albatros',
    text: 'The cloth has come.\n\nMit freundlichen Grüßen\nHenrike Voss\n',
    references: ['<v1@letterbook.example>'],
    people: [
      contact('Henrike', 'Voss', 'henrike@segel.example'),
      contact('Malte', 'Voss', 'malte@segel.example'),
    ],
    archived: [
      earlier(
        '<v1@letterbook.example>',
        'Sails for the Albatros',
        ['henrike-voss', 'malte-voss'],
        [
          from(...DANA),
          to('Henrike Voss', 'henrike@segel.example'),
          to('Malte Voss', 'malte@segel.example'),
        ],
      ),
    ],
    expected: 'henrike-voss',
  },
  {
    id: 'subject-only',
    why: 'No headers of a thread, but "Re:" and the subject of what he was sent, and his surname.',
    unknown: from('Okafor', 'okafor.consult@yahoo.com'),
    subject: 'Re: Offer 2026-118 cold store Rotterdam',
    people: [
      contact('Emeka', 'Okafor', 'emeka@coldchain.test'),
      contact('Ngozi', 'Okafor', 'ngozi@okafor-law.test'),
    ],
    archived: [
      earlier(
        '<o1@letterbook.example>',
        'Offer 2026-118 cold store Rotterdam',
        ['emeka-okafor'],
        [from(...DANA), to('Emeka Okafor', 'emeka@coldchain.test')],
      ),
    ],
    expected: 'emeka-okafor',
  },
  {
    id: 'we-write-to-new-address-in-thread',
    why: 'We answer in his thread to the new address he gave us; the local part is his.',
    unknown: to('', 'joaquim.r@ribeiro-cortica.test'),
    subject: 'Re: Cork panels',
    text: 'As you asked I use the new address from now on.\n',
    references: ['<r1@ribeiro.example>'],
    people: [
      contact('Joaquim', 'Ribeiro', 'joaquim@ribeiro.example'),
      contact('Joana', 'Ribas', 'joana@ribas.example'),
    ],
    archived: [
      earlier(
        '<r1@ribeiro.example>',
        'Cork panels',
        ['joaquim-ribeiro'],
        [from('Joaquim Ribeiro', 'joaquim@ribeiro.example'), to(...DANA)],
      ),
    ],
    expected: 'joaquim-ribeiro',
  },
  {
    id: 'lead-in-thread',
    why: 'A lead from the web form answers from her firm: thread and first name agree.',
    unknown: from('Xenia @ Atelier Nord', 'hello@ateliernord.test'),
    subject: 'Re: Your enquiry',
    references: ['<e1@letterbook.example>'],
    people: [
      lead('Xenia', 'Baranova', 'xenia.b@proton.me'),
      contact('Xaver', 'Nord', 'xaver@nord-holz.test'),
    ],
    archived: [
      earlier(
        '<e1@letterbook.example>',
        'Your enquiry',
        ['xenia-baranova'],
        [from(...DANA), to('Xenia Baranova', 'xenia.b@proton.me')],
      ),
    ],
    expected: 'xenia-baranova',
  },
]);
