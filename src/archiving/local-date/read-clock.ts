/** The time of day in a text, with what stands before and behind it. */
export interface FoundClock {
  readonly hour: number;
  readonly minute: number;
  readonly second: number;
  readonly before: string;
  readonly after: string;
  /** Words beside it, where it may be one of twelve hours without a sign that is known. */
  readonly doubts: readonly string[];
}

const CLOCKS: readonly RegExp[] = [
  /(?<![\d:.])(\d{1,2}):(\d{2})(?::(\d{2})(?:[.,]\d{1,6})?)?(?![\d:])/gu,
  /(?<![\d:.])(\d{1,2})\s?h\s?(\d{2})(?!\d)/gu,
  /(?<!\d)(\d{1,2})\s?[時时點点시]\s?(\d{1,2})\s?[分분](?:\s?(\d{1,2})\s?[秒초])?/gu,
];
/** Dots divide the days of dates too, so this counts only where there is no other. */
const DOTTED = /(?<![\d.])(\d{1,2})\.(\d{2})(?:\.(\d{2}))?(?![\d.])/gu;

type Half = 'am' | 'pm' | 'noon' | 'night';

/** What stands behind a clock of twelve hours. */
const BEHIND: readonly (readonly [Half, RegExp])[] = [
  [
    'am',
    /^ ?(?:a\.? ?m\.?|π\.? ?μ\.?|öö|dop\.|пр\. ?об\.|дп|לפנה[״"]צ|ap\.|priešpiet|ص|ق\. ?ظ\.?|ก่อนเที่ยง)(?![\p{L}\p{M}])/u,
  ],
  [
    'pm',
    /^ ?(?:p\.? ?m\.?|μ\.? ?μ\.?|ös|odp\.|pop\.|сл\. ?об\.|пп|אחה[״"]צ|ip\.|popiet|م|ب\. ?ظ\.?|หลังเที่ยง)(?![\p{L}\p{M}])/u,
  ],
];

/** What stands before it. */
const AHEAD: readonly (readonly [Half, RegExp])[] = [
  ['am', /(?:上午|早上|清晨|凌晨|午前|오전|(?<!\p{L})(?:öö|de\.|ap\.|дп)) ?$/u],
  ['pm', /(?:下午|午後|오후|(?<!\p{L})(?:ös|du\.|ip\.|пп)) ?$/u],
  ['noon', /中午 ?$/u],
  ['night', /(?:晚上|傍晚) ?$/u],
];

/**
 * The one time of day in a text, of 24 hours or of twelve with the sign of their half. None where there
 * are several or where it does not exist.
 *
 * @param text as plainDateText makes it, without an offset
 */
export function readClock(text: string): FoundClock | null {
  const matches = CLOCKS.flatMap((clock) => [...text.matchAll(clock)]);
  if (matches.length === 0) matches.push(...text.matchAll(DOTTED));
  const [match] = matches;
  if (match === undefined || matches.length > 1) return null;
  const [ahead, behind] = [text.slice(0, match.index), text.slice(match.index + match[0].length)];
  const before = AHEAD.reduce((rest, [, sign]) => rest.replace(sign, ''), ahead);
  const after = BEHIND.reduce((rest, [, sign]) => rest.replace(sign, ''), behind);
  const halves = [
    ...AHEAD.filter(([, sign]) => sign.test(ahead)),
    ...BEHIND.filter(([, sign]) => sign.test(behind)),
  ].map(([half]) => half);
  const hour = hourOf(Number(match[1]), halves);
  const [minute, second] = [Number(match[2]), Number(match[3] ?? 0)];
  if (hour === null || minute > 59 || second > 59) return null;
  const mayBeTwelve = halves.length === 0 && hour > 0 && hour < 13;
  const doubts = mayBeTwelve ? wordsBeside(before, after) : [];
  return { hour, minute, second, before, after, doubts };
}

function hourOf(hour: number, halves: readonly Half[]): number | null {
  const [half, ...others] = halves;
  if (hour > 23 || others.length > 0) return null;
  if (half === undefined) return hour;
  if (half === 'am') return hour > 12 ? null : hour % 12;
  if (half === 'pm') return hour === 0 ? null : (hour % 12) + 12;
  if (half === 'night') return hour > 4 && hour < 12 ? hour + 12 : hour > 16 ? hour : null;
  return hour === 11 || hour === 12 ? hour : hour === 1 ? 13 : null;
}

function wordsBeside(before: string, after: string): string[] {
  const last = /([\p{L}\p{M}]+)[^\p{L}\p{M}\d]*$/u.exec(before)?.[1];
  const next = /^[^\p{L}\p{M}\d]*([\p{L}\p{M}]+)/u.exec(after)?.[1];
  return [last, next].filter((word) => word !== undefined);
}
