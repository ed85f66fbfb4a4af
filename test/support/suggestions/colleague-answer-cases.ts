import { account, cc, contact, earlier, from, to } from './case-words.ts';
import { writeCases } from './write-cases.ts';

const DANA = ['Dana Levi', 'dana.levi@letterbook.example'] as const;

/** Somebody else answers than the one who was written to, or the thread ties nobody. */
export const COLLEAGUE_ANSWER_CASES = writeCases('conversation', [
  {
    id: 'colleague-known-by-old-address',
    why: 'The thread is with Jane, but Tom answers, and Tom has a record under his old address.',
    unknown: from('Tom Fischer', 't.fischer@nordlicht-energie.test'),
    subject: 'Re: Meter cabinets',
    text: 'Jane is on holiday, I take over.\n\nTom Fischer\n',
    references: ['<m1@letterbook.example>'],
    others: [cc('Jane Ahlers', 'jane.ahlers@nordlicht-energie.test')],
    people: [
      contact('Jane', 'Ahlers', 'jane.ahlers@nordlicht-energie.test'),
      contact('Tom', 'Fischer', 'tom@fischer-elektro.test'),
    ],
    archived: [
      earlier(
        '<m1@letterbook.example>',
        'Meter cabinets',
        ['jane-ahlers'],
        [from(...DANA), to('Jane Ahlers', 'jane.ahlers@nordlicht-energie.test')],
      ),
    ],
    expected: 'tom-fischer',
  },
  {
    id: 'colleague-without-record',
    why: 'A colleague of Jane answers; he is not Jane and has no record. Her record is a weak hint.',
    unknown: from('Bent Claasen', 'b.claasen@nordlicht-energie.test'),
    subject: 'Re: Meter cabinets',
    text: 'Jane is on holiday, I take over.\n\nBent Claasen\n',
    references: ['<m1@letterbook.example>'],
    people: [contact('Jane', 'Ahlers', 'jane.ahlers@nordlicht-energie.test')],
    archived: [
      earlier(
        '<m1@letterbook.example>',
        'Meter cabinets',
        ['jane-ahlers'],
        [from(...DANA), to('Jane Ahlers', 'jane.ahlers@nordlicht-energie.test')],
      ),
    ],
    expected: 'none',
  },
  {
    id: 'common-subject-says-nothing',
    why: '"Re: Invoice" is everybody\'s subject; without a thread it ties nobody to anybody.',
    unknown: from('Wiebke Thoms', 'wiebke.thoms@hafenkontor.test'),
    subject: 'Re: Invoice',
    people: [
      contact('Ralf', 'Osterloh', 'osterloh@ziegelei.test'),
      contact('Beate', 'Quast', 'quast@moebel.test'),
    ],
    archived: [
      earlier(
        '<i1@letterbook.example>',
        'Invoice',
        ['ralf-osterloh'],
        [from(...DANA), to('Ralf Osterloh', 'osterloh@ziegelei.test')],
      ),
      earlier(
        '<i2@letterbook.example>',
        'Re: Invoice',
        ['beate-quast'],
        [from('Beate Quast', 'quast@moebel.test'), to(...DANA)],
      ),
    ],
    expected: 'none',
  },
  {
    id: 'forwarded-thread-to-other-firm',
    why: 'He passes our mail on to somebody at another firm, who answers us: not the contact.',
    unknown: from('Silke Brömmel', 'broemmel@notariat-west.test'),
    subject: 'Re: Fwd: Draft contract',
    references: ['<c1@letterbook.example>', '<c2@hausverwaltung.test>'],
    people: [contact('Uwe', 'Pallasch', 'pallasch@hausverwaltung.test')],
    archived: [
      earlier(
        '<c1@letterbook.example>',
        'Draft contract',
        ['uwe-pallasch'],
        [from(...DANA), to('Uwe Pallasch', 'pallasch@hausverwaltung.test')],
      ),
    ],
    expected: 'none',
  },
  {
    id: 'assistant-answers-for-boss',
    why: 'The assistant writes in her own name; the boss is on the thread but is not her.',
    unknown: from('Office of A. Lindgren (Pia Holm)', 'pia.holm@lindgren-skog.test'),
    subject: 'Sv: Visit in May',
    references: ['<l1@letterbook.example>'],
    people: [
      contact('Anders', 'Lindgren', 'anders@lindgren-skog.test'),
      contact('Pia', 'Holm', 'pia@holm-kontor.test'),
    ],
    archived: [
      earlier(
        '<l1@letterbook.example>',
        'Visit in May',
        ['anders-lindgren'],
        [from(...DANA), to('Anders Lindgren', 'anders@lindgren-skog.test')],
      ),
    ],
    expected: 'pia-holm',
  },
  {
    id: 'ticket-system-in-thread',
    why: 'The helpdesk of her firm answers for everybody; the mail is signed by her.',
    unknown: from('Baltic Parts Support', 'ticket+48213@balticparts.test'),
    subject: '[#48213] Re: Broken spindle',
    text: '--- reply above this line ---\nThe spindle ships today.\n\nLiina Tamm\nBaltic Parts\n',
    references: ['<b1@letterbook.example>'],
    people: [
      contact('Liina', 'Tamm', 'liina.tamm@balticparts.test', { account: 'baltic-parts' }),
      contact('Rein', 'Kask', 'rein.kask@balticparts.test', { account: 'baltic-parts' }),
    ],
    accounts: [account('Baltic Parts', 'balticparts.test')],
    archived: [
      earlier(
        '<b1@letterbook.example>',
        'Broken spindle',
        ['liina-tamm'],
        [from(...DANA), to('Liina Tamm', 'liina.tamm@balticparts.test')],
      ),
    ],
    expected: 'liina-tamm',
  },
  {
    id: 'namesake-outside-thread',
    why: 'Two of the same name: the one whose thread it is.',
    unknown: from('Paul Meier', 'paulmeier1@gmail.com'),
    subject: 'Re: Parquet on the stairs',
    references: ['<p1@letterbook.example>'],
    people: [
      contact('Paul', 'Meier', 'p.meier@meier-treppen.test', { id: 'meier-stairs' }),
      contact('Paul', 'Meier', 'paul@pm-steuer.test', { id: 'meier-tax' }),
    ],
    archived: [
      earlier(
        '<p1@letterbook.example>',
        'Parquet on the stairs',
        ['meier-stairs'],
        [from(...DANA), to('Paul Meier', 'p.meier@meier-treppen.test')],
      ),
    ],
    expected: 'meier-stairs',
  },
  {
    id: 'newsletter-thread-says-nothing',
    why: 'A round mail to many is no conversation with each: he answers it, and has no record.',
    unknown: from('Gert Lohse', 'lohse@kanzlei-lohse.test'),
    subject: 'Re: We move on 1 December',
    references: ['<n1@letterbook.example>'],
    people: [
      contact('Svenja', 'Petri', 'petri@dach.test'),
      contact('Onno', 'Harms', 'harms@werft.test'),
      contact('Levke', 'Jessen', 'jessen@deich.test'),
    ],
    archived: [
      earlier(
        '<n1@letterbook.example>',
        'We move on 1 December',
        ['svenja-petri', 'onno-harms', 'levke-jessen'],
        [
          from(...DANA),
          to('Svenja Petri', 'petri@dach.test'),
          to('Onno Harms', 'harms@werft.test'),
          to('Levke Jessen', 'jessen@deich.test'),
        ],
      ),
    ],
    expected: 'none',
  },
]);
