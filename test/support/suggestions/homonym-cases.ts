import { account, cc, contact, earlier, from, lead, to } from './case-words.ts';
import { writeCases } from './write-cases.ts';

const DANA = ['Dana Levi', 'dana.levi@letterbook.example'] as const;

/** People of one name, and what tells them apart; where nothing does, either may stand first. */
export const HOMONYM_CASES = writeCases('homonyms', [
  {
    id: 'told-by-domain',
    why: "Two John Smiths; the firm's other domain tells.",
    unknown: from('John Smith', 'john.smith@smithsails.example'),
    people: [
      contact('John', 'Smith', 'john@smithsails.test', { id: 'smith-sails' }),
      contact('John', 'Smith', 'john.smith@citylaw.test', { id: 'smith-law' }),
    ],
    expected: 'smith-sails',
  },
  {
    id: 'told-by-account-in-signature',
    why: 'The signature names the firm of one of them.',
    unknown: from('John Smith', 'jsmith.mobile@gmail.com'),
    text: 'See you at nine.\n\nJohn Smith\nCity Law LLP, 4 Quay Street\n',
    people: [
      contact('John', 'Smith', 'john@smithsails.test', { id: 'smith-sails' }),
      contact('John', 'Smith', 'john.smith@citylaw.test', { id: 'smith-law', account: 'city-law' }),
    ],
    accounts: [account('City Law', 'citylaw.test')],
    expected: 'smith-law',
  },
  {
    id: 'told-by-thread',
    why: 'It answers what one of them was sent.',
    unknown: from('John Smith', 'johnsmith77@yahoo.co.uk'),
    subject: 'Re: New mainsail',
    references: ['<h1@letterbook.example>'],
    people: [
      contact('John', 'Smith', 'john.smith@citylaw.test', { id: 'smith-law' }),
      contact('John', 'Smith', 'john@smithsails.test', { id: 'smith-sails' }),
    ],
    archived: [
      earlier(
        '<h1@letterbook.example>',
        'New mainsail',
        ['smith-sails'],
        [from(...DANA), to('John Smith', 'john@smithsails.test')],
      ),
    ],
    expected: 'smith-sails',
  },
  {
    id: 'not-told',
    why: 'Nothing tells them apart.',
    unknown: from('John Smith', 'js.smith@btinternet.com'),
    people: [
      contact('John', 'Smith', 'john.smith@citylaw.test', { id: 'smith-law' }),
      contact('John', 'Smith', 'john@smithsails.test', { id: 'smith-sails' }),
    ],
    expected: 'smith-law',
    alsoAcceptable: ['smith-sails'],
  },
  {
    id: 'record-twice',
    why: 'One woman with two records, made by two users.',
    unknown: from('Edeltraud Finkbeiner', 'e.finkbeiner@kurklinik.test'),
    people: [
      contact('Edeltraud', 'Finkbeiner', 'finkbeiner@moorbad.test', { id: 'finkbeiner-1' }),
      lead('Edeltraud', 'Finkbeiner', 'edeltraud@finkbeiner.example', { id: 'finkbeiner-2' }),
    ],
    expected: 'finkbeiner-1',
    alsoAcceptable: ['finkbeiner-2'],
  },
  {
    id: 'junior-and-senior',
    why: 'Father and son of one name; the mail says jun.',
    unknown: from('Alfons Reitinger jun.', 'alfons.reitinger.jun@gmx.at'),
    people: [
      contact('Alfons', 'Reitinger sen.', 'senior@saege-reitinger.test', { id: 'father' }),
      contact('Alfons', 'Reitinger jun.', 'junior@saege-reitinger.test', { id: 'son' }),
    ],
    expected: 'son',
  },
  {
    id: 'son-without-record',
    why: 'Only the father has a record, and the son signs as the son.',
    unknown: from('Dietrich Kasper Jr', 'dietrich.jr@kasper-teppiche.test'),
    text: 'Hello,\n\nmy father Dietrich asked me to write to you.\n\nDietrich Kasper Jr\n',
    people: [contact('Dietrich', 'Kasper', 'dietrich@kasper-teppiche.test')],
    expected: 'none',
  },
  {
    id: 'roman-numerals',
    why: 'The third of the name.',
    unknown: from('Winthrop Hale III', 'whale3@halebank.example'),
    people: [
      contact('Winthrop', 'Hale II', 'winthrop@halebank.test', { id: 'hale-2' }),
      contact('Winthrop', 'Hale III', 'w.hale.iii@halebank.test', { id: 'hale-3' }),
    ],
    expected: 'hale-3',
  },
  {
    id: 'mother-and-daughter',
    why: "Same surname and same firm; the first name is the daughter's.",
    unknown: from('Carlotta', 'carlotta@private-post.test'),
    others: [cc('Concetta Benincasa', 'concetta@benincasa-olive.test')],
    people: [
      contact('Concetta', 'Benincasa', 'concetta@benincasa-olive.test', { account: 'benincasa' }),
      contact('Carlotta', 'Benincasa', 'carlotta.b@benincasa-olive.test', { account: 'benincasa' }),
      contact('Carlotta', 'Zorzi', 'zorzi@vetro.test'),
    ],
    accounts: [account('Benincasa', 'benincasa-olive.test')],
    expected: 'carlotta-benincasa',
  },
  {
    id: 'middle-initial-tells',
    why: 'The middle initial is the only difference.',
    unknown: from('Mary E. Jones', 'mejones@talktalk.test'),
    people: [
      contact('Mary A.', 'Jones', 'mary.jones@school.test', { id: 'jones-a' }),
      contact('Mary E.', 'Jones', 'mary.jones@bakery.test', { id: 'jones-e' }),
    ],
    expected: 'jones-e',
  },
  {
    id: 'number-in-local-part-tells',
    why: 'The firm numbers its namesakes, and keeps the number in its other domain.',
    unknown: from('Peter Schmidt', 'peter.schmidt3@turbinenbau.example'),
    people: [
      contact('Peter', 'Schmidt', 'peter.schmidt@turbinenbau.test', { id: 'schmidt-1' }),
      contact('Peter', 'Schmidt', 'peter.schmidt2@turbinenbau.test', { id: 'schmidt-2' }),
      contact('Peter', 'Schmidt', 'peter.schmidt3@turbinenbau.test', { id: 'schmidt-3' }),
    ],
    expected: 'schmidt-3',
  },
  {
    id: 'town-in-signature',
    why: 'Branches of one chain; the signature names the town.',
    unknown: from('Ali Yıldız', 'ali.yildiz.home@hotmail.com'),
    text: 'Merhaba,\n\nthe order is complete.\n\nAli Yıldız\nBäckerei Korn Rostock\n',
    people: [
      contact('Ali', 'Yıldız', 'ali@korn-bremen.test', {
        id: 'bremen',
        account: 'backerei-korn-bremen',
      }),
      contact('Ali', 'Yıldız', 'ali@korn-rostock.test', {
        id: 'rostock',
        account: 'backerei-korn-rostock',
      }),
    ],
    accounts: [
      account('Bäckerei Korn Bremen', 'korn-bremen.test'),
      account('Bäckerei Korn Rostock', 'korn-rostock.test'),
    ],
    expected: 'rostock',
  },
  {
    id: 'spelling-tells',
    why: 'Catherine with C, not Katherine with K.',
    unknown: from('Catherine Holloway', 'cath.holloway@outlook.com'),
    people: [
      contact('Katherine', 'Holloway', 'katherine@holloway-horses.test'),
      contact('Catherine', 'Holloway', 'catherine@downs-vets.test'),
    ],
    expected: 'catherine-holloway',
  },
  {
    id: 'one-has-same-provider-and-scheme',
    why: 'Of the two Elisabeth Hubers one has the same local part at another provider.',
    unknown: from('Elisabeth Huber', 'lisl.huber.tirol@gmail.com'),
    people: [
      contact('Elisabeth', 'Huber', 'elisabeth.huber@spital.test', { id: 'huber-hospital' }),
      lead('Elisabeth', 'Huber', 'lisl.huber.tirol@aon.at', { id: 'huber-tirol' }),
    ],
    expected: 'huber-tirol',
  },
  {
    id: 'colleague-of-same-name-at-domain',
    why: 'The domain is that of one of them, and the short alias is new.',
    unknown: from('Maria Rossi', 'mrossi@ceramiche-faenza.test'),
    people: [
      contact('Maria', 'Rossi', 'maria@rossi-vini.test', { id: 'rossi-wine', linked: 5 }),
      contact('Maria', 'Rossi', 'maria.rossi@ceramiche-faenza.test', { id: 'rossi-tiles' }),
    ],
    expected: 'rossi-tiles',
  },
  {
    id: 'third-of-the-name',
    why: 'Two of the name are known, and she says that she is neither: first contact, other town.',
    unknown: from('Julia Hartmann', 'hartmann@kita-regenbogen.test'),
    text: 'Guten Tag,\n\nwir kennen uns noch nicht. Bauen Sie Spielhäuser?\n\nJulia Hartmann\nKita Regenbogen\n',
    people: [
      contact('Julia', 'Hartmann', 'hartmann@patentamt.test', { id: 'hartmann-patents' }),
      contact('Julia', 'Hartmann', 'julia@winzer-hartmann.test', { id: 'hartmann-wine' }),
    ],
    expected: 'none',
  },
]);
