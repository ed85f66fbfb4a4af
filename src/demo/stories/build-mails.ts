import {
  composeMail,
  type MailContent,
  type MailHeader,
  type Named,
} from '../mail/compose-mail.ts';
import { forwardLayout } from '../mail/forward-layouts.ts';
import type { Expectation, Letter, Story, StoryMail, When } from './story.ts';
import { ARCHIVE } from './users.ts';

/** A mail of a story as it is handed to a mail server. */
export interface BuiltMail {
  readonly story: string;
  readonly name: string;
  readonly messageId: string;
  readonly envelopeFrom: string;
  readonly raw: Buffer;
  readonly date: Date;
  /** null: it is there from the start. */
  readonly secondsAfterStart: number | null;
  readonly expect: Expectation;
}

const SECOND_MS = 1_000;
const DAY_MS = 86_400_000;
/** When the mail that is forwarded or attached was written: so long before. */
const EARLIER_MS = 47 * 60_000;

/**
 * Every mail of these stories with its date as of `now`, the oldest first.
 *
 * @param start what the last ones are dated after: the start of the demo.
 */
export function buildMails(stories: readonly Story[], now: Date, start = now): BuiltMail[] {
  const mails = stories.flatMap((story) => {
    const builder = new StoryBuilder(story, now, start);
    return story.mails.map((mail) => builder.build(mail));
  });
  // A mail that is repeated has the same date and comes first: sort() keeps the order of equals.
  return mails.sort((one, other) => one.date.getTime() - other.date.getTime());
}

class StoryBuilder {
  readonly #story: Story;
  readonly #now: Date;
  readonly #start: Date;

  constructor(story: Story, now: Date, start: Date) {
    this.#story = story;
    this.#now = now;
    this.#start = start;
  }

  build(mail: StoryMail): BuiltMail {
    const written = mail.repeats === undefined ? mail : this.#named(mail.repeats);
    const date = this.#dateOf(mail.when);
    const header = this.#header(written, this.#dateOf(written.when));
    return {
      story: this.#story.title,
      name: mail.name,
      messageId: header.messageId,
      envelopeFrom: header.from.address,
      raw: composeMail(header, contentOf(written, header.date)),
      date,
      secondsAfterStart: 'secondsAfterStart' in mail.when ? mail.when.secondsAfterStart : null,
      expect: mail.expect,
    };
  }

  #header(mail: StoryMail, date: Date): MailHeader {
    const more = mail.header ? { more: mail.header } : {};
    const references = mail.answers === undefined ? [] : this.#conversation(mail.answers);
    return { ...addressed(mail), date, messageId: messageIdOf(mail), references, ...more };
  }

  /** The mails from the first of the conversation to that one. */
  #conversation(name: string): string[] {
    const mail = this.#named(name);
    const before = mail.answers === undefined ? [] : this.#conversation(mail.answers);
    return [...before, messageIdOf(mail)];
  }

  #named(name: string): StoryMail {
    const mail = this.#story.mails.find((one) => one.name === name);
    if (!mail) throw new Error(`The story "${this.#story.title}" has no mail "${name}".`);
    return mail;
  }

  #dateOf(when: When): Date {
    if ('secondsAfterStart' in when) {
      return new Date(this.#start.getTime() + when.secondsAfterStart * SECOND_MS);
    }
    const day = new Date(this.#now.getTime() - when.daysAgo * DAY_MS).toISOString().slice(0, 10);
    return new Date(`${day}T${when.at}:00Z`);
  }
}

function messageIdOf({ name, letter, way }: StoryMail): string {
  const author = way.kind === 'forward' ? way.by : letter.from;
  return `<${name}.demo@${author.address.split('@')[1] ?? ''}>`;
}

/** Who writes to whom about what, seen from the archive. */
function addressed({ letter, way }: StoryMail): Pick<MailHeader, 'from' | 'to' | 'cc' | 'subject'> {
  const { from, to, cc = [], subject } = letter;
  switch (way.kind) {
    case 'bcc':
      return { from, to, cc, subject };
    case 'cc':
      return { from, to, cc: [...cc, ARCHIVE], subject };
    case 'forward':
      return { from: way.by, to: [ARCHIVE], subject: forwardLayout(way.layout).subject(subject) };
    case 'sent':
    case 'attached':
      return { from, to: [ARCHIVE], subject };
  }
}

function contentOf({ letter: written, way }: StoryMail, date: Date): MailContent {
  const letter = unwrapped(written);
  const { text, html, files } = letter;
  const content = { text, ...(html === undefined ? {} : { html }), ...(files ? { files } : {}) };
  const earlier = new Date(date.getTime() - EARLIER_MS);
  if (way.kind === 'attached') {
    const mails = way.letters.map((one) => composeMail(letterHeader(one, earlier), unwrapped(one)));
    return { ...content, mails };
  }
  if (way.kind !== 'forward') return content;
  const forwarded = forwardLayout(way.layout).content({ ...letter, date: earlier }, way.remark);
  return { ...forwarded, ...(files ? { files } : {}) };
}

function letterHeader(letter: Letter, date: Date): MailHeader {
  const { from, to, cc = [], subject } = letter;
  return { from, to, cc, subject, date, messageId: letterId(from, date, subject) };
}

function letterId({ address }: Named, date: Date, subject: string): string {
  const [local = '', domain = ''] = address.split('@');
  return `<${local}.${date.getTime().toString(36)}.${subject.length}@${domain}>`;
}

/** Paragraphs as mail programs send them, without the line ends that they have in this program. */
function unwrapped(letter: Letter): Letter {
  return { ...letter, text: letter.text.replace(/^(.{80,})\n(?=[^\n>])/gm, '$1 ') };
}
