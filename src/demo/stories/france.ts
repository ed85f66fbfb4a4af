import { pdfFile } from '../mail/demo-files.ts';
import { people } from './people.ts';
import { ago, copied, forwarded, soon, type Story } from './story.ts';
import { users } from './users.ts';

const { claire, owen } = users;
const { mathilde, luc, benoit, solene, hugo, pascal, aurelie, noemie } = people;

export const valmontsExtension: Story = {
  title: "Valmont's second site",
  shows: 'French mail, forwarded from Outlook and Apple Mail in French',
  mails: [
    forwarded(
      'valmont-request',
      ago(23, '10:26'),
      { by: claire, layout: 'outlook-french', remark: 'Belle nouvelle. Je prépare une offre.' },
      {
        from: mathilde,
        to: [claire],
        cc: [luc],
        subject: 'Ouverture de notre site de Chambéry',
        text: `Bonjour Claire,

nous ouvrons un deuxième entrepôt à Chambéry au mois de juin : dix-huit quais, dont quatre
réfrigérés. Nous aimerions y retrouver la même organisation qu'à Valmont.

Pourriez-vous nous faire une proposition avant la fin du mois ?

Bien cordialement,
Mathilde Girard`,
      },
      [mathilde, luc],
    ),
    copied(
      'valmont-offer',
      ago(21, '17:12'),
      {
        from: claire,
        to: [mathilde],
        cc: [luc],
        subject: 'RE: Ouverture de notre site de Chambéry',
        text: `Bonjour Mathilde,

voici notre proposition pour Chambéry. Les quais réfrigérés ont leur propre calendrier, comme à
Valmont, et la formation de vos équipes est comprise.

À bientôt,
Claire`,
        files: [
          pdfFile('Proposition Chambéry.pdf', [
            'Quayside Systems',
            'Proposition pour les Entrepôts Valmont',
            '',
            'Dockplan, 18 quais',
          ]),
        ],
      },
      [mathilde, luc],
      { answers: 'valmont-request' },
    ),
    forwarded(
      'valmont-cold',
      ago(10, '14:39'),
      { by: claire, layout: 'apple-mail-french', remark: 'Question technique pour Owen.' },
      {
        from: luc,
        to: [claire],
        subject: 'Quais réfrigérés',
        text: `Bonjour,

est-ce que le calendrier peut refuser un camion dont la température n'a pas été annoncée ? C'est
une obligation chez nous depuis septembre.

Luc Morel`,
      },
      [luc],
    ),
    copied(
      'valmont-yes',
      soon(90),
      {
        from: claire,
        to: [luc],
        cc: [benoit, mathilde],
        subject: 'RE: Quais réfrigérés',
        text: `Bonjour Luc,

oui : le champ « température » devient obligatoire, quai par quai. Owen peut l'activer dès demain.

Bonne journée à tous,
Claire`,
      },
      [luc, benoit, mathilde],
      { answers: 'valmont-cold' },
    ),
  ],
};

export const milkAndRoads: Story = {
  title: 'Milk and roads',
  shows: 'shorter French letters, from Gmail too',
  mails: [
    forwarded(
      'vallees-holiday',
      ago(17, '08:05'),
      { by: claire, layout: 'gmail-french', remark: '' },
      {
        from: solene,
        to: [claire],
        subject: 'Fermeture du 24 au 2',
        text: `Bonjour Claire,

la laiterie ferme du 24 décembre au 2 janvier. Pouvez-vous bloquer tous les quais sauf le premier ?
Les vaches, elles, ne ferment pas.

Solène Perrin`,
      },
      [solene],
    ),
    copied(
      'vallees-done',
      ago(16, '11:50'),
      {
        from: owen,
        to: [hugo],
        cc: [solene, claire],
        subject: 'Vos quais en décembre',
        text: `Bonjour Hugo,

c'est fait : seul le quai 1 reste ouvert, de 5 h à 8 h.

Owen (traduit par Claire)`,
      },
      [hugo, solene],
    ),
    forwarded(
      'hauterive-thanks',
      ago(4, '19:33'),
      { by: claire, layout: 'outlook-french', remark: 'À garder pour le site !' },
      {
        from: pascal,
        to: [claire],
        cc: [aurelie],
        subject: 'Merci',
        text: `Bonsoir,

nos chauffeurs ne font plus la queue à Lyon. Trente ans que j'attends ça. Vous pouvez me citer.

Pascal Roux
Transports Hauterive`,
      },
      [pascal, aurelie],
    ),
    copied(
      'corvin-demo',
      ago(2, '09:40'),
      {
        from: claire,
        to: [noemie],
        subject: 'Démonstration de mardi',
        text: `Bonjour Noémie,

comme convenu, mardi à onze heures, en visioconférence. Vous n'avez rien à installer.

Claire Dubois`,
      },
      [noemie],
    ),
  ],
};
