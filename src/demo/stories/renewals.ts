import { barsImage, csvFile, pdfFile } from '../mail/demo-files.ts';
import { people } from './people.ts';
import { ago, copied, forwarded, soon, type Story } from './story.ts';
import { users } from './users.ts';

const { amelia, owen } = users;
const { marta, piers, yasmin, helen, callum, bridget } = people;

export const martasRenewal: Story = {
  title: "Marta's renewal",
  shows: 'one timeline: copies sent in Bcc, answers forwarded from Gmail, files, a picture',
  mails: [
    copied(
      'marta-offer',
      ago(24, '09:14'),
      {
        from: amelia,
        to: [marta],
        cc: [piers],
        subject: 'Renewal of Dockplan for 40 doors',
        text: `Hello Marta,

your contract for Dockplan ends on the last day of next month, so here is our offer for another
two years: 40 doors at the price of this year, and the night shift planner without charge until
spring.

The quote is attached. If the door count has changed, tell me and I will redo it.

Best wishes,
Amelia`,
        files: [
          pdfFile('Quote-40-doors.pdf', [
            'Quayside Systems',
            'Quote for Kestrel Logistics',
            '',
            'Dockplan, 40 doors, two years',
            'Night shift planner: included',
          ]),
        ],
      },
      [marta, piers],
    ),
    forwarded(
      'marta-question',
      ago(22, '15:40'),
      { by: amelia, layout: 'gmail', remark: 'For the record. I will answer today.' },
      {
        from: marta,
        to: [amelia],
        cc: [piers],
        subject: 'Re: Renewal of Dockplan for 40 doors',
        text: `Hi Amelia,

thank you. Two things before I take this to Piers:

1. We open hall C in March, so it will be 46 doors from then on.
2. Can we pay by quarter? Finance asks every year.

Marta`,
      },
      [marta, piers],
      { answers: 'marta-offer' },
    ),
    copied(
      'marta-answer',
      ago(22, '16:55'),
      {
        from: amelia,
        to: [marta],
        subject: 'Re: Renewal of Dockplan for 40 doors',
        text: `Hi Marta,

yes to both. 46 doors from 1 March, the first 40 at the old price, and invoices by quarter.

How do your drivers get on with the arrival board? This is what October looks like from our side:
waiting times are down in every week.

Amelia`,
        html: `<p>Hi Marta,</p><p>yes to both. <b>46 doors from 1 March</b>, the first 40 at the old price, and invoices by quarter.</p><p>How do your drivers get on with the arrival board? This is what October looks like from our side: waiting times are down in every week.</p><p><img src="cid:waiting@quayside.example" alt="Waiting times in October, week by week" width="168"></p><p>Amelia</p>`,
        files: [
          barsImage(
            'waiting-times.png',
            [0.95, 0.8, 0.62, 0.5, 0.41],
            [32, 107, 196],
            'waiting@quayside.example',
          ),
        ],
      },
      [marta],
      { answers: 'marta-question' },
    ),
    copied(
      'marta-security',
      ago(15, '10:05'),
      {
        from: owen,
        to: [yasmin, marta],
        subject: 'Answers for your security review',
        text: `Dear Yasmin, dear Marta,

the questionnaire is filled in and attached. Hosting is in Frankfurt, backups are kept for 30
days, and single sign-on is part of your plan.

Kind regards,
Owen`,
        files: [
          pdfFile('Security-answers.pdf', ['Security questionnaire', '', '48 of 48 answered']),
        ],
      },
      [yasmin, marta],
      { way: { kind: 'cc' } },
    ),
    forwarded(
      'marta-order',
      ago(3, '08:31'),
      { by: amelia, layout: 'gmail', remark: 'Signed!' },
      {
        from: marta,
        to: [amelia],
        cc: [piers, yasmin],
        subject: 'Re: Renewal of Dockplan for 40 doors',
        text: `Hi Amelia,

Piers has signed, the order form is on its way from purchasing. Please plan the set-up of hall C
for the last week of February.

Marta`,
      },
      [marta, piers, yasmin],
      { answers: 'marta-answer' },
    ),
    copied(
      'marta-kickoff',
      soon(15),
      {
        from: amelia,
        to: [marta],
        cc: [piers],
        subject: 'Re: Renewal of Dockplan for 40 doors',
        text: `Wonderful news, Marta, thank you both!

Owen will call you about hall C this week. I have put the last week of February in his calendar.

Amelia`,
      },
      [marta, piers],
      { answers: 'marta-order' },
    ),
  ],
};

export const northbanksTrial: Story = {
  title: "Northbank's trial",
  shows: 'two users on one conversation, a table attached, forwards from Outlook and Apple Mail',
  mails: [
    forwarded(
      'northbank-request',
      ago(18, '11:20'),
      {
        by: amelia,
        layout: 'outlook',
        remark: 'New trial. Owen, can you open an account for them?',
      },
      {
        from: helen,
        to: [amelia],
        subject: 'Trial at our Leith depot',
        text: `Dear Amelia,

after your talk in Perth we would like to try Dockplan at the Leith depot, twelve doors, for four
weeks. Callum runs the depot and would be your contact.

Could we begin on a Monday?

Helen Marsh
Head of Distribution, Northbank Foods`,
      },
      [helen],
    ),
    copied(
      'northbank-welcome',
      ago(17, '09:02'),
      {
        from: owen,
        to: [callum],
        cc: [helen, amelia],
        subject: 'Your Dockplan trial is ready',
        text: `Hello Callum,

the trial is open. You will get an invitation by a separate mail. To bring in your carriers, fill
in the table that is attached: one row a carrier, and leave a column empty where you are not sure.

I will ring you on Monday at ten.

Owen`,
        files: [
          csvFile('carriers.csv', [
            ['carrier', 'weekday', 'from', 'until', 'doors'],
            ['Forth Haulage', 'Mon', '06:00', '09:00', '3'],
            ['Lothian Chilled', 'Tue', '05:30', '08:00', '4'],
          ]),
        ],
      },
      [callum, helen],
    ),
    forwarded(
      'northbank-drivers',
      ago(9, '17:48'),
      { by: owen, layout: 'apple-mail', remark: 'Good sign.' },
      {
        from: callum,
        to: [owen],
        cc: [bridget],
        subject: 'Re: Your Dockplan trial is ready',
        text: `Owen,

second week: the drivers book their own slots now and nobody rings the gatehouse any more.
Bridget from finance would like to know what twelve doors cost after the trial.

Callum`,
      },
      [callum, bridget],
    ),
    copied(
      'northbank-price',
      ago(8, '10:11'),
      {
        from: amelia,
        to: [bridget],
        cc: [callum],
        subject: 'Twelve doors after the trial',
        text: `Dear Bridget,

twelve doors come to the small-site price: one monthly fee, no charge for drivers or carriers.
You can stop at the end of any month in the first year.

Amelia Grant`,
      },
      [bridget, callum],
    ),
  ],
};
