import { account, cc, contact, from, lead, to } from './case-words.ts';
import { writeCases } from './write-cases.ts';

/** Whom the user filed mail under of late tips the scale between equals, and is no reason alone. */
export const LINKED_LATELY_CASES = writeCases('linked-lately', [
  {
    id: 'namesake-of-yesterday',
    why: 'Two of the name; she filed mail under one of them yesterday.',
    unknown: from('Daniel Schwarz', 'daniel.schwarz@gmx.de'),
    people: [
      contact('Daniel', 'Schwarz', 'schwarz@zaunbau.test', { id: 'schwarz-fences', linked: 1 }),
      contact('Daniel', 'Schwarz', 'schwarz@tanzschule.test', { id: 'schwarz-dance' }),
    ],
    expected: 'schwarz-fences',
  },
  {
    id: 'yesterday-beats-last-year',
    why: 'Both were filed once; one yesterday, the other a year ago.',
    unknown: from('Laura Peters', 'laurapeters@icloud.com'),
    people: [
      contact('Laura', 'Peters', 'peters@archiv-kiel.test', { id: 'peters-archive', linked: 380 }),
      contact('Laura', 'Peters', 'peters@segelclub.test', { id: 'peters-club', linked: 2 }),
    ],
    expected: 'peters-club',
  },
  {
    id: 'first-name-and-yesterday',
    why: 'Only a first name; of the three who have it she wrote with one all week.',
    unknown: from('Tobias', 'tobi.unterwegs@gmail.com'),
    text: 'Hi Dana,\n\nam on the road, use this one until Monday.\n\nTobias\n',
    people: [
      contact('Tobias', 'Rehbein', 'rehbein@messebau.test', { linked: 1 }),
      contact('Tobias', 'Seiler', 'seiler@seile.test'),
      contact('Tobias', 'Vonderlind', 'vonderlind@dorf.test', { linked: 290 }),
    ],
    expected: 'tobias-rehbein',
  },
  {
    id: 'lately-alone-is-nothing',
    why: 'She filed much under Henning today; this is somebody else.',
    unknown: from('Marieluise Grothe', 'grothe@kinderbuch.test'),
    people: [
      contact('Henning', 'Aschoff', 'aschoff@aschoff.test', { linked: 0 }),
      contact('Tilda', 'Brosch', 'brosch@brosch.test', { linked: 1 }),
    ],
    expected: 'none',
  },
  {
    id: 'name-beats-lately',
    why: "The name is Gundula's, however often Gunda was filed of late.",
    unknown: from('Gundula Thalheim', 'g.thalheim@web.de'),
    people: [
      contact('Gundula', 'Thalheim', 'thalheim@naturpark.test', { linked: 250 }),
      contact('Gunda', 'Thalmann', 'thalmann@naturpark.test', { linked: 0 }),
    ],
    expected: 'gundula-thalheim',
  },
  {
    id: 'surname-only-lately',
    why: 'Surname only; of three one was filed this week.',
    unknown: from('Fr. Lessing', 'lessing.l@freenet.de'),
    people: [
      contact('Luzie', 'Lessing', 'luzie.lessing@theater.test', { linked: 4 }),
      contact('Lothar', 'Lessing', 'lothar@lessing-kfz.test'),
      contact('Lore', 'Lessing', 'lore.lessing@bibliothek.test', { linked: 200 }),
    ],
    expected: 'luzie-lessing',
  },
  {
    id: 'firm-of-many-lately',
    why: 'A first name at a firm with two who have it; one is her daily business.',
    unknown: from('Karsten', 'karsten2@fassadentechnik.test'),
    people: [
      contact('Karsten', 'Duwe', 'karsten.duwe@fassadentechnik.test', { linked: 2 }),
      contact('Karsten', 'Plog', 'karsten.plog@fassadentechnik.test'),
    ],
    crowd: { count: 15, domain: 'fassadentechnik.test' },
    expected: 'karsten-duwe',
  },
  {
    id: 'account-lately',
    why: 'Initial and surname fit two; with the firm of one the user deals now, with him too.',
    unknown: to('', 'f.albrecht@proton.me'),
    others: [from('Dana Levi', 'dana.levi@letterbook.example')],
    people: [
      contact('Florian', 'Albrecht', 'albrecht@dachdecker.test', {
        account: 'dachdecker',
        linked: 3,
      }),
      contact('Franziska', 'Albrecht', 'albrecht@yoga.test', { linked: 300 }),
    ],
    accounts: [account('Dachdecker', 'dachdecker.test')],
    expected: 'florian-albrecht',
  },
  {
    id: 'lead-and-contact-of-one-name',
    why: 'A lead from last year and a contact of this week bear one name.',
    unknown: from('Christina Wolff', 'chr.wolff@outlook.de'),
    people: [
      lead('Christina', 'Wolff', 'cwolff@gartenbau.test', { id: 'wolff-lead' }),
      contact('Christina', 'Wolff', 'wolff@hotel-see.test', { id: 'wolff-hotel', linked: 2 }),
    ],
    expected: 'wolff-hotel',
  },
  {
    id: 'copy-beats-lately',
    why: 'The colleague in copy tells which of the namesakes it is, against habit.',
    unknown: from('Matthias Lange', 'm.lange.privat@gmx.de'),
    others: [cc('Ilona Pape', 'pape@windpark.test')],
    people: [
      contact('Matthias', 'Lange', 'lange@windpark.test', {
        id: 'lange-wind',
        account: 'windpark',
      }),
      contact('Matthias', 'Lange', 'lange@zahnarzt.test', { id: 'lange-dentist', linked: 9 }),
      contact('Ilona', 'Pape', 'pape@windpark.test', { account: 'windpark' }),
    ],
    accounts: [account('Windpark', 'windpark.test')],
    expected: 'lange-wind',
  },
  {
    id: 'surname-part-of-word-lately',
    why: "The surname of today's contact stands within another word.",
    unknown: from('Rosenheim Tourismus', 'gaeste@rosenheim-tourismus.test'),
    people: [
      contact('Edith', 'Rosen', 'rosen@kunstverein.test', { linked: 0 }),
      contact('Alois', 'Heim', 'heim@heimtextil.test', { linked: 1 }),
    ],
    expected: 'none',
  },
  {
    id: 'same-firm-other-name-lately',
    why: "Today's contact is of the firm, and a colleague of hers writes.",
    unknown: from('Ottmar Zeisig', 'zeisig@vogelwarte-sued.test'),
    people: [
      contact('Mechthild', 'Amrum', 'amrum@vogelwarte-sued.test', { linked: 0 }),
      contact('Otto', 'Zeising', 'zeising@optik.test', { linked: 400 }),
    ],
    expected: 'none',
  },
]);
