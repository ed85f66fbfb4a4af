/** Control characters that no text needs, NUL among them; tab, line feed, form feed and return stay. */
const CONTROLS = /[^\P{Cc}\t\n\f\r]/gu;

/**
 * Text that PostgreSQL takes as text and as jsonb: well-formed Unicode without NUL or other control
 * characters, cut to `maxLength` UTF-16 units without halving a character.
 */
export function cleanText(text: string, maxLength = Number.POSITIVE_INFINITY): string {
  const clean = text.toWellFormed().replace(CONTROLS, '');
  if (clean.length <= maxLength) return clean;
  const cut = clean.slice(0, maxLength);
  return cut.isWellFormed() ? cut : cut.slice(0, -1);
}

/** The same on one line: each run of white space is one space, none at the ends. */
export function cleanLine(text: string, maxLength = Number.POSITIVE_INFINITY): string {
  return cleanText(text.replace(/\s+/g, ' '), maxLength).trim();
}
