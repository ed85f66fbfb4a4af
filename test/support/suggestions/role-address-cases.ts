import { account, cc, contact, earlier, from, to } from './case-words.ts';
import { writeCases } from './write-cases.ts';

/** Addresses of an office, not of a person: who signs is who wrote. */
export const ROLE_ADDRESS_CASES = writeCases('role-addresses', [
  {
    id: 'info-signed',
    why: "info@ is the firm's; she signs.",
    unknown: from('Schlüsseldienst Kirchhoff', 'info@schluessel-kirchhoff.test'),
    text: 'Hello,\n\nthe cylinders have come.\n\nMit freundlichen Grüßen\nGerda Kirchhoff\n',
    people: [
      contact('Gerda', 'Kirchhoff', 'gerda@schluessel-kirchhoff.test'),
      contact('Egon', 'Kirchhoff', 'egon@schluessel-kirchhoff.test'),
    ],
    expected: 'gerda-kirchhoff',
  },
  {
    id: 'info-unsigned-many',
    why: 'info@ of a firm with ten people and nobody signs.',
    unknown: from('Marktplatz Süd', 'info@marktplatz-sued.test'),
    people: [contact('Zita', 'Amann', 'amann@marktplatz-sued.test')],
    crowd: { count: 10, domain: 'marktplatz-sued.test' },
    expected: 'none',
  },
  {
    id: 'billing-signed-by-stranger',
    why: 'Bookkeeping writes; who signs has no record, and the buyer we know is somebody else.',
    unknown: from('Accounts payable', 'billing@kranservice.test'),
    text: 'Please see the overdue items.\n\nRegina Zöllner\nAccounts payable\n',
    people: [contact('Ewald', 'Brinkmann', 'brinkmann@kranservice.test')],
    expected: 'none',
  },
  {
    id: 'noreply-shop',
    why: "A shop's machine; that one of the shop is known is no reason.",
    unknown: from('Bürobedarf Online', 'noreply@buerobedarf-online.test'),
    subject: 'Your order 83-11902 has been shipped',
    people: [contact('Rosemarie', 'Kuhnert', 'kuhnert@buerobedarf-online.test')],
    expected: 'none',
  },
  {
    id: 'support-with-agent-name',
    why: 'The display name has the agent, who has a record.',
    unknown: from('Thaddäus (Cloudlager Support)', 'support@cloudlager.test'),
    people: [
      contact('Thaddäus', 'Mroz', 't.mroz@cloudlager.test', { account: 'cloudlager' }),
      contact('Ulla', 'Beer', 'u.beer@cloudlager.test', { account: 'cloudlager' }),
    ],
    accounts: [account('Cloudlager', 'cloudlager.test')],
    expected: 'thaddaus-mroz',
  },
  {
    id: 'one-man-firm',
    why: 'The office address of a man who works alone, with his name in the display name.',
    unknown: from('Klavierbau Ferdinand Nowotny', 'office@klavierbau-nowotny.test'),
    people: [
      contact('Ferdinand', 'Nowotny', 'ferdinand@klavierbau-nowotny.test'),
      contact('Ferdinand', 'Novak', 'novak@geigen.test'),
    ],
    expected: 'ferdinand-nowotny',
  },
  {
    id: 'secretary-dictation-mark',
    why: '"i. A." names who wrote; he has a record under his own address.',
    unknown: from('Sekretariat Bauamt', 'bauamt@stadt-nebra.test'),
    text: 'Sehr geehrte Frau Levi,\n\nder Bescheid folgt.\n\ni. A. Wolfram Kessel\n',
    people: [
      contact('Wolfram', 'Kessel', 'wolfram.kessel@stadt-nebra.test'),
      contact('Brunhild', 'Arnim', 'brunhild.arnim@stadt-nebra.test'),
    ],
    expected: 'wolfram-kessel',
  },
  {
    id: 'sales-in-copy-of-her-mail',
    why: 'The firm puts its sales office in copy of everything: it is nobody.',
    unknown: cc('Sales', 'sales@lichtplanung-west.test'),
    others: [from('Jorinde Ebel', 'ebel@lichtplanung-west.test')],
    people: [contact('Jorinde', 'Ebel', 'ebel@lichtplanung-west.test')],
    expected: 'none',
  },
  {
    id: 'postmaster',
    why: 'A mail server says it could not deliver.',
    unknown: from('Mail Delivery Subsystem', 'mailer-daemon@mx.provider.test'),
    subject: 'Undelivered Mail Returned to Sender',
    text: 'Your message to <veit.harlinger@provider.test> could not be delivered.\n',
    people: [contact('Veit', 'Harlinger', 'veit.harlinger@provider.test')],
    expected: 'none',
  },
  {
    id: 'jobs-at-firm-of-contact',
    why: 'We write to the personnel office; the engineer whom we know there is not it.',
    unknown: to('', 'bewerbung@robotik-halle.test'),
    others: [from('Dana Levi', 'dana.levi@letterbook.example')],
    people: [contact('Hermine', 'Stolz', 'hermine.stolz@robotik-halle.test')],
    expected: 'none',
  },
  {
    id: 'info-in-thread',
    why: 'The office answers in a thread with one person, and he signs with his short name.',
    unknown: from('', 'info@wasserrad-hofer.test'),
    subject: 'Re: Turbine shaft',
    text: 'Passt.\n\nLg Hans\n',
    references: ['<w1@letterbook.example>'],
    people: [
      contact('Johannes', 'Hofer', 'johannes@wasserrad-hofer.test'),
      contact('Hansjörg', 'Moser', 'moser@muehle.test'),
    ],
    archived: [
      earlier(
        '<w1@letterbook.example>',
        'Turbine shaft',
        ['johannes-hofer'],
        [
          from('Dana Levi', 'dana.levi@letterbook.example'),
          to('Johannes Hofer', 'johannes@wasserrad-hofer.test'),
        ],
      ),
    ],
    expected: 'johannes-hofer',
  },
  {
    id: 'parish-office',
    why: 'The parish office writes for the vicar and signs for itself.',
    unknown: from('Pfarramt St. Veit', 'pfarramt@st-veit.test'),
    text: 'Die Glocke kommt am Montag.\n\nIhr Pfarrbüro\n',
    people: [
      contact('Veit', 'Sankt', 'veit@sankt-reisen.test'),
      contact('Korbinian', 'Wimmer', 'wimmer@bistum.test'),
    ],
    expected: 'none',
  },
  {
    id: 'calendar-invitation',
    why: 'The calendar service sends in the name of who invites.',
    unknown: from('Ghislaine Marchand', 'calendar-notification@calendar.example'),
    subject: 'Invitation: Site meeting, Thursday 14:00',
    people: [
      contact('Ghislaine', 'Marchand', 'marchand@paysage.test'),
      contact('Ghislain', 'Marchais', 'marchais@paysage.test'),
    ],
    expected: 'ghislaine-marchand',
  },
  {
    id: 'social-network',
    why: 'The network sends for a person who has no record, and shares a first name with one.',
    unknown: from('Leonhard Birnbaum via Career Network', 'messages-noreply@careernet.example'),
    subject: 'Leonhard sent you a message',
    people: [
      contact('Leonhard', 'Zwick', 'zwick@messtechnik.test'),
      contact('Noreen', 'Plytas', 'noreen@plytas.test'),
    ],
    expected: 'none',
  },
  {
    id: 'department-with-surname-of-firm',
    why: 'The firm bears the surname of two known people; the warehouse is neither.',
    unknown: from('Lager Dressler', 'lager@dressler-kabel.test'),
    people: [
      contact('Heiner', 'Dressler', 'heiner@dressler-kabel.test'),
      contact('Karola', 'Dressler', 'karola@dressler-kabel.test'),
    ],
    expected: 'none',
  },
  {
    id: 'we-greet-by-name',
    why: 'We write to the office and greet him by his surname; he is known at the firm.',
    unknown: to('', 'buero@fensterbau-thal.test'),
    text: 'Sehr geehrter Herr Wiedenroth,\n\nanbei das Angebot.\n\nDana Levi\nLetterbook\n',
    people: [
      contact('Knut', 'Wiedenroth', 'wiedenroth@fensterbau-thal.test'),
      contact('Elvira', 'Thal', 'thal@fensterbau-thal.test'),
    ],
    expected: 'knut-wiedenroth',
  },
  {
    id: 'hotel-reception-greets-guest',
    why: 'The reception greets a guest by name: the guest did not write it.',
    unknown: from('Reception', 'reception@hotel-seeblick.test'),
    text: 'Dear Mr Dombrowski,\n\nyour room is booked.\n\nThe reception\n',
    people: [
      contact('Lech', 'Dombrowski', 'dombrowski@konzert.test'),
      contact('Marlen', 'Seeblick', 'seeblick@galerie.test'),
    ],
    expected: 'none',
  },
]);
