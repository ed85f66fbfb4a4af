import { pdfFile } from '../mail/demo-files.ts';
import { people } from './people.ts';
import { ago, copied, forwarded, soon, type Story } from './story.ts';
import { users } from './users.ts';

const { jonas } = users;
const { sabine, uwe, anke, matthias, elif, bernd, regula, ingrid, falk } = people;

export const lindenhofsMove: Story = {
  title: "Lindenhof's move",
  shows: 'German mail, forwarded from Outlook in German',
  mails: [
    forwarded(
      'lindenhof-move',
      ago(20, '08:12'),
      { by: jonas, layout: 'outlook-german', remark: 'Bitte zum Vorgang nehmen.' },
      {
        from: sabine,
        to: [jonas],
        cc: [uwe],
        subject: 'Umzug unseres Lagers im Frühjahr',
        text: `Sehr geehrter Herr Weber,

im April ziehen wir mit dem Möbellager nach Gütersloh um. Dort haben wir 28 statt bisher 16 Tore.
Können wir unseren Vertrag mitnehmen, und was kostet die Erweiterung?

Mit freundlichen Grüßen
Sabine Krüger
Leiterin Logistik, Lindenhof Möbel`,
      },
      [sabine, uwe],
    ),
    copied(
      'lindenhof-answer',
      ago(19, '14:03'),
      {
        from: jonas,
        to: [sabine],
        cc: [uwe],
        subject: 'AW: Umzug unseres Lagers im Frühjahr',
        text: `Sehr geehrte Frau Krüger,

der Vertrag zieht selbstverständlich mit um. Für die zwölf weiteren Tore finden Sie das Angebot im
Anhang; die Einrichtung vor Ort übernehmen wir an einem Wochenende, damit montags alles läuft.

Herzliche Grüße
Jonas Weber`,
        files: [
          pdfFile('Angebot Gütersloh.pdf', [
            'Quayside Systems',
            'Angebot für Lindenhof Möbel',
            '',
            'Dockplan, Erweiterung um 12 Tore',
          ]),
        ],
      },
      [sabine, uwe],
      { answers: 'lindenhof-move' },
    ),
    forwarded(
      'lindenhof-plan',
      ago(11, '10:37'),
      { by: jonas, layout: 'gmail-german', remark: 'Vom Handy weitergeleitet.' },
      {
        from: uwe,
        to: [jonas],
        subject: 'Hallenplan',
        text: `Hallo Herr Weber,

die Tore 1 bis 8 bleiben für die Selbstabholer, die anderen für die Speditionen. Den Plan bekommen
Sie nächste Woche von meiner Kollegin Anke Schröder.

Uwe Bartels`,
      },
      [uwe],
    ),
    forwarded(
      'lindenhof-scan',
      soon(40),
      { by: jonas, layout: 'outlook-german', remark: 'Da ist er.' },
      {
        from: anke,
        to: [jonas],
        cc: [sabine],
        subject: 'Hallenplan Gütersloh',
        text: `Guten Tag Herr Weber,

wie von Herrn Bartels angekündigt: der Plan als PDF. Die Maße sind in Metern.

Anke Schröder`,
        files: [pdfFile('Hallenplan.pdf', ['Halle Gütersloh', '', 'Tore 1 bis 28'])],
      },
      [anke, sabine],
    ),
  ],
};

export const rheintalsDelays: Story = {
  title: 'Rheintal waits',
  shows: 'German mail from Thunderbird and Apple Mail, one letter archived by two ways',
  mails: [
    copied(
      'rheintal-times',
      ago(16, '09:30'),
      {
        from: jonas,
        to: [matthias, elif],
        subject: 'Wartezeiten im Oktober',
        text: `Guten Morgen zusammen,

im Schnitt standen Ihre Fahrer 31 Minuten, im September waren es 44. Am Tor 5 hakt es noch: dort
werden Zeitfenster überbucht. Wollen wir die Regel gemeinsam ansehen?

Jonas Weber`,
      },
      [matthias, elif],
    ),
    forwarded(
      'rheintal-rule',
      ago(15, '11:18'),
      { by: jonas, layout: 'thunderbird-german', remark: 'Termin ist eingetragen.' },
      {
        from: elif,
        to: [jonas],
        cc: [matthias],
        subject: 'Re: Wartezeiten im Oktober',
        text: `Hallo Herr Weber,

gern, am Donnerstag um zehn. Das Tor 5 benutzt auch unser Kurierdienst, der bucht nie.

Elif Yıldız`,
      },
      [elif, matthias],
      { answers: 'rheintal-times' },
    ),
    forwarded(
      'rheintal-courier',
      ago(13, '07:44'),
      { by: jonas, layout: 'apple-mail-german', remark: 'Antwort vom Disponenten.' },
      {
        from: bernd,
        to: [jonas],
        subject: 'Kurier am Tor 5',
        text: `Hallo,

der Kurier bekommt ab Montag ein festes Fenster, 6:30 bis 6:50 Uhr. Bitte sperren.

Bernd Hofmann`,
      },
      [bernd],
    ),
    copied(
      'rheintal-done',
      ago(2, '15:02'),
      {
        from: jonas,
        to: [bernd],
        cc: [matthias],
        subject: 'Re: Kurier am Tor 5',
        text: `Erledigt: das Fenster ist ab Montag jede Woche gesperrt.

Jonas Weber`,
      },
      [bernd, matthias],
      { answers: 'rheintal-courier' },
    ),
  ],
};

export const cheeseAndPaper: Story = {
  title: 'Cheese and paper',
  shows: 'short German letters',
  mails: [
    copied(
      'alpstern-visit',
      ago(21, '16:16'),
      {
        from: jonas,
        to: [regula],
        subject: 'Besuch in Appenzell',
        text: `Liebe Frau Zürcher,

vielen Dank für den Käse, er hat die Fahrt nicht überlebt. Die Fragen zur Kühlkette beantworte ich
bis Ende der Woche.

Jonas Weber`,
      },
      [regula],
    ),
    forwarded(
      'brueckner-invoice',
      ago(1, '09:21'),
      { by: jonas, layout: 'outlook-german', remark: 'An die Buchhaltung weitergegeben.' },
      {
        from: ingrid,
        to: [jonas],
        cc: [falk],
        subject: 'Rechnung mit falscher Anschrift',
        text: `Sehr geehrter Herr Weber,

die letzte Rechnung ging noch an unsere alte Anschrift. Bitte stellen Sie sie neu aus; die
Kostenstelle bleibt 4711.

Ingrid Brückner
Brückner Papier`,
      },
      [ingrid, falk],
    ),
  ],
};
