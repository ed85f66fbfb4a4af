import { account, contact, from, lead, to } from './case-words.ts';
import { writeCases } from './write-cases.ts';

/** Firms' own domains. A domain tells the firm; the name tells who of the firm. */
export const SAME_DOMAIN_CASES = writeCases('same-domain', [
  {
    id: 'one-person-nickname',
    why: 'The one person at the firm, under a nickname.',
    unknown: from('Conny', 'conny@raumausstatter-riedl.test'),
    people: [
      contact('Cornelia', 'Riedl', 'c.riedl@raumausstatter-riedl.test', {
        account: 'raumausstatter-riedl',
      }),
    ],
    accounts: [account('Raumausstatter Riedl', 'raumausstatter-riedl.test')],
    expected: 'cornelia-riedl',
  },
  {
    id: 'one-person-other-name',
    why: 'The one person we know there is somebody else: a colleague writes.',
    unknown: from('Götz Haberland', 'goetz.haberland@saatzucht-elbe.test'),
    people: [contact('Marlies', 'Tietjen', 'marlies.tietjen@saatzucht-elbe.test')],
    expected: 'none',
  },
  {
    id: 'one-man-firm-other-local-part',
    why: 'A firm of one, named after him; the second mailbox has initials and no name.',
    unknown: from('', 'nb@nils-brodersen.test'),
    people: [
      contact('Nils', 'Brodersen', 'mail@nils-brodersen.test', {
        account: 'nils-brodersen-bootsbau',
      }),
    ],
    accounts: [account('Nils Brodersen Bootsbau', 'nils-brodersen.test')],
    expected: 'nils-brodersen',
  },
  {
    id: 'thirty-people-name-decides',
    why: 'Thirty at the firm; the full name is one of theirs.',
    unknown: from('Ottokar Jelinek', 'o.jelinek@werkzeug-union.test'),
    people: [contact('Ottokar', 'Jelinek', 'jelinek@werkzeug-union.test')],
    crowd: { count: 30, domain: 'werkzeug-union.test' },
    expected: 'ottokar-jelinek',
  },
  {
    id: 'thirty-people-surname-decides',
    why: 'Thirty at the firm; of the two with the surname one has the initial.',
    unknown: from('', 'wpfeiffer@werkzeug-union.test'),
    people: [
      contact('Winfried', 'Pfeiffer', 'winfried.pfeiffer@werkzeug-union.test'),
      contact('Luise', 'Pfeiffer', 'luise.pfeiffer@werkzeug-union.test'),
    ],
    crowd: { count: 30, domain: 'werkzeug-union.test' },
    expected: 'winfried-pfeiffer',
  },
  {
    id: 'thirty-people-nobody',
    why: 'Thirty at the firm and none of the name: that all share the domain is no reason.',
    unknown: from('Eleonore Zabel', 'eleonore.zabel@werkzeug-union.test'),
    people: [contact('Leonore', 'Sobel', 'leonore.sobel@werkzeug-union.test')],
    crowd: { count: 30, domain: 'werkzeug-union.test' },
    expected: 'none',
  },
  {
    id: 'personnel-number',
    why: 'The local part is a personnel number; display name in directory order.',
    unknown: from('Tischbein, Friederike, VT-3', 'u40771@werkzeug-union.test'),
    people: [
      contact('Friederike', 'Tischbein', 'friederike.tischbein@werkzeug-union.test'),
      contact('Frieder', 'Tischer', 'frieder.tischer@werkzeug-union.test'),
    ],
    crowd: { count: 25, domain: 'werkzeug-union.test' },
    expected: 'friederike-tischbein',
  },
  {
    id: 'subdomain',
    why: 'mail.firm is the same firm, the local part is the same.',
    unknown: from('', 'agathe.rummel@mail.orgelpfeifen.test'),
    people: [
      contact('Agathe', 'Rummel', 'agathe.rummel@orgelpfeifen.test'),
      contact('August', 'Rummel', 'august.rummel@orgelpfeifen.test'),
    ],
    expected: 'agathe-rummel',
  },
  {
    id: 'subdomain-of-country',
    why: 'He moved from the British to the German branch of one firm.',
    unknown: from('Desmond Achterberg', 'desmond.achterberg@de.hydroturbines.test'),
    people: [
      contact('Desmond', 'Achterberg', 'd.achterberg@uk.hydroturbines.test'),
      contact('Dietmar', 'Acker', 'dietmar.acker@de.hydroturbines.test'),
    ],
    expected: 'desmond-achterberg',
  },
  {
    id: 'other-ending',
    why: 'The firm has two endings; same local part, name rare.',
    unknown: from('', 'rieke.vosshall@buchbinderei-vosshall.example'),
    people: [
      contact('Rieke', 'Vosshall', 'rieke.vosshall@buchbinderei-vosshall.test'),
      contact('Reiner', 'Vosshall', 'reiner.vosshall@buchbinderei-vosshall.test'),
    ],
    expected: 'rieke-vosshall',
  },
  {
    id: 'account-knows-second-domain',
    why: 'The account lists the new domain; the name is known under the old one.',
    unknown: from('Inga Norrby', 'inga.norrby@aurora-foods.test'),
    people: [
      contact('Inga', 'Norrby', 'inga@norrby-mejeri.test', { account: 'norrby-mejeri' }),
      contact('Ingela', 'Norberg', 'ingela@norberg.test'),
    ],
    accounts: [account('Norrby Mejeri', 'norrby-mejeri.test', 'aurora-foods.test')],
    expected: 'inga-norrby',
  },
  {
    id: 'record-without-address-in-account',
    why: 'She has no address, but belongs to the account of that domain, and the initial fits.',
    unknown: from('', 'v.castellani@ottica-lago.test'),
    people: [
      contact('Valeria', 'Castellani', [], { account: 'ottica-lago' }),
      contact('Vittorio', 'Lago', 'v.lago@ottica-lago.test', { account: 'ottica-lago' }),
    ],
    accounts: [account('Ottica Lago', 'ottica-lago.test')],
    expected: 'valeria-castellani',
  },
  {
    id: 'shared-hosting-is-no-firm',
    why: "Two firms under one host's domain have nothing to do with each other.",
    unknown: from('Kamil Dorn', 'kontakt@dorn-reifen.webhosting-kiste.test'),
    people: [contact('Heike', 'Blum', 'kontakt@blumen-blum.webhosting-kiste.test')],
    expected: 'none',
  },
  {
    id: 'university',
    why: "Ten thousand people share a university's domain; the surname alone is another person.",
    unknown: from('Lukas Hartung', 'lukas.hartung@student.uni-seestadt.test'),
    people: [contact('Ilse', 'Hartung', 'ilse.hartung@uni-seestadt.test')],
    crowd: { count: 12, domain: 'uni-seestadt.test' },
    expected: 'none',
  },
  {
    id: 'changed-scheme-of-addresses',
    why: 'The firm went from jdoe to jane.doe; only the alias differs.',
    unknown: to('', 'philomena.kraft@daemmstoffe.test'),
    people: [
      contact('Philomena', 'Kraft', 'pkraft@daemmstoffe.test'),
      contact('Paul', 'Krafft', 'pkrafft@daemmstoffe.test'),
    ],
    crowd: { count: 15, domain: 'daemmstoffe.test' },
    expected: 'philomena-kraft',
  },
  {
    id: 'first-name-only-many-at-firm',
    why: 'First name as address; one of the twenty has it.',
    unknown: from('', 'roswitha@kuechenplan.test'),
    people: [
      contact('Roswitha', 'Emmerling', 'emmerling@kuechenplan.test'),
      contact('Roswitha', 'Hallbauer', 'roswitha@hallbauer.test'),
    ],
    crowd: { count: 20, domain: 'kuechenplan.test' },
    expected: 'roswitha-emmerling',
  },
  {
    id: 'changed-employer',
    why: 'He changed his employer; at the new one we know others, but the name is his.',
    unknown: from('Leopold Schachner', 'leopold.schachner@seilwinden.test'),
    people: [
      contact('Leopold', 'Schachner', 'schachner@bergbahn.test', { account: 'bergbahn' }),
      contact('Leonie', 'Schachinger', 'leonie.schachinger@seilwinden.test'),
    ],
    accounts: [account('Bergbahn', 'bergbahn.test'), account('Seilwinden', 'seilwinden.test')],
    crowd: { count: 10, domain: 'seilwinden.test' },
    expected: 'leopold-schachner',
  },
  {
    id: 'lead-of-the-firm',
    why: "The lead gave a private address and the firm's name; now he writes from the firm.",
    unknown: from('H. Eggebrecht', 'eggebrecht@kork-und-filz.test'),
    people: [
      lead('Holger', 'Eggebrecht', 'holgi.e@web.de', { account: 'kork-und-filz' }),
      contact('Hella', 'Eggers', 'eggers@kork-und-filz.test', { account: 'kork-und-filz' }),
    ],
    accounts: [account('Kork und Filz', 'kork-und-filz.test')],
    expected: 'holger-eggebrecht',
  },
]);
