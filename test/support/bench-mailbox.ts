import type { Outcome } from '../../src/shared/outcome.ts';
import { benchAttachment } from './bench-attachments.ts';
import { benchPeople, benchUsers } from './bench-people.ts';
import { prose, title } from './bench-prose.ts';
import {
  buildMail,
  encodedWords,
  htmlPart,
  mailbox,
  messagePart,
  multipart,
  textPart,
  type Field,
  type Part,
} from './mail-builder.ts';
import type { Named } from './scenario/forward-layout.ts';
import { FORWARD_LAYOUTS } from './scenario/forward-layouts.ts';
import { at, createRandom, type Random } from './scenario/random.ts';
import type { ScenarioPerson, ScenarioUser } from './scenario/scenario.ts';

export interface BenchOptions {
  readonly archiveAddress: string;
  readonly now: Date;
  /** How many mails; 2,000 unless told. */
  readonly count?: number;
  /** Mean bytes of a mail; 104 KB unless told. */
  readonly meanBytes?: number;
  readonly seed?: number;
}

export interface BenchMail {
  readonly raw: Buffer;
  /** What becomes of it; a run that is fast and wrong is no good. */
  readonly outcome: Outcome;
}

export interface BenchMailbox {
  readonly users: readonly ScenarioUser[];
  readonly people: readonly ScenarioPerson[];
  /** One after the other, so that the whole mailbox is never in memory. */
  mails(): Generator<BenchMail>;
}

/** A mailbox as a firm has it: all kinds of mail, a quarter with attachments that make its bulk. */
export function benchMailbox(options: BenchOptions): BenchMailbox {
  return {
    users: benchUsers(),
    people: benchPeople(),
    *mails() {
      const writer = new BenchWriter(options);
      const count = options.count ?? 2_000;
      for (let index = 0; index < count; index++) yield writer.write(index);
    },
  };
}

/** Bytes that text and HTML take of the mean; attachments have the rest. */
const TEXT_SHARE = 0.125;
const USERS = benchUsers();
const PEOPLE = benchPeople();

interface Sheet {
  readonly from: string;
  readonly to: string;
  readonly subject: string;
  readonly body: Part;
  readonly fields?: readonly Field[];
  readonly outcome: Outcome;
}

class BenchWriter {
  private readonly archive: string;
  private readonly now: Date;
  private readonly random: Random;
  private readonly textBytes: number;
  private readonly fileBytes: number;

  constructor(options: BenchOptions) {
    const mean = options.meanBytes ?? 104_000;
    this.archive = options.archiveAddress;
    this.now = options.now;
    this.random = createRandom(options.seed ?? 5);
    this.textBytes = mean * TEXT_SHARE;
    // A quarter of the mails has them, and base64 adds 37 per cent.
    this.fileBytes = (mean * (1 - TEXT_SHARE) * 4) / 1.37;
  }

  write(index: number): BenchMail {
    const sheet = this.sheet(index);
    const withFiles = index % 4 === 1;
    const part = withFiles ? multipart('mixed', [sheet.body, ...this.files()]) : sheet.body;
    const when = new Date(this.now.getTime() - this.random.between(60, 31_536_000) * 1000);
    const date = when.toUTCString().replace('GMT', '+0000');
    const fields: Field[] = [
      ['Received', `from out.mail.example by mx.mail.example with ESMTPS; ${date}`],
      ['Received', `from desk.mail.example by out.mail.example with ESMTPSA; ${date}`],
      ...(sheet.fields ?? []),
      ['From', sheet.from],
      ['To', sheet.to],
      [
        'Subject',
        /^[\x20-\x7e]*$/.test(sheet.subject) ? sheet.subject : encodedWords(sheet.subject),
      ],
      ['Date', date],
      ['Message-ID', `<bench-${index}.${this.random.bytes(6).toString('hex')}@mail.example>`],
    ];
    return { raw: buildMail(fields, part), outcome: sheet.outcome };
  }

  /** Of a hundred mails: 55 copied, 33 forwarded, 4 attached, 2 strangers', 6 automatic. */
  private sheet(index: number): Sheet {
    const kind = (index * 37) % 100;
    if (kind < 55) return this.copied(kind < 42);
    if (kind < 88) return this.forwarded(kind < 78);
    if (kind < 92) return this.attached();
    if (kind < 94) return { ...this.fromOutside([]), outcome: 'rejected' };
    return { ...this.fromOutside([['Auto-Submitted', 'auto-replied']]), outcome: 'ignored' };
  }

