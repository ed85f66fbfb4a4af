import { account, cc, contact, from, lead, to } from './case-words.ts';
import { writeCases } from './write-cases.ts';

const WRITER = from('Dana Levi', 'dana.levi@letterbook.example');

/**
 * Mistyped addresses. People mistype what they type: the To and Cc of a mail, and the address on a
 * record. A From is written by a program; there it is the record that is wrong.
 */
export const TYPO_CASES = writeCases('typos', [
  {
    id: 'gmial',
    why: 'gmial.com is gmail.com, and the local part is hers.',
    unknown: to('', 'rosalind.tarrant@gmial.com'),
    people: [
      contact('Rosalind', 'Tarrant', 'rosalind.tarrant@gmail.com'),
      contact('Rosa', 'Tarragona', 'rosa.t@gmail.com'),
    ],
    expected: 'rosalind-tarrant',
  },
  {
    id: 'dot-con',
    why: '.con is .com.',
    unknown: to('', 'hvb.koster@outlook.con'),
    people: [
      contact('Hendrik', 'Koster', 'hvb.koster@outlook.com'),
      contact('Hilde', 'Koster', 'hilde.koster@outlook.com'),
    ],
    expected: 'hendrik-koster',
  },
  {
    id: 'transposed-in-local-part',
    why: 'Two letters changed places in the local part.',
    unknown: to('', 'amrtin.eschenbach@glashuette.test'),
    people: [
      contact('Martin', 'Eschenbach', 'martin.eschenbach@glashuette.test'),
      contact('Marta', 'Eschen', 'marta.eschen@glashuette.test'),
      contact('Armin', 'Reschke', 'armin.reschke@glashuette.test'),
    ],
    expected: 'martin-eschenbach',
  },
  {
    id: 'missing-dot-in-local-part',
    why: 'The dot was forgotten.',
    unknown: cc('', 'hanneloregeiger@kerzenhof.test'),
    others: [WRITER],
    people: [
      contact('Hannelore', 'Geiger', 'hannelore.geiger@kerzenhof.test'),
      contact('Hanno', 'Geiger', 'hanno.geiger@kerzenhof.test'),
    ],
    expected: 'hannelore-geiger',
  },
  {
    id: 'transposed-in-domain',
    why: 'exmaple is example, and there is nobody else of that local part.',
    unknown: to('', 'pilar@exmaple-tiles.test'),
    people: [
      contact('Pilar', 'Ventura', 'pilar@example-tiles.test'),
      contact('Pia', 'Ventura', 'pia@example-tiles.test'),
    ],
    expected: 'pilar-ventura',
  },
  {
    id: 'record-mistyped',
    why: 'The record was typed wrong: account and colleague show the domain that is right.',
    unknown: from('Thibault Quesnel', 'thibault.quesnel@verrerie-quesnel.test'),
    people: [
      contact('Thibault', 'Quesnel', 'thibault.quesnel@verrerie-qeusnel.test', {
        account: 'verrerie-quesnel',
      }),
      contact('Maud', 'Quesnel', 'maud.quesnel@verrerie-quesnel.test', {
        account: 'verrerie-quesnel',
      }),
    ],
    accounts: [account('Verrerie Quesnel', 'verrerie-quesnel.test')],
    expected: 'thibault-quesnel',
  },
  {
    id: 'record-mistyped-local-part',
    why: 'The record lacks a letter of his name.',
    unknown: from('', 'christoph.wiesner@turmuhren.test'),
    people: [
      contact('Christoph', 'Wiesner', 'chistoph.wiesner@turmuhren.test'),
      contact('Christa', 'Wiese', 'christa.wiese@turmuhren.test'),
    ],
    expected: 'christoph-wiesner',
  },
  {
    id: 'extra-letter',
    why: 'One letter too many in the domain.',
    unknown: to('Oskar Lindqvist', 'oskar@lindqvisst-bygg.test'),
    people: [
      contact('Oskar', 'Lindqvist', 'oskar@lindqvist-bygg.test'),
      contact('Oscar', 'Lindgren', 'oscar@lindgren-bygg.test'),
    ],
    expected: 'oskar-lindqvist',
  },
  {
    id: 'wrong-country',
    why: 'yahoo.co.uk was typed as yahoo.uk.',
    unknown: to('', 'peverell.ironworks@yahoo.uk'),
    people: [
      contact('Clive', 'Peverell', 'peverell.ironworks@yahoo.co.uk'),
      contact('Cleo', 'Peverell', 'cleo.peverell@yahoo.co.uk'),
    ],
    expected: 'clive-peverell',
  },
  {
    id: 'hyphen-left-out',
    why: 'Hyphen in the domain left out.',
    unknown: cc('', 'k.stellmacher@holzkontor.test'),
    others: [WRITER],
    people: [
      contact('Kerstin', 'Stellmacher', 'k.stellmacher@holz-kontor.test'),
      contact('Kurt', 'Steller', 'k.steller@holz-kontor.test'),
    ],
    expected: 'kerstin-stellmacher',
  },
  {
    id: 'neighbouring-key',
    why: 'The key beside the right one: n for m.',
    unknown: to('', 'benedetta.sonmariva@tessuti.test'),
    people: [
      contact('Benedetta', 'Sommariva', 'benedetta.sommariva@tessuti.test'),
      contact('Benedetto', 'Sonnino', 'benedetto.sonnino@tessuti.test'),
    ],
    expected: 'benedetta-sommariva',
  },
  {
    id: 'doubled-letter',
    why: 'Philipp, Phillip, Philip: the writer did not know how he spells himself.',
    unknown: to('Phillip Nettelbeck', 'phillip.nettelbeck@kuepers.test'),
    people: [
      contact('Philipp', 'Nettelbeck', 'philipp.nettelbeck@kuepers.test'),
      contact('Phila', 'Nettelbeck', 'phila.nettelbeck@kuepers.test'),
    ],
    expected: 'philipp-nettelbeck',
  },
  {
    id: 'umlaut-typed-plain',
    why: 'The surname was typed without its umlaut; his address has ue.',
    unknown: to('', 'gruber.buhler@seilbahn.test'),
    people: [
      contact('Toni', 'Gruber-Bühler', 'gruber.buehler@seilbahn.test'),
      contact('Lisl', 'Gruber', 'gruber.lisl@seilbahn.test'),
    ],
    expected: 'toni-gruber-buhler',
  },
  {
    id: 'comma-for-dot-remains',
    why: 'A comma for the dot: only what stood after it arrived as an address.',
    unknown: to('fredrika', 'ankarcrona@lanthandel.test'),
    people: [
      contact('Fredrika', 'Ankarcrona', 'fredrika.ankarcrona@lanthandel.test'),
      contact('Fredrik', 'Ankarman', 'fredrik.ankarman@lanthandel.test'),
    ],
    expected: 'fredrika-ankarcrona',
  },
  {
    id: 'one-letter-is-another-person',
    why: 'anna.m and anne.m are two people at one firm; Anne Mertens has no record.',
    unknown: from('Anne Mertens', 'anne.mertens@reederei-mertens.test'),
    people: [
      contact('Anna', 'Mertens', 'anna.mertens@reederei-mertens.test'),
      contact('Arne', 'Mertens', 'arne.mertens@reederei-mertens.test'),
    ],
    expected: 'none',
  },
  {
    id: 'numbers-are-other-people',
    why: 'With a free-mail provider another number is another person.',
    unknown: from('', 'm.schulz84@gmx.de'),
    people: [
      contact('Manfred', 'Schulz', 'm.schulz48@gmx.de'),
      contact('Mandy', 'Schulze', 'm.schulze8@gmx.de'),
    ],
    expected: 'none',
  },
  {
    id: 'short-domains-are-other-firms',
    why: 'Domains of three letters are alike by chance: abk and abx are two firms.',
    unknown: from('Rolf Seidel', 'seidel@abx.test'),
    people: [
      contact('Gudrun', 'Seifert', 'seifert@abk.test'),
      lead('Ralf', 'Sander', 'sander@abk.test'),
    ],
    expected: 'none',
  },
  {
    id: 'typo-in-crowded-firm',
    why: 'Of forty at the firm one is two swapped letters away.',
    unknown: to('', 'gisela.zumborck@webstuhl.test'),
    people: [contact('Gisela', 'Zumbrock', 'gisela.zumbrock@webstuhl.test')],
    crowd: { count: 40, domain: 'webstuhl.test' },
    expected: 'gisela-zumbrock',
  },
]);
