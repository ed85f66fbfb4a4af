import { buildMail, mailbox, type Field, type Part } from '../mail-builder.ts';
import { ACTIVE_USERS, PLAIN_PEOPLE, displayName } from './cast.ts';
import type { Content } from './content.ts';
import { contentAt } from './contents.ts';
import { at, createRandom, type Random } from './random.ts';
import type { ScenarioPerson, ScenarioUser } from './scenario.ts';

export interface ScenarioOptions {
  readonly seed: number;
  readonly archiveAddress: string;
  readonly aliases: readonly string[];
  /** The moment of delivery; the mails were written in the days before it. */
  readonly now: Date;
}

export interface Draft {
  readonly from: string | Buffer;
  readonly to?: string | Buffer;
  readonly cc?: string;
  readonly subject?: string | Buffer;
  readonly part?: Part;
  /** Fields above From, or in place of the ones that the desk would write. */
  readonly fields?: readonly Field[];
  /** Header fields to leave out, by their lower-case names. */
  readonly without?: readonly string[];
  /** Written as it is; '' leaves the field out. */
  readonly messageId?: string;
  readonly date?: string;
}

export interface WrittenMail {
  readonly raw: Buffer;
  /** '' where the mail has none. */
  readonly messageId: string;
}

/** Where the mails are written: hands out ids, dates, users, people and contents in turn. */
export class Desk {
  readonly archive: string;
  readonly aliases: readonly string[];
  readonly now: Date;
  readonly random: Random;
  private readonly counts = new Map<string, number>();

  constructor(options: ScenarioOptions) {
    this.archive = options.archiveAddress;
    this.aliases = options.aliases;
    this.now = options.now;
    this.random = createRandom(options.seed);
  }

  /** 0, 1, 2 ... for each name. */
  count(name: string): number {
    const value = this.counts.get(name) ?? 0;
    this.counts.set(name, value + 1);
    return value;
  }

  user(): ScenarioUser {
    return at(ACTIVE_USERS, this.count('user'));
  }

  /** A user other than the given one. */
  colleague(than: ScenarioUser): ScenarioUser {
    const others = ACTIVE_USERS.filter((user) => user !== than);
    return at(others, this.count('colleague'));
  }

  /** Never the same twice within forty calls. */
  known(): ScenarioPerson {
    return at(PLAIN_PEOPLE, this.count('known'));
  }

  /** An address that no record and no user has; each is new. */
  stranger(): { readonly name: string; readonly address: string } {
    const number = this.count('stranger');
    const name = at(
      ['Sam Vale', 'Eva Lindqvist', 'Marek Nowak', 'Zoë Fuchs', 'A. Stranger'],
      number,
    );
    return { name, address: `stranger${String(number)}@nobody-${String(number % 7)}.example` };
  }

  archiveAlias(): string {
    return at(this.aliases.length > 0 ? this.aliases : [this.archive], this.count('alias'));
  }

  content(): Content {
    return contentAt(this.count('content'), this.random);
  }

  messageId(): string {
    return `<mail-${String(this.count('message'))}.${this.random.bytes(4).toString('hex')}@mail.example>`;
  }

  /** Some time in the ten days before delivery. */
  moment(): Date {
    return new Date(this.now.getTime() - this.random.between(3_600, 864_000) * 1000);
  }

  write(draft: Draft): WrittenMail {
    const content = this.content();
    const messageId = draft.messageId ?? this.messageId();
    const written: Field[] = [
      ...(draft.fields ?? []),
      ['From', draft.from],
      ...optional('To', draft.to),
      ...optional('Cc', draft.cc),
      ['Subject', draft.subject ?? content.subject],
      ['Date', draft.date ?? rfcDate(this.moment())],
      ...optional('Message-ID', messageId === '' ? undefined : messageId),
    ];
    const left = written.filter(([name]) => draft.without?.includes(name.toLowerCase()) !== true);
    const received: Field = [
      'Received',
      `from out.mail.example by mx.mail.example; ${rfcDate(this.now)}`,
    ];
    return { raw: buildMail([received, ...left], draft.part ?? content.part), messageId };
  }
}

export function userMailbox(user: ScenarioUser): string {
  return mailbox(user.name, user.email);
}

export function personMailbox(person: ScenarioPerson, address = person.email): string {
  return mailbox(displayName(person), address);
}

export function strangerMailbox(stranger: { readonly name: string; readonly address: string }) {
  return mailbox(stranger.name, stranger.address);
}

/** RFC 5322 section 3.3, in UTC. */
export function rfcDate(date: Date): string {
  return date.toUTCString().replace('GMT', '+0000');
}

function optional(name: string, value: string | Buffer | undefined): Field[] {
  return value === undefined ? [] : [[name, value]];
}
