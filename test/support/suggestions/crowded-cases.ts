import { account, cc, contact, earlier, from, to } from './case-words.ts';
import type { KnownPerson } from './suggestion-case.ts';
import { writeCases } from './write-cases.ts';

const WRITER = from('Dana Levi', 'dana.levi@letterbook.example');

/** CRMs with hundreds of people, some of whom are a little like the one who is sought. */
export const CROWDED_CASES = writeCases('crowded', [
  {
    id: 'rare-name-among-many',
    why: 'One of three hundred has the name.',
    unknown: from('Kunigunde Ahrweiler', 'kunigunde@ahrweiler.me.test'),
    people: [contact('Kunigunde', 'Ahrweiler', 'k.ahrweiler@weinbau.test')],
    crowd: { count: 300 },
    expected: 'kunigunde-ahrweiler',
  },
  {
    id: 'transliterated-among-many',
    why: 'One of two hundred and fifty has the name in Cyrillic.',
    unknown: from('Dmitry Zhukovsky', 'd.zhukovsky@aerotruba.test'),
    people: [
      contact('Дмитрий', 'Жуковский', 'dz@samolet.example', { id: 'zhukovsky' }),
      contact('Дмитрий', 'Жуков', 'zhukov@samolet.example', { id: 'zhukov' }),
    ],
    crowd: { count: 250 },
    expected: 'zhukovsky',
  },
  {
    id: 'typo-among-many',
    why: 'One of three hundred is a letter away.',
    unknown: to('', 'franziskus.oelmann@pumpenwek.test'),
    people: [
      contact('Franziskus', 'Oelmann', 'franziskus.oelmann@pumpenwerk.test'),
      contact('Franziska', 'Oelmann', 'franziska.oelmann@pumpenwerk.test'),
    ],
    crowd: { count: 300 },
    expected: 'franziskus-oelmann',
  },
  {
    id: 'thread-among-many',
    why: 'The thread tells, among two hundred and fifty.',
    unknown: from('', 'e1977b@fastmail.com'),
    subject: 'Re: Wallpaper for the hall',
    text: 'Number 12 please. E.\n',
    references: ['<z1@letterbook.example>'],
    people: [
      contact('Eleonora', 'Bassermann', 'bassermann@hotel-krone.test'),
      contact('Emil', 'Basler', 'basler@emil-basler.test'),
    ],
    archived: [
      earlier(
        '<z1@letterbook.example>',
        'Wallpaper for the hall',
        ['eleonora-bassermann'],
        [WRITER, to('Eleonora Bassermann', 'bassermann@hotel-krone.test')],
      ),
    ],
    crowd: { count: 250 },
    expected: 'eleonora-bassermann',
  },
  {
    id: 'family-first-name-decides',
    why: 'Nine of one surname; the first name decides.',
    unknown: from('Notburga Haller', 'notburga.haller@gmx.at'),
    people: family('Haller', 'Alois Barbara Christl Dominik Erna Florian Notburga Norbert Otto'),
    crowd: { count: 200 },
    expected: 'notburga-haller',
  },
  {
    id: 'family-initial-decides-not',
    why: 'Nine of one surname, two with the initial, and nothing else.',
    unknown: from('N. Haller', 'haller.n@gmx.at'),
    people: family('Haller', 'Alois Barbara Christl Dominik Erna Florian Notburga Norbert Otto'),
    crowd: { count: 200 },
    expected: 'notburga-haller',
    alsoAcceptable: ['norbert-haller'],
  },
  {
    id: 'family-none-of-them',
    why: 'Nine of one surname, and this is the tenth.',
    unknown: from('Walpurga Haller', 'walpurga@haller-trachten.test'),
    people: family('Haller', 'Alois Barbara Christl Dominik Erna Florian Notburga Norbert Otto'),
    crowd: { count: 200 },
    expected: 'none',
  },
  {
    id: 'nobody-among-many',
    why: 'Four hundred people and none of them.',
    unknown: from('Thusnelda Quirin', 'quirin@varusbuch.test'),
    people: [contact('Theodora', 'Quint', 'quint@quint.test')],
    crowd: { count: 400 },
    expected: 'none',
  },
  {
    id: 'common-first-name-among-many',
    why: 'Of four hundred people several are called Maria; the address says no more.',
    unknown: from('Maria', 'maria.sonnenschein22@gmail.com'),
    people: [contact('Maria', 'Oberhuber', 'maria@oberhuber.test')],
    crowd: { count: 400 },
    expected: 'none',
  },
  {
    id: 'free-mail-provider-of-two-hundred',
    why: 'Two hundred at the provider; the name is that of one with another address there.',
    unknown: from('Engelbert Strohmaier', 'estrohmaier@gmail.com'),
    people: [
      contact('Engelbert', 'Strohmaier', 'strohmaier.stuckateur@gmail.com'),
      contact('Engelbert', 'Stroh', 'estroh@gmail.com'),
    ],
    crowd: { count: 200, domain: 'gmail.com' },
    expected: 'engelbert-strohmaier',
  },
  {
    id: 'big-firm-nickname-and-initial',
    why: 'A hundred and twenty at the firm; Fritz B. is Friedrich Bohnsack alone.',
    unknown: from('Fritz B.', 'fritz.b@motorenwerk.test'),
    people: [
      contact('Friedrich', 'Bohnsack', 'friedrich.bohnsack@motorenwerk.test'),
      contact('Friedrich', 'Tangermann', 'friedrich.tangermann@motorenwerk.test'),
      contact('Fritz', 'Bohlen', 'bohlen@bohlen.test'),
    ],
    crowd: { count: 120, domain: 'motorenwerk.test' },
    expected: 'friedrich-bohnsack',
  },
  {
    id: 'big-firm-signature',
    why: 'A hundred and twenty at the firm; the address is a workshop, and she signs.',
    unknown: from('Halle 4', 'halle4@motorenwerk.test'),
    text: 'The crankshaft is ready.\n\nGlückauf\nIsolde Rademann\nHalle 4\n',
    people: [
      contact('Isolde', 'Rademann', 'isolde.rademann@motorenwerk.test'),
      contact('Isabell', 'Rademacher', 'isabell.rademacher@motorenwerk.test'),
    ],
    crowd: { count: 120, domain: 'motorenwerk.test' },
    expected: 'isolde-rademann',
  },
  {
    id: 'big-firm-nobody',
    why: 'A hundred and twenty at the firm, none of them called so.',
    unknown: from('Ekkehard Prümm', 'ekkehard.pruemm@motorenwerk.test'),
    people: [contact('Eckart', 'Brühl', 'eckart.bruehl@motorenwerk.test')],
    crowd: { count: 120, domain: 'motorenwerk.test' },
    expected: 'none',
  },
  {
    id: 'five-namesakes-copy-decides',
    why: 'Five of one name among two hundred; the firm in copy decides.',
    unknown: from('Stefanie Bauer', 'steffi.bauer@icloud.com'),
    others: [cc('Ingmar Lohmann', 'lohmann@tierpark-ost.test')],
    people: [
      contact('Stefanie', 'Bauer', 'bauer@eisdiele.test', { id: 'bauer-1', linked: 40 }),
      contact('Stefanie', 'Bauer', 'bauer@fahrschule.test', { id: 'bauer-2' }),
      contact('Stefanie', 'Bauer', 'bauer@tierpark-ost.test', {
        id: 'bauer-zoo',
        account: 'tierpark-ost',
      }),
      contact('Stefanie', 'Bauer', 'bauer@notariat.test', { id: 'bauer-4' }),
      contact('Stephan', 'Bauer', 'stephan@bauer-bau.test'),
      contact('Ingmar', 'Lohmann', 'lohmann@tierpark-ost.test', { account: 'tierpark-ost' }),
    ],
    accounts: [account('Tierpark Ost', 'tierpark-ost.test')],
    crowd: { count: 200 },
    expected: 'bauer-zoo',
  },
  {
    id: 'first-name-as-surname',
    why: 'Simon and Frank are first names of many here, and his surname and first name.',
    unknown: from('Frank Simon-Teuber', 'f.simon-teuber@gmx.de'),
    people: [
      contact('Frank', 'Simon-Teuber', 'simon-teuber@schiffselektrik.test'),
      contact('Simon', 'Franke', 'franke@gmx.de'),
    ],
    crowd: { count: 250 },
    expected: 'frank-simon-teuber',
  },
]);

/** A contact for each first name, at an address that tells no more than a number. */
function family(surname: string, firstNames: string): KnownPerson[] {
  return firstNames
    .split(' ')
    .map((firstName, index) =>
      contact(firstName, surname, `box${index + 1}@haus${index + 1}.test`),
    );
}
