/** Names, #rgb and rgb(), hsl() with numbers: no function that could load or compute anything. */
const COLOUR =
  '(?:#[0-9a-f]{3,8}|[a-z]{1,30}|(?:rgb|hsl)a?\\(\\s*[\\d.%]{1,10}(?:[\\s,/]{1,5}[\\d.%]{1,10}){2,3}\\s*\\))';
const NUMBER = '\\d{0,5}(?:\\.\\d{1,6})?';
const LENGTH = `(?:${NUMBER}(?:px|pt|pc|em|rem|ex|ch|cm|mm|in|%)?|auto|normal|thin|medium|thick|none)`;

const colour = [exactly(COLOUR)];
const length = [exactly(LENGTH)];
const lengths = [exactly(`${LENGTH}(?:\\s+${LENGTH}){0,3}`)];
const border = [exactly(`(?:${LENGTH}|${COLOUR})(?:\\s+(?:${LENGTH}|${COLOUR})){0,3}`)];
const colours = [exactly(`${COLOUR}(?:\\s+${COLOUR}){0,3}`)];
const word = [exactly('[a-z-]{1,30}')];
const words = [exactly('[a-z-]{1,30}(?:\\s[a-z-]{1,30}){0,3}')];

function exactly(pattern: string): RegExp {
  return new RegExp(`^${pattern}$`, 'i');
}

/** Each of these, for all four sides and for one. */
function sides(name: string, suffix: string, values: RegExp[]): [string, RegExp[]][] {
  return ['', '-top', '-right', '-bottom', '-left'].map((side) => [name + side + suffix, values]);
}

/**
 * The styles that a mail's elements may have: how its own text and boxes look. None that takes an
 * address (url(), image-set()), places anything over something else, or moves. Behind it stands the
 * policy of the frame, which loads no picture that was not asked for.
 */
export const ALLOWED_STYLES: Record<string, RegExp[]> = Object.fromEntries([
  ['color', colour],
  ['background', colour],
  ['background-color', colour],
  ['font', [exactly('[\\w\\s,.%/"\'-]{1,200}')]],
  ['font-family', [exactly('[\\w\\s,"\'-]{1,200}')]],
  ['font-size', [exactly(`${LENGTH}|[a-z-]{1,20}`)]],
  ['font-style', word],
  ['font-variant', word],
  ['font-weight', [exactly('[a-z]{1,20}|\\d{1,4}')]],
  ['line-height', length],
  ['letter-spacing', length],
  ['text-align', word],
  ['text-decoration', words],
  ['text-decoration-line', words],
  ['text-transform', word],
  ['text-indent', length],
  ['vertical-align', [exactly(`${LENGTH}|[a-z-]{1,20}`)]],
  ['white-space', word],
  ['word-break', word],
  ['word-wrap', word],
  ['overflow-wrap', word],
  ['direction', [exactly('ltr|rtl')]],
  [
    'display',
    [exactly('none|block|inline|inline-block|list-item|table|inline-table|table-(?:row|cell)')],
  ],
  ['float', [exactly('left|right|none')]],
  ['clear', word],
  ['visibility', word],
  ['list-style-type', word],
  ['table-layout', word],
  ['box-sizing', word],
  ['border-collapse', word],
  ['border-spacing', lengths],
  ['border-radius', lengths],
  ['border-color', colours],
  ['border-width', lengths],
  ['border-style', words],
  ...['width', 'height', 'min-width', 'max-width', 'min-height', 'max-height'].map(
    (name): [string, RegExp[]] => [name, length],
  ),
  ...sides('margin', '', lengths),
  ...sides('padding', '', lengths),
  ...sides('border', '', border),
  ...sides('border', '-color', colours).slice(1),
  ...sides('border', '-width', lengths).slice(1),
  ...sides('border', '-style', words).slice(1),
] as [string, RegExp[]][]);
