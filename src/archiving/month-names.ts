/** The languages in which mail is forwarded most. */
const LOCALES =
  'en,de,fr,es,pt,it,nl,da,nb,sv,fi,pl,cs,sk,hu,ro,hr,et,el,ru,uk,tr,he,ar,bg,sl,lt,ca'.split(',');

let names: ReadonlyMap<string, number | null> | null = null;

/** 1 to 12; null for a word that is no month, or not the same one in all languages that have it. */
export function monthOf(word: string): number | null {
  names ??= readNames();
  return names.get(word) ?? null;
}

/** As they stand in a date, where many languages inflect them. "listopada" is October and November. */
function readNames(): ReadonlyMap<string, number | null> {
  const found = new Map<string, number | null>();
  for (const locale of LOCALES) {
    const format = new Intl.DateTimeFormat(locale, {
      dateStyle: 'long',
      timeZone: 'UTC',
    });
    for (let month = 1; month <= 12; month += 1) {
      const parts = format.formatToParts(Date.UTC(2025, month - 1, 15));
      const name = parts.find(({ type }) => type === 'month')?.value ?? '';
      for (const word of name
        .toLowerCase()
        .normalize('NFC')
        .match(/[\p{L}\p{M}]+/gu) ?? []) {
        const before = found.get(word);
        found.set(word, before === undefined || before === month ? month : null);
        // Hebrew writes "in" and the month as one word.
        if (locale === 'he') found.set(`ב${word}`, month);
      }
    }
  }
  return found;
}
