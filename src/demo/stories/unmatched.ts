import { pdfFile } from '../mail/demo-files.ts';
import { people } from './people.ts';
import { ago, copied, expect, forwarded, sent, soon, type Story } from './story.ts';
import { users } from './users.ts';

const { amelia, claire, dana, jonas, owen } = users;
const { ruth } = people;

const tomasz = { name: 'Tomasz Zieliński', address: 'tomasz.zielinski@kestrel-logistics.example' };
const helenAtHome = { name: 'Helen Marsh', address: 'helen.marsh@homepost.example' };
const purchasing = { name: 'Cedar Lane Purchasing', address: 'purchasing@cedar-lane.example' };
const priya = { name: 'Priya Natarajan', address: 'priya@windermere-robotics.example' };
const newsletter = { name: 'Yard & Dock Weekly', address: 'news@yard-and-dock.example' };
const layla = { name: 'ليلى حداد', address: 'layla.haddad@meridian-toys.example' };
const estates = { name: 'Estates Office', address: 'estates@st-brannock.example' };

export const danasCleanup: Story = {
  title: "Dana's unmatched mail",
  shows: 'a new colleague of a customer, a private address, a forward that lost its address',
  mails: [
    forwarded(
      'tomasz-invoice',
      ago(4, '10:20'),
      { by: dana, layout: 'outlook', remark: 'Who is he? Marta may know.' },
      {
        from: tomasz,
        to: [dana],
        subject: 'Where do invoices go from January?',
        text: `Dear Ms Kim,

I have joined Kestrel Logistics to look after suppliers. From January please send invoices to me,
with the order number in the subject.

Tomasz Zieliński
Supplier Management`,
      },
      [],
      { expect: expect.unmatched(dana, 'forwarded') },
    ),
    forwarded(
      'helen-private',
      ago(2, '21:05'),
      { by: dana, layout: 'apple-mail', remark: 'Helen, from home.' },
      {
        from: helenAtHome,
        to: [dana],
        subject: 'A private question',
        text: `Hi Dana,

writing from home. Are you hiring? My niece has finished her studies and knows more about pallets
than both of us.

Helen`,
      },
      [],
      { expect: expect.unmatched(dana, 'forwarded') },
    ),
    forwarded(
      'forward-without-address',
      ago(1, '15:47'),
      { by: dana, layout: 'outlook', remark: 'This one shows no address, only a name.' },
      {
        from: { name: 'Rosalind Achterberg', address: '' },
        to: [{ name: 'Dana Kim', address: '' }],
        subject: 'Your talk in Utrecht',
        text: `Dear Dana,

I very much liked your talk. May I have the slides?

Rosalind Achterberg`,
      },
      [],
      { expect: expect.unmatched(dana, 'forwarded', 'no-forward-found') },
    ),
    copied(
      'priya-intro',
      soon(55),
      {
        from: dana,
        to: [priya],
        subject: 'Good to meet you',
        text: `Dear Priya,

good to meet you at the fair. Robots that know when their lorry comes: I would like to try that.
When are you in London?

Dana Kim`,
      },
      [],
      { expect: expect.unmatched(dana, 'copied') },
    ),
  ],
};

const order = 'Purchase order 4500018832';

