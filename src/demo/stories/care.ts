import { barsImage, calendarFile } from '../mail/demo-files.ts';
import { people } from './people.ts';
import { ago, copied, expect, forwarded, soon, type Story } from './story.ts';
import { users } from './users.ts';

const { amelia, owen, dana } = users;
const { fergus, isla, ruth, gareth, joss, mei, edmund } = people;

export const greenmantlesBoard: Story = {
  title: "Greenmantle's dark board",
  shows: 'a case of customer care, from the complaint to the thanks, with a photograph',
  mails: [
    forwarded(
      'greenmantle-dark',
      ago(6, '06:52'),
      { by: owen, layout: 'thunderbird', remark: 'On it.' },
      {
        from: fergus,
        to: [owen],
        cc: [isla],
        subject: 'Arrival board is dark since five',
        text: `Owen, the board over door 7 shows nothing since five this morning. The ones next to it work.
We have eleven lorries before noon. Anything we can do ourselves?

Fergus`,
      },
      [fergus, isla],
    ),
    copied(
      'greenmantle-fuse',
      ago(6, '07:05'),
      {
        from: owen,
        to: [fergus],
        cc: [isla],
        subject: 'Re: Arrival board is dark since five',
        text: `Fergus,

the board itself answers us, so it is the power of the panel. There is a fuse in the grey box to
the left of the door: the third from the top. Until it is back, the same view is on
https://board.quayside.example/greenmantle/7 for any tablet.

Owen`,
      },
      [fergus, isla],
      { answers: 'greenmantle-dark' },
    ),
    forwarded(
      'greenmantle-photo',
      ago(6, '07:31'),
      { by: owen, layout: 'thunderbird', remark: 'Solved; keep for the handbook.' },
      {
        from: isla,
        to: [owen],
        subject: 'Re: Arrival board is dark since five',
        text: `It was the fuse. Board is back, see the picture of this week's arrivals. Thank you!

Isla`,
        files: [barsImage('arrivals.png', [0.4, 0.7, 0.9, 0.75, 0.3, 0.2], [47, 158, 68])],
      },
      [isla],
      { answers: 'greenmantle-fuse' },
    ),
    copied(
      'greenmantle-review',
      soon(150),
      {
        from: owen,
        to: [fergus, isla],
        subject: 'Half an hour about the boards?',
        text: `Hello both,

could we look at the boards together next week? I would like to show you how an alarm can be sent
before the gatehouse notices. An invitation is attached.

Owen`,
        files: [
          calendarFile('boards.ics', 'Boards at Greenmantle', new Date('2027-01-12T10:00:00Z')),
        ],
      },
      [fergus, isla],
    ),
  ],
};

export const brannocksTender: Story = {
  title: "St Brannock's tender",
  shows: 'several mails forwarded as attachments in one message, each filed by itself',
  mails: [
    {
      name: 'brannock-papers',
      when: ago(12, '13:30'),
      way: {
        kind: 'attached',
        letters: [
          {
            from: ruth,
            to: [amelia],
            subject: 'Invitation to tender: dock scheduling for three hospitals',
            text: `Dear Ms Grant,

St Brannock Hospitals invites you to tender for the scheduling of deliveries at three sites.
Offers are due in four weeks. Questions by mail to me, please; answers go to all bidders.

Ruth Adeyemi
Procurement`,
          },
          {
            from: gareth,
            to: [amelia],
            cc: [ruth],
            subject: 'Site visit',
            text: `Dear Amelia,

bidders can see the loading bays on Thursday between two and four. Please bring safety shoes.

Gareth Vaughan
Estates`,
          },
        ],
      },
      letter: {
        from: amelia,
        to: [],
        subject: 'Fwd: Tender papers',
        text: 'Both mails of today, as attachments.',
      },
      expect: expect.forwarded(amelia, gareth, ruth),
    },
    copied(
      'brannock-question',
      ago(10, '09:45'),
      {
        from: amelia,
        to: [ruth],
        subject: 'Question about lot 2',
        text: `Dear Ms Adeyemi,

does lot 2 include the pharmacy's cold store, which has doors of its own?

Kind regards
Amelia Grant`,
      },
      [ruth],
    ),
    forwarded(
      'brannock-answer',
      ago(7, '16:20'),
      { by: amelia, layout: 'outlook', remark: '' },
      {
        from: ruth,
        to: [amelia],
        subject: 'Re: Question about lot 2',
        text: `Dear Ms Grant,

it does: two doors, both at four degrees. All bidders have been told.

Ruth Adeyemi`,
      },
      [ruth],
      { answers: 'brannock-question' },
    ),
  ],
};

export const tallowStreet: Story = {
  title: 'A brewery asks',
  shows: 'mail of leads, and of one person whom two users write to',
  mails: [
    forwarded(
      'tallow-first',
      ago(5, '18:22'),
      { by: dana, layout: 'gmail', remark: 'From the web form. Looks small but keen.' },
      {
        from: joss,
        to: [dana],
        subject: 'Could this work for four doors?',
        text: `Hello,

we are a brewery with four doors and a very loud Friday. Is Dockplan any good for someone our
size, or are we better off with a whiteboard?

Joss Whitlock
Tallow Street Brewery`,
      },
      [joss],
    ),
    copied(
      'tallow-answer',
      ago(4, '08:58'),
      {
        from: amelia,
        to: [joss],
        cc: [mei],
        subject: 'Re: Could this work for four doors?',
        text: `Hello Joss,

whiteboards are fine until somebody leans on them. For four doors there is a plan without a
contract. May I show you and Mei on Friday, before it gets loud?

Amelia`,
      },
      [joss, mei],
      { answers: 'tallow-first' },
    ),
    copied(
      'pike-thanks',
      ago(14, '12:00'),
      {
        from: amelia,
        to: [edmund],
        subject: 'Thank you for the visit',
        text: `Dear Edmund,

thank you for showing us round Harrow & Pike. I have rarely seen a yard so tidy. The two reports
that you asked for will be in the December release.

Amelia`,
      },
      [edmund],
    ),
  ],
};
