import { barsImage, pdfFile } from '../mail/demo-files.ts';
import { people } from './people.ts';
import { ago, copied, forwarded, soon, type Story } from './story.ts';
import { users } from './users.ts';

const { haruto } = users;
const { yuki, kenji, emi, daichi, naoko, akira } = people;

export const minatosDoors: Story = {
  title: "Minato's new doors",
  shows: 'Japanese mail, forwarded from Thunderbird, with a file name in Japanese',
  mails: [
    forwarded(
      'minato-request',
      ago(19, '01:24'),
      { by: haruto, layout: 'thunderbird-japanese', remark: '本日中に回答します。' },
      {
        from: yuki,
        to: [haruto],
        cc: [kenji],
        subject: '横浜倉庫のバース増設について',
        text: `佐藤様

いつもお世話になっております。みなと倉庫の高橋です。
来年四月に横浜倉庫のバースを八つ増やす予定です。現在の契約に追加できるでしょうか。
お見積りをいただけますと幸いです。

みなと倉庫
高橋 由紀`,
      },
      [yuki, kenji],
    ),
    copied(
      'minato-quote',
      ago(18, '04:40'),
      {
        from: haruto,
        to: [yuki],
        cc: [kenji],
        subject: 'Re: 横浜倉庫のバース増設について',
        text: `高橋様

お問い合わせありがとうございます。追加は可能です。お見積りを添付いたしますので、ご確認ください。
設定作業は週末に行い、月曜日の朝から使えるようにいたします。

佐藤 陽斗`,
        files: [pdfFile('お見積り.pdf', ['Quayside Systems', 'Dockplan, 8 doors, Yokohama'])],
      },
      [yuki, kenji],
      { answers: 'minato-request' },
    ),
    forwarded(
      'minato-order',
      ago(8, '02:15'),
      { by: haruto, layout: 'gmail', remark: '正式に決まりました。' },
      {
        from: kenji,
        to: [haruto],
        cc: [yuki],
        subject: 'Re: 横浜倉庫のバース増設について',
        text: `佐藤様

社内の承認が下りましたので、お見積りの内容で進めてください。

みなと倉庫
中村 健二`,
      },
      [kenji, yuki],
      { answers: 'minato-quote' },
    ),
    copied(
      'minato-schedule',
      soon(70),
      {
        from: haruto,
        to: [kenji, yuki],
        subject: '設定作業の日程',
        text: `中村様、高橋様

ありがとうございます。設定作業は三月の最終週末を予定しております。ご都合はいかがでしょうか。

佐藤 陽斗`,
      },
      [kenji, yuki],
    ),
  ],
};

export const aozorasNight: Story = {
  title: "Aozora's night shift",
  shows: 'Japanese and English in one conversation, with a picture in the text',
  mails: [
    forwarded(
      'aozora-night',
      ago(9, '23:51'),
      {
        by: haruto,
        layout: 'apple-mail',
        remark: 'They write in English, so that Owen can read it.',
      },
      {
        from: emi,
        to: [haruto],
        cc: [daichi],
        subject: 'Night shift planner',
        text: `Dear Sato-san,

the night team likes the planner. One wish: 深夜便 (the late flights) should have a colour of their
own, because they are always late.

Kobayashi Emi`,
      },
      [emi, daichi],
    ),
    copied(
      'aozora-colour',
      ago(7, '05:30'),
      {
        from: haruto,
        to: [emi],
        cc: [daichi, naoko],
        subject: 'Re: Night shift planner',
        text: `Dear Kobayashi-san,

it is in: late flights are orange from tonight on. 深夜便は今夜からオレンジ色で表示されます。

Sato Haruto`,
        html: `<p>Dear Kobayashi-san,</p><p>it is in: late flights are <b style="color:#e8590c">orange</b> from tonight on. 深夜便は今夜からオレンジ色で表示されます。</p><p><img src="cid:flights@quayside.example" alt="Flights by hour, the late ones in orange"></p><p>Sato Haruto</p>`,
        files: [
          barsImage(
            'flights.png',
            [0.3, 0.45, 0.7, 0.9, 0.85, 0.6],
            [232, 89, 12],
            'flights@quayside.example',
          ),
        ],
      },
      [emi, daichi, naoko],
      { answers: 'aozora-night' },
    ),
    forwarded(
      'aozora-thanks',
      soon(240),
      { by: haruto, layout: 'apple-mail', remark: '' },
      {
        from: daichi,
        to: [haruto],
        subject: 'Re: Night shift planner',
        text: `佐藤様

オレンジ色、とても見やすいです。ありがとうございます。

森 大地`,
      },
      [daichi],
      { answers: 'aozora-colour' },
    ),
    copied(
      'sakura-first',
      ago(3, '06:18'),
      {
        from: haruto,
        to: [akira],
        subject: '資料のご送付',
        text: `伊藤様

先日は展示会でお立ち寄りいただき、ありがとうございました。ご興味をお持ちの冷凍倉庫向けの資料をお送りいたします。

佐藤 陽斗`,
        files: [pdfFile('冷凍倉庫向け資料.pdf', ['Dockplan for frozen goods'])],
      },
      [akira],
    ),
  ],
};
