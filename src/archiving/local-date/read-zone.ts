/** Minutes east of UTC. Abbreviations that mean one zone only: CST, IST, BST and AST do not. */
const ZONES: ReadonlyMap<string, number> = new Map(
  Object.entries({
    'z|wet|wez|utc|gmt|гринуич|غرينتش': 0,
    'cet|met|mez|sec|west|wat': 60,
    'cest|mest|mesz|selc|eet|oez|sast': 120,
    'eest|oesz|idt|msk|мск|trt|eat': 180,
    pkt: 300,
    'wib|ict': 420,
    'hkt|sgt|awst|pht': 480,
    'jst|kst': 540,
    aest: 600,
    aedt: 660,
    nzst: 720,
    nzdt: 780,
    'brt|art': -180,
    edt: -240,
    'est|cdt|cot|pet': -300,
    mdt: -360,
    'mst|pdt': -420,
    'pst|akdt': -480,
    akst: -540,
    hst: -600,
  }).flatMap(([names, minutes]) => names.split('|').map((name) => [name, minutes] as const)),
);

/** Zones by their whole names, which hold words of other meanings. */
const NAMES: readonly (readonly [pattern: RegExp, minutes: number])[] = [
  [/central european standard time|mitteleuropäische (?:normal)?zeit/u, 60],
  [/heure normale d[’']europe centrale|hora estándar de europa central/u, 60],
  [/ora standard dell[’']europa centrale|czas środkowoeuropejski standardowy/u, 60],
  [/central european summer time|mitteleuropäische sommerzeit/u, 120],
  [/heure d[’']été d[’']europe centrale|hora de verano de europa central/u, 120],
  [/ora legale dell[’']europa centrale|czas środkowoeuropejski letni/u, 120],
  [/greenwich mean time|coordinated universal time/u, 0],
  [/british summer time/u, 60],
  [/eastern daylight time/u, -240],
  [/eastern standard time/u, -300],
  [/pacific daylight time/u, -420],
  [/pacific standard time/u, -480],
  [/日本標準時|japan standard time|대한민국 표준시|한국 표준시/u, 540],
  [/中国标准时间|台北標準時間/u, 480],
];

const GREENWICH =
  /(?:gmt|utc|غرينتش|گرینویچ|гринуич|гринвич)\s?([+\u2212-])\s?(\d{1,2})(?::?(\d{2}))?(?!\d)/gu;
/** "+0200", "+02:00" behind the clock or what else belongs to the moment, never a part of the day. */
const BARE = /(?<=[\s(]|:\d\d)([+\u2212-])(\d{2}):?(\d{2})(?=$|[\s),;])/gu;

/** An offset that stands in a text, and the text without it. */
export interface FoundOffset {
  /** Minutes east of UTC; null for none. */
  readonly minutes: number | null;
  readonly rest: string;
}

/**
 * The offset from UTC that a date tells in figures. What follows it without a figure names the zone and
 * its places once more, and is left out. Two offsets that differ, or one that no zone has, are 'unclear'.
 *
 * @param text as plainDateText makes it
 */
export function readOffset(text: string): FoundOffset | 'unclear' {
  const matches = [...text.matchAll(GREENWICH)];
  if (matches.length === 0) matches.push(...text.matchAll(BARE));
  const [first] = matches;
  if (first === undefined) return { minutes: null, rest: text };
  const found = new Set(matches.map(minutesOf));
  const [minutes = null] = found;
  if (found.size !== 1 || minutes === null) return 'unclear';
  const after = text.slice(first.index + first[0].length);
  const rest = matches.reduce((left, [match]) => left.replace(match, ' '), text);
  return { minutes, rest: /\d/.test(after) ? rest : `${text.slice(0, first.index)} ` };
}

function minutesOf([, sign, hours, minutes = '0']: RegExpExecArray): number | null {
  const total = Number(hours) * 60 + Number(minutes);
  if (total > 14 * 60 || Number(minutes) % 15 > 0 || Number(minutes) > 45) return null;
  return total === 0 ? 0 : sign === '+' ? total : -total;
}

/**
 * The zone that the words behind a clock name; null for none, and for several that differ.
 *
 * @param text what stands behind the clock
 */
export function readZoneName(text: string): FoundOffset | null {
  for (const [pattern, minutes] of NAMES) {
    if (pattern.test(text)) return { minutes, rest: text.replace(pattern, ' ') };
  }
  const found = new Set<number>();
  const rest = text.replace(/[\p{L}\p{M}]+/gu, (word) => {
    const minutes = ZONES.get(word.normalize('NFD').replace(/\p{M}/gu, ''));
    if (minutes === undefined) return word;
    found.add(minutes);
    return ' ';
  });
  const [minutes] = found;
  return found.size === 1 && minutes !== undefined ? { minutes, rest } : null;
}
