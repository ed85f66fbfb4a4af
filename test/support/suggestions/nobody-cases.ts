import { account, cc, contact, from, lead, to } from './case-words.ts';
import { writeCases } from './write-cases.ts';

/** The CRM does not know who it is. A strong suggestion here leads to mail on a stranger's record. */
export const NOBODY_CASES = writeCases('nobody', [
  {
    id: 'new-customer',
    why: 'A new customer, like nobody.',
    unknown: from('Ottfried Kleinschmidt', 'kleinschmidt@teichbau-sued.test'),
    people: [
      contact('Jolanda', 'Rupp', 'rupp@rupp.test'),
      contact('Egbert', 'Vaas', 'vaas@vaas.test'),
    ],
    crowd: { count: 60 },
    expected: 'none',
  },
  {
    id: 'common-first-name-other-surname',
    why: 'Thomas Berger is not Thomas Burgdorf.',
    unknown: from('Thomas Berger', 'thomas.berger@heizung-berger.test'),
    people: [
      contact('Thomas', 'Burgdorf', 'burgdorf@tief.test'),
      contact('Thomas', 'Reinke', 'reinke@hoch.test'),
    ],
    crowd: { count: 40 },
    expected: 'none',
  },
  {
    id: 'same-surname-other-firm',
    why: 'Schneider is a common surname; another first name, another firm.',
    unknown: from('Bettina Schneider', 'schneider@lampenladen.test'),
    people: [
      contact('Gunnar', 'Schneider', 'schneider@kies-und-sand.test'),
      contact('Elke', 'Schneider', 'elke@schneiderei.test'),
    ],
    expected: 'none',
  },
  {
    id: 'same-local-part-other-firm',
    why: 'Two firms each have a "mueller".',
    unknown: from('', 'mueller@rolladen-nord.test'),
    people: [
      contact('Steffen', 'Müller', 'mueller@getreide-ag.test'),
      contact('Annett', 'Müller', 'mueller@tierarzt-mitte.test'),
      contact('Uwe', 'Müller', 'u.mueller@getreide-ag.test'),
    ],
    expected: 'none',
  },
  {
    id: 'common-first-name-as-local-part',
    why: 'anna@ at another firm is another Anna.',
    unknown: from('', 'anna@yogastudio-linden.test'),
    people: [
      contact('Anna', 'Pirlo', 'anna@pasta-pirlo.test'),
      contact('Anna', 'Westhoff', 'anna@westhoff.test'),
    ],
    expected: 'none',
  },
  {
    id: 'rhyming-names',
    why: 'Names alike to the eye: Hannes Beer is not Hanna Baer.',
    unknown: from('Hannes Beer', 'hannes.beer@gmx.ch'),
    people: [
      contact('Hanna', 'Baer', 'hanna.baer@gmx.ch'),
      contact('Johanna', 'Beermann', 'beermann@moor.test'),
      contact('Hansi', 'Biermann', 'biermann@brauhaus.test'),
    ],
    expected: 'none',
  },
  {
    id: 'first-and-surname-of-two-people',
    why: "His first name is one contact's, his surname another's.",
    unknown: from('Fabian Ritter', 'fabian.ritter@outlook.com'),
    people: [
      contact('Fabian', 'Tesch', 'tesch@bogen.test'),
      contact('Sebastian', 'Ritter', 'ritter@burg.test'),
    ],
    expected: 'none',
  },
  {
    id: 'word-in-subject',
    why: "The subject has a word that is a contact's surname.",
    unknown: from('Gudrun Hasselbach', 'hasselbach@tischlerei-tal.test'),
    subject: 'Winter tyres and summer tyres',
    people: [
      contact('Helga', 'Winter', 'winter@winter-reisen.test'),
      contact('Donna', 'Summer', 'summer@disco.test'),
    ],
    expected: 'none',
  },
  {
    id: 'firm-named-like-contact',
    why: "The firm's name is a contact's surname by chance.",
    unknown: from('Cosmin Radu', 'cosmin.radu@falk-logistik.test'),
    people: [
      contact('Hedwig', 'Falk', 'falk@puppenmuseum.test'),
      contact('Cosima', 'Rad', 'rad@fahrrad.test'),
    ],
    expected: 'none',
  },
  {
    id: 'name-of-user-himself',
    why: "The sender has the user's own first name; so has a lead.",
    unknown: from('Dana Scully-Brown', 'dana@scully-brown.test'),
    people: [
      lead('Dana', 'Pohlmann', 'dana@pohlmann.test'),
      contact('Levi', 'Strasser', 'levi@strasser.test'),
    ],
    expected: 'none',
  },
  {
    id: 'candidate-list-in-body',
    why: 'The body lists known people; none of them wrote it.',
    unknown: from('Event Team', 'team@kongress-events.test'),
    text: 'Speakers:\n- Aenne Burda-Lohr\n- Hubertus Zahn\n- Cilly Fassbender\n\nSee you there!\n',
    people: [
      contact('Aenne', 'Burda-Lohr', 'aenne@burda-lohr.test'),
      contact('Hubertus', 'Zahn', 'zahn@zahn.test'),
      contact('Cilly', 'Fassbender', 'cilly@fass.test'),
    ],
    expected: 'none',
  },
  {
    id: 'same-surname-same-town-free-mail',
    why: 'A surname and a free provider: her brother, an uncle, or nobody.',
    unknown: from('', 'sandmann.k@web.de'),
    people: [
      contact('Theo', 'Sandmann', 'theo@sandmann-optik.test'),
      contact('Bärbel', 'Sandmann', 'baerbel.sandmann@web.de'),
    ],
    expected: 'none',
  },
  {
    id: 'crm-of-one',
    why: 'The CRM has one person, who is somebody else.',
    unknown: to('Rutger Hauerland', 'rutger@hauerland.test'),
    people: [contact('Alma', 'Deutsch', 'alma@musik.test')],
    crowd: { count: 0 },
    expected: 'none',
  },
  {
    id: 'contact-without-any-name',
    why: 'Records without a name fit nobody.',
    unknown: from('Sigrun Falkenhayn', 'sigrun@falkenhayn.test'),
    people: [
      lead('', '', 'hallo@irgendwer.test', { id: 'nameless' }),
      lead('-', 'Unknown', 'x@irgendwer.test', { id: 'unknown' }),
    ],
    expected: 'none',
  },
  {
    id: 'sister-company-other-people',
    why: 'Another firm of the same group, all other people.',
    unknown: from('Clemens Ruhland', 'clemens.ruhland@stahlgruppe-service.test'),
    others: [cc('Judith Ruhland', 'judith.ruhland@stahlgruppe-service.test')],
    people: [
      contact('Clemens', 'Rühmkorf', 'ruehmkorf@stahlgruppe.test', { account: 'stahlgruppe' }),
      contact('Judith', 'Ahrens', 'ahrens@stahlgruppe.test', { account: 'stahlgruppe' }),
    ],
    accounts: [account('Stahlgruppe', 'stahlgruppe.test')],
    expected: 'none',
  },
  {
    id: 'initial-and-common-surname',
    why: 'A. Fischer at another firm may be any of thousands.',
    unknown: from('A. Fischer', 'a.fischer@bauelemente-harz.test'),
    people: [
      contact('Astrid', 'Fischer', 'fischer@reitstall.test'),
      contact('Achim', 'Fischer', 'achim@angelladen.test'),
      contact('Anja', 'Fischer', 'anja.fischer@sparkasse.test'),
    ],
    expected: 'none',
  },
  {
    id: 'spam',
    why: 'Advertising that greets the user by name.',
    unknown: from('SEO Experts', 'ranking@first-page-now.test'),
    subject: 'Dana, your website',
    text: 'Dear Dana,\n\nwe noticed that your site is not on page one.\n\nMark Wilson\nSEO Expert\n',
    people: [
      contact('Mark', 'Wilcox', 'wilcox@feinkost.test'),
      contact('Page', 'Wilson', 'page@wilson-books.test'),
    ],
    expected: 'none',
  },
  {
    id: 'signature-in-quoted-mail',
    why: 'The signature stands in what he quotes: it is of whom he answers.',
    unknown: from('Hartwin Gebhardt', 'gebhardt@kanalbau-gebhardt.test'),
    text: 'I agree.\n\nHartwin Gebhardt\n\n> The shaft is too narrow.\n>\n> Yvonne Strack\n> Planning\n',
    people: [
      contact('Yvonne', 'Strack', 'strack@tiefbauplan.test'),
      contact('Hartmut', 'Strack', 'hartmut@strack.test'),
    ],
    expected: 'none',
  },
  {
    id: 'signature-of-user',
    why: 'We wrote it: the signature is our own, and says nothing of the recipient.',
    unknown: to('', 'kontakt@neubau-allee.test'),
    text: 'Guten Tag,\n\nhaben Sie Bedarf?\n\nDana Levi\nLetterbook\n',
    people: [lead('Dana', 'Levin', 'dana.levin@gmx.net'), contact('Noa', 'Levi', 'noa@levi.test')],
    expected: 'none',
  },
]);
