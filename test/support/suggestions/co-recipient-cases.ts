import { account, cc, contact, earlier, from, lead, to } from './case-words.ts';
import { writeCases } from './write-cases.ts';

const WRITER = from('Dana Levi', 'dana.levi@letterbook.example');

/** Known people stand on the mail beside the unknown address. */
export const CO_RECIPIENT_CASES = writeCases('co-recipients', [
  {
    id: 'colleague-in-copy-account-has-the-name',
    why: 'Her colleague is in copy, and she is known at the same account under another address.',
    unknown: to('Walburga', 'wally.s@icloud.com'),
    others: [WRITER, cc('Rupert Hallinger', 'hallinger@gondelbau.test')],
    people: [
      contact('Walburga', 'Stocker', 'stocker@gondelbau.test', { account: 'gondelbau' }),
      contact('Walburga', 'Thoma', 'thoma@dirndl.test', { account: 'dirndl' }),
      contact('Rupert', 'Hallinger', 'hallinger@gondelbau.test', { account: 'gondelbau' }),
    ],
    accounts: [account('Gondelbau', 'gondelbau.test'), account('Dirndl', 'dirndl.test')],
    expected: 'walburga-stocker',
  },
  {
    id: 'colleague-in-copy-is-not-the-unknown',
    why: 'The colleague in copy has an address already and another name.',
    unknown: to('Eberhard Kniep', 'kniep@torantriebe.test'),
    others: [WRITER, cc('Susann Rademacher', 'rademacher@torantriebe.test')],
    people: [contact('Susann', 'Rademacher', 'rademacher@torantriebe.test')],
    expected: 'none',
  },
  {
    id: 'private-address-beside-own-office-address',
    why: 'He puts his own private address in copy: same name beside it.',
    unknown: cc('Gernot Sieveking', 'gsieve@mailbox.org'),
    others: [from('Gernot Sieveking', 'sieveking@hafenlotse.test')],
    people: [
      contact('Gernot', 'Sieveking', 'sieveking@hafenlotse.test'),
      contact('Gerd', 'Sievers', 'sievers@mailbox.org'),
    ],
    expected: 'gernot-sieveking',
  },
  {
    id: 'usual-pair',
    why: 'The two always stand together in our mail; the initials are those of the missing one.',
    unknown: to('', 'bq@quandt-statik.test'),
    others: [WRITER, to('Erwin Loos', 'loos@loos-architekten.test')],
    people: [
      contact('Birte', 'Quandt', 'birte.quandt@statikbuero.example'),
      contact('Erwin', 'Loos', 'loos@loos-architekten.test'),
    ],
    archived: [
      earlier(
        '<u1@letterbook.example>',
        'Roof beams',
        ['birte-quandt', 'erwin-loos'],
        [
          from(WRITER.name, WRITER.address),
          to('Erwin Loos', 'loos@loos-architekten.test'),
          to('Birte Quandt', 'birte.quandt@statikbuero.example'),
        ],
      ),
      earlier(
        '<u2@letterbook.example>',
        'Cellar',
        ['birte-quandt', 'erwin-loos'],
        [
          from(WRITER.name, WRITER.address),
          to('Erwin Loos', 'loos@loos-architekten.test'),
          to('Birte Quandt', 'birte.quandt@statikbuero.example'),
        ],
      ),
    ],
    expected: 'birte-quandt',
  },
  {
    id: 'three-of-the-firm-in-copy',
    why: 'Three of the firm in copy; the fourth of the firm is in the address.',
    unknown: from('', 'annegret.fuhrmann@outlook.de'),
    others: [
      cc('Ole Brück', 'brueck@deichbau.test'),
      cc('Antje Nissen', 'nissen@deichbau.test'),
      cc('Piet Lührs', 'luehrs@deichbau.test'),
    ],
    people: [
      contact('Ole', 'Brück', 'brueck@deichbau.test', { account: 'deichbau' }),
      contact('Antje', 'Nissen', 'nissen@deichbau.test', { account: 'deichbau' }),
      contact('Piet', 'Lührs', 'luehrs@deichbau.test', { account: 'deichbau' }),
      contact('Annegret', 'Fuhrmann', 'fuhrmann@deichbau.test', { account: 'deichbau' }),
      contact('Anne', 'Fuhr', 'fuhr@spedition.test'),
    ],
    accounts: [account('Deichbau', 'deichbau.test')],
    expected: 'annegret-fuhrmann',
  },
  {
    id: 'namesakes-told-apart-by-copy',
    why: 'Two of the name; the one whose colleague is in copy.',
    unknown: from('Sabrina Koch', 'sabrina.koch@gmx.de'),
    others: [cc('Nils Tönnies', 'toennies@solarfeld.test')],
    people: [
      contact('Sabrina', 'Koch', 'koch@solarfeld.test', { id: 'koch-solar', account: 'solarfeld' }),
      contact('Sabrina', 'Koch', 'koch@kochschule.test', { id: 'koch-school' }),
      contact('Nils', 'Tönnies', 'toennies@solarfeld.test', { account: 'solarfeld' }),
    ],
    accounts: [account('Solarfeld', 'solarfeld.test')],
    expected: 'koch-solar',
  },
  {
    id: 'round-mail-to-strangers',
    why: 'Many recipients who share nothing: that one of them is known says nothing of the others.',
    unknown: to('Corvin Mast', 'mast@segelverein-ost.test'),
    others: [
      WRITER,
      to('Ida Krull', 'krull@bank.test'),
      to('Jost Wendt', 'wendt@museum.test'),
      to('Friedel Amt', 'amt@kommune.test'),
      to('Bodo Ratjen', 'ratjen@fischmarkt.test'),
    ],
    people: [
      contact('Ida', 'Krull', 'krull@bank.test'),
      contact('Jost', 'Wendt', 'wendt@museum.test'),
      contact('Bodo', 'Ratjen', 'ratjen@fischmarkt.test'),
    ],
    expected: 'none',
  },
  {
    id: 'copy-from-other-firm',
    why: 'The known one in copy is of another firm; the name decides.',
    unknown: from('Gwendolyn Attwater', 'gwen@attwater-survey.test'),
    others: [cc('Miles Orchard', 'miles@orchard-builders.test')],
    people: [
      contact('Gwendolyn', 'Attwater', 'g.attwater@landsurvey.example'),
      contact('Miles', 'Orchard', 'miles@orchard-builders.test'),
      contact('Gwenda', 'Orchard', 'gwen@orchard-builders.test'),
    ],
    expected: 'gwendolyn-attwater',
  },
  {
    id: 'wife-in-copy',
    why: 'Husband and wife: the unknown one has the first name of the wife, who has a record.',
    unknown: cc('Lieselotte', 'lilo.ackermann@web.de'),
    others: [from('Friedhelm Ackermann', 'friedhelm@ackermann-obst.test')],
    people: [
      contact('Friedhelm', 'Ackermann', 'friedhelm@ackermann-obst.test'),
      contact('Lieselotte', 'Ackermann', 'lieselotte@ackermann-obst.test'),
      contact('Lisa', 'Ackermann', 'lisa.ackermann@gmail.com'),
    ],
    expected: 'lieselotte-ackermann',
  },
  {
    id: 'unknown-among-unknown',
    why: 'All on the mail are unknown; one has the name of a lead.',
    unknown: cc('Philine Castorp', 'castorp@sanatorium-berg.test'),
    others: [
      from('Joachim Ziems', 'ziems@sanatorium-berg.test'),
      cc('Clawdia Chauch', 'chauch@sanatorium-berg.test'),
    ],
    people: [
      lead('Philine', 'Castorp', 'philine@castorp.example'),
      contact('Joachim', 'Zimmer', 'zimmer@zimmer.example'),
    ],
    expected: 'philine-castorp',
  },
  {
    id: 'introduced-by-contact',
    why: 'The contact introduces somebody new; the newcomer is not the contact.',
    unknown: cc('Rasmus Ekdal', 'rasmus@ekdal-foto.test'),
    subject: 'Introduction: Dana, meet Rasmus',
    others: [from('Hedvig Sørby', 'hedvig@vildand.test')],
    people: [
      contact('Hedvig', 'Sørby', 'hedvig@vildand.test'),
      contact('Rasmus', 'Ravn', 'rasmus@ravn.test'),
    ],
    expected: 'none',
  },
  {
    id: 'display-name-of-colleague-with-initial',
    why: 'Initial and surname in copy of his colleague at the account; the other M. Baumgart is not.',
    unknown: cc('M. Baumgart', 'baumgart.privat@aol.com'),
    others: [from('Verena Holzapfel', 'holzapfel@moebelhaus-ulm.test')],
    people: [
      contact('Meinrad', 'Baumgart', 'm.baumgart@moebelhaus-ulm.test', {
        account: 'mobelhaus-ulm',
      }),
      contact('Mathilde', 'Baumgart', 'mathilde@baumgart-tee.test'),
      contact('Verena', 'Holzapfel', 'holzapfel@moebelhaus-ulm.test', { account: 'mobelhaus-ulm' }),
    ],
    accounts: [account('Möbelhaus Ulm', 'moebelhaus-ulm.test')],
    expected: 'meinrad-baumgart',
  },
  {
    id: 'record-already-on-the-mail',
    why: 'The only one of the surname is on the mail under his own address; this is his brother.',
    unknown: cc('Gero Teichgräber', 'gero@teichgraeber-koi.test'),
    others: [from('Arndt Teichgräber', 'arndt@teichgraeber-koi.test')],
    people: [contact('Arndt', 'Teichgräber', 'arndt@teichgraeber-koi.test')],
    expected: 'none',
  },
]);
