import { encodeForward } from './encode-forward.ts';
import type { Block, ForwardCase, Layout, Original, Person } from './forward-case.ts';
import { canonical, RECIPIENTS, SENDERS } from './people.ts';
import { Picker } from './picker.ts';
import { PROSE } from './prose.ts';
import { type Language, labelsOf, wordsOf, wroteLine } from './words.ts';
import { bracketed, outlookLike, paragraphs } from './write-html.ts';
import { writtenDates } from './written-dates.ts';

const DAY = 86_400_000;

/** One forward; everything about it follows from its name. */
export function writeForward(layout: Layout, language: Language, index: number): ForwardCase {
  const shape = layout.shapes[index % layout.shapes.length] ?? 'both';
  const name = `${layout.client}, ${layout.name}, ${language}, ${String(index + 1)} (${shape})`;
  const picker = new Picker(name);
  const mail = originalMail(language, picker);
  const block = layout.write(mail, language);
  const remark = remarkOf(language, picker);
  const subject = `Fwd: ${mail.subject}`;
  const text = [...above(remark.above), ...block.text, ...remark.below].join('\n');
  const html = htmlAround(remark, block);
  const flowed = layout.flowed === true;
  return {
    name,
    client: layout.client,
    language,
    layout: layout.name,
    heldOut: picker.heldOut,
    raw: encodeForward({ subject, text, html }, { language, shape, flowed, picker }),
    expected: {
      sender: canonical(mail.from.address),
      name: mail.from.name,
      date: block.zoned ? mail.at.toISOString() : null,
      dateRaw: block.dateRaw,
      subject: mail.subject,
      remark: remark.above.join('\n\n'),
      to: mail.to.map(({ address }) => canonical(address)),
      cc: mail.cc.map(({ address }) => canonical(address)),
    },
  };
}

function originalMail(language: Language, picker: Picker): Original {
  const { subject, body } = PROSE[language];
  const from = picker.of(SENDERS);
  const start = Date.UTC(2025, 0, 1, 6) + picker.below(650) * DAY;
  const at = new Date(start + picker.below(720) * 60_000);
  const [first, ...others] = [...RECIPIENTS.slice(picker.below(3))];
  const to = first === undefined ? [] : [first];
  if (picker.below(4) === 0) to.push(...others.slice(-2));
  const cc = picker.below(3) === 0 ? RECIPIENTS.slice(-1 - picker.below(2)) : [];
  const prefix = picker.of(['', '', '', 'Re: ', 'AW: ', 'Fwd: ']);
  const titled = picker.below(30) === 0 ? '' : prefix + subject;
  const mail = { from, to, cc, subject: titled, at, body };
  return { ...mail, body: [...body, ...earlier(mail, language, picker)] };
}

/** What stood below the forwarded mail already: nothing, a reply's quote, an older block. */
function earlier(mail: Original, language: Language, picker: Picker): string[] {
  const who = picker.of(SENDERS.filter((each) => each !== mail.from));
  const at = new Date(mail.at.getTime() - 2 * DAY);
  const { remark } = PROSE[language];
  const kind = picker.below(8);
  if (kind === 0) {
    const line = wroteLine(language, writtenDates.gmail(at, language), bracketed(who));
    return [line, `> ${remark[1]}\n> \n> ${who.name}`];
  }
  if (kind === 1) return [forwardInside(who, at, language), remark[1]];
  if (kind === 2) return [threadInside(who, mail.from, at, language), remark[1]];
  return kind === 3 ? ['-- ', `${mail.from.name}\nE-mail: ${mail.from.address}`] : [];
}

function forwardInside(who: Person, at: Date, language: Language): string {
  return [
    '---------- Forwarded message ---------',
    `${wordsOf(language).gmailFrom}: ${bracketed(who)}`,
    `Date: ${writtenDates.gmail(at, language)}`,
    `Subject: ${PROSE[language].subject} (2)`,
    'To: <office@harbour.example>',
  ].join('\n');
}

function threadInside(who: Person, to: Person, at: Date, language: Language): string {
  const labels = labelsOf(language);
  return [
    `${labels.from}: ${outlookLike(who)}`,
    `${labels.sent}: ${writtenDates.outlook(at, language)}`,
    `${labels.to}: ${outlookLike(to)}`,
    `${labels.subject}: ${PROSE[language].subject} (2)`,
  ].join('\n');
}

interface Remark {
  readonly above: readonly string[];
  readonly below: readonly string[];
}

function remarkOf(language: Language, picker: Picker): Remark {
  const [first, second] = PROSE[language].remark;
  const kinds: readonly Remark[] = [
    { above: [], below: [] },
    { above: [first], below: [] },
    { above: [first, second], below: [] },
    { above: [first, 'Max Sample\nLetterbook Ltd, +44 20 7946 0000'], below: [] },
    { above: [second, '-- \nMax Sample'], below: [] },
    { above: [], below: [first] },
  ];
  return picker.of(kinds);
}

function above(texts: readonly string[]): string[] {
  return texts.flatMap((text) => [text, '']);
}

function htmlAround({ above: before, below }: Remark, block: Block): string {
  const start = before.length === 0 ? '' : `<div dir="ltr">${paragraphs(before, 'div')}</div>`;
  return `${start}${block.html}${below.length === 0 ? '' : paragraphs(below)}`;
}