  private copied(known: boolean): Sheet {
    const to = known ? this.person() : this.stranger();
    const others = Array.from({ length: this.random.between(0, 2) }, () => this.stranger());
    return {
      from: shown(this.user()),
      to: [to, ...others].map(shown).join(', '),
      subject: title(this.random),
      body: this.random.next() < 0.35 ? this.plain() : this.rich(),
      outcome: known ? 'archived' : 'unmatched',
    };
  }

  private forwarded(known: boolean): Sheet {
    const owner = this.user();
    const layout = at(FORWARD_LAYOUTS, this.random.between(0, 1_000));
    const original = {
      from: known ? this.person() : this.stranger(),
      to: [owner],
      cc: [],
      subject: `Offer ${this.random.between(1, 9_999)}`,
      date: this.now,
      // Plain ASCII, because some of the layouts are written in charsets that hold little else.
      text: ascii(prose(this.random, this.length())),
    };
    return {
      from: shown(owner),
      to: this.archive,
      subject: layout.subject(original),
      body: layout.part(original, 'Please file.'),
      outcome: known ? 'archived' : 'unmatched',
    };
  }

  private attached(): Sheet {
    const owner = this.user();
    const fields: Field[] = [
      ['From', shown(this.person())],
      ['To', shown(owner)],
      ['Subject', 'An older mail'],
      ['Date', this.now.toUTCString()],
    ];
    const inner = messagePart(buildMail(fields, this.rich()), 'older.eml');
    return {
      from: shown(owner),
      to: this.archive,
      subject: 'Fwd: An older mail',
      body: multipart('mixed', [textPart('See the attached mail.\n'), inner]),
      outcome: 'archived',
    };
  }

  private fromOutside(fields: readonly Field[]): Omit<Sheet, 'outcome'> {
    const from = shown(this.stranger());
    return { from, to: this.archive, subject: title(this.random), body: this.rich(), fields };
  }

  private plain(): Part {
    return textPart(prose(this.random, this.length() / 2));
  }

  private rich(): Part {
    const text = prose(this.random, this.length() / 4);
    return multipart('alternative', [textPart(text), htmlPart(page(text))]);
  }

  private files(): Part[] {
    const count = this.random.pick([1, 1, 1, 2, 3]);
    // Many small ones and a few big ones; the mean of u^6 times 7 is 1.
    const bytes = Math.floor(this.fileBytes * 7 * this.random.next() ** 6) + 200;
    const each = Math.ceil(bytes / count);
    return Array.from({ length: count }, () => benchAttachment(this.random, each));
  }

  /** Characters; short letters are frequent, the mean is what the text share asks for. */
  private length(): number {
    return Math.ceil(this.textBytes * 3 * this.random.next() ** 2) + 100;
  }

  private user(): Named {
    const user = this.random.pick(USERS);
    return { name: user.name, address: user.email };
  }

  private person(): Named {
    const person = this.random.pick(PEOPLE);
    return { name: `${person.firstName} ${person.lastName}`, address: person.email };
  }

  private stranger(): Named {
    const number = this.random.between(1, 100_000);
    return { name: `Guest ${number}`, address: `guest.${number}@elsewhere-${number % 97}.example` };
  }
}

function shown(who: Named): string {
  return mailbox(who.name, who.address);
}

function ascii(text: string): string {
  return text.normalize('NFD').replace(/[^\x0a\x20-\x7e]/g, '');
}

/** HTML as mail programs write it: more markup than text. */
function page(text: string): string {
  const paragraphs = text.split('\n\n').map((paragraph) => {
    const style = 'margin:0in 0in 8pt;font-size:11pt;font-family:Calibri,sans-serif;color:#1f1f1f';
    return `<tr><td valign="top" style="padding:0 12px"><p class="MsoNormal" style="${style}"><span lang="EN-US">${paragraph}</span></p></td></tr>`;
  });
  return `<!DOCTYPE html><html><head><meta charset="utf-8"><style>p.MsoNormal,li.MsoNormal{margin:0in;font-size:11.0pt}a:link{color:#0563C1;text-decoration:underline}</style></head><body lang="EN-US" link="#0563C1" vlink="#954F72"><table role="presentation" width="100%" cellspacing="0" cellpadding="0" border="0">${paragraphs.join('\n')}</table></body></html>`;
}
