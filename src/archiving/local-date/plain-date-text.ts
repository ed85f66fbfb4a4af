/** The first digit of scripts in which dates are written; the others follow it. */
const ZEROS = [0x660, 0x6f0, 0x966, 0x9e6, 0xe50];

/** Years of other calendars that count the same days. */
const ERAS: readonly (readonly [pattern: RegExp, before: number])[] = [
  [/令和\s?(\d{1,2}|元)(?=年)/u, 2018],
  [/平成\s?(\d{1,2}|元)(?=年)/u, 1988],
  [/(?:民國|民国)\s?(\d{2,3})(?=年)/u, 1911],
  [/(?<!\d)(2[45]\d\d|26\d\d)(?!\d)/u, -543],
];

const MAX_LENGTH = 200;

/**
 * A date as it stands in a mail, made alike for reading: lower case, one form of each letter, European
 * digits, plain spaces, Gregorian years. No year of ours is from 2400 to 2699; in Thailand those are now.
 */
export function plainDateText(written: string): string {
  const text = written
    .slice(0, MAX_LENGTH)
    .normalize('NFKC')
    .replace(/\p{Cf}/gu, '')
    .replace(/\p{Nd}/gu, europeanDigit)
    .toLowerCase()
    .replace(/\s+/gu, ' ')
    .replace(/(\d)t(?=\d)/, '$1 ')
    // The countries of that calendar write the day first.
    .replace(/(?<!\d)(\d{1,2})[/-](\d{1,2})[/-](?=2[4-6]\d\d(?!\d))/, '$1.$2.')
    .replace(/(كانون|تشرين) (?=ال)/u, '$1')
    .trim();
  return ERAS.reduce(
    (plain, [pattern, before]) =>
      plain.replace(pattern, (_era, year: string) =>
        String(before + (year === '元' ? 1 : Number(year))),
      ),
    text,
  );
}

function europeanDigit(digit: string): string {
  const code = digit.codePointAt(0) ?? 0;
  const zero = ZEROS.find((first) => code >= first && code <= first + 9);
  return zero === undefined ? digit : String(code - zero);
}