export const owensCleanup: Story = {
  title: "Owen's unmatched mail",
  shows: 'several mails of one unknown address, one that came twice, one from right to left',
  mails: [
    copied(
      'cedar-quote',
      ago(7, '09:15'),
      {
        from: owen,
        to: [purchasing],
        subject: 'Quote 2291 for Cedar Lane',
        text: `Dear purchasing team,

quote 2291 is attached. It holds until the end of the month.

Owen Price`,
        files: [pdfFile('Quote-2291.pdf', ['Quayside Systems', 'Quote 2291', 'Cedar Lane'])],
      },
      [],
      { expect: expect.unmatched(owen, 'copied') },
    ),
    {
      ...copied(
        'cedar-quote-again',
        ago(7, '09:16'),
        { from: owen, to: [purchasing], subject: '', text: '' },
        [],
        { expect: expect.repeated(owen) },
      ),
      repeats: 'cedar-quote',
    },
    forwarded(
      'cedar-order',
      ago(2, '11:32'),
      { by: owen, layout: 'gmail', remark: '' },
      {
        from: purchasing,
        to: [owen],
        subject: order,
        text: `Please find attached purchase order 4500018832. Confirm receipt within two days.

Cedar Lane Purchasing
This mailbox is read by several people.`,
        files: [pdfFile('PO-4500018832.pdf', ['Cedar Lane', order])],
      },
      [],
      { expect: expect.unmatched(owen, 'forwarded') },
    ),
    forwarded(
      'layla-right-to-left',
      ago(3, '07:26'),
      { by: owen, layout: 'thunderbird', remark: 'Samir can translate.' },
      {
        from: layla,
        to: [owen],
        subject: 'سؤال عن مواعيد التسليم',
        text: `مرحبا أوين،

أعمل مع سمير في ميريديان. هل يمكن تغيير موعد التسليم ليوم الأحد؟

مع أطيب التحيات
ليلى حداد`,
      },
      [],
      { expect: expect.unmatched(owen, 'forwarded') },
    ),
  ],
};

const image = (name: string) => `https://images.yard-and-dock.example/${name}`;

export const oddOnes: Story = {
  title: 'Odd ones',
  shows: 'a newsletter with images elsewhere, a message filed in part, a letter among colleagues',
  mails: [
    forwarded(
      'newsletter',
      ago(5, '06:40'),
      { by: jonas, layout: 'gmail', remark: 'Unser Artikel ist dabei!' },
      {
        from: newsletter,
        to: [jonas],
        subject: 'Yard & Dock Weekly: queues are out',
        text: `This week: why queues are out, ten gates worth a detour, and a crane called Mabel.

Read it at https://yard-and-dock.example/weekly/47`,
        html: `<table width="560" cellpadding="0" cellspacing="0" bgcolor="#f1f3f5" align="center"><tr><td style="padding:16px"><img src="${image('head.png')}" alt="Yard &amp; Dock Weekly" width="528" height="90"><h1 style="font-family:Georgia,serif">Queues are out</h1><p>Why queues are out, ten gates worth a detour, and a crane called Mabel.</p><p><a href="https://yard-and-dock.example/weekly/47">Read this week's issue</a></p><img src="${image('opened.gif?reader=jonas')}" alt="" width="1" height="1"></td></tr></table>`,
      },
      [],
      { expect: expect.unmatched(jonas, 'forwarded') },
    ),
    sent(
      'brannock-half-known',
      ago(6, '14:10'),
      {
        from: amelia,
        to: [],
        subject: 'Fwd: Two mails from St Brannock',
        text: 'Two mails, attached. The second address is new to me.',
      },
      expect.partly(amelia, ruth),
      {
        way: {
          kind: 'attached',
          letters: [
            {
              from: ruth,
              to: [amelia],
              subject: 'Deadline moved',
              text: `Dear Ms Grant,

the deadline moves by one week, for all bidders.

Ruth Adeyemi`,
            },
            {
              from: estates,
              to: [amelia],
              subject: 'Your safety shoes',
              text: `You left a pair of safety shoes, size 39, in the loading bay. They are at the gatehouse.

Estates Office`,
            },
          ],
        },
      },
    ),
    copied(
      'among-colleagues',
      ago(8, '17:30'),
      {
        from: claire,
        to: [owen],
        subject: 'Formation à Chambéry',
        text: `Owen,

peux-tu venir avec moi à Chambéry en juin ? Le fromage est pour moi.

Claire`,
      },
      [],
      { expect: expect.unmatched(claire, 'copied', 'only-colleagues') },
    ),
  ],
};
