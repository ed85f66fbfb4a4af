import type { Part } from '../mail-builder.ts';

export interface Named {
  readonly name: string;
  readonly address: string;
}

/** The mail that somebody forwards. */
export interface Original {
  readonly from: Named;
  readonly to: readonly Named[];
  readonly cc: readonly Named[];
  readonly subject: string;
  readonly date: Date;
  readonly text: string;
}

/** How a mail program writes a forward: its subject and its body. */
export interface ForwardLayout {
  readonly name: string;
  readonly subject: (original: Original) => string;
  readonly part: (original: Original, remark: string) => Part;
}

/** "Jane Roe <jane@x.example>", or the bare address where there is no name. */
export function shown(who: Named): string {
  return who.name === '' ? who.address : `${who.name} <${who.address}>`;
}

export function escapeHtml(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}

export function lines(text: string): string {
  return text.split('\n').map(escapeHtml).join('<br>\n');
}

export function formatDate(
  date: Date,
  locale: string,
  options: Intl.DateTimeFormatOptions,
): string {
  const text = new Intl.DateTimeFormat(locale, { timeZone: 'UTC', ...options }).format(date);
  // Some locales set a narrow no-break space that older charsets do not hold.
  return text.replaceAll('\u202f', ' ');
}
