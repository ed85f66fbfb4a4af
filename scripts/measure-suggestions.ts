import { parseArgs } from 'node:util';
import { judgeCase, type JudgedCase } from '../test/support/suggestions/judge-cases.ts';
import { SUGGESTION_CASES } from '../test/support/suggestions/suggestion-cases.ts';
import { tallySuggestions } from '../test/support/suggestions/tally-suggestions.ts';

// npm run suggestions: how often the right person is suggested first, as tables for
// docs/suggestions.md. --failures lists what went wrong in the part for tuning; cases that are held out
// are only ever counted.

const { values } = parseArgs({ options: { failures: { type: 'boolean', default: false } } });
const judged = SUGGESTION_CASES.map(judgeCase);
const tuned = judged.filter((each) => !each.case.heldOut);
const heldOut = judged.filter((each) => each.case.heldOut);

print('Part', [
  ['all', judged],
  ['for tuning', tuned],
  ['held out', heldOut],
]);
print('Theme, for tuning', [...Map.groupBy(tuned, (each) => each.case.theme)]);
print('Theme, held out', [...Map.groupBy(heldOut, (each) => each.case.theme)]);
if (values.failures) tuned.filter(({ isFirst }) => !isFirst).forEach(describe);

function print(title: string, rows: readonly (readonly [string, readonly JudgedCase[]])[]): void {
  const head = [title, 'Addresses', 'Right first', 'In first three', "Nobody's", 'Of these strong'];
  console.log(`| ${head.join(' | ')} |\n|${' --- |'.repeat(head.length)}`);
  for (const [name, members] of rows) {
    const { cases, first, firstThree, nobody, wronglyStrong } = tallySuggestions(members);
    const shares = [first, firstThree].map((share) => `${(share * 100).toFixed(1)} %`);
    console.log(`| ${[name, cases, ...shares, nobody, wronglyStrong].join(' | ')} |`);
  }
  console.log('');
}

function describe(each: JudgedCase): void {
  const found = each.ranked.map(({ id, suggestion: { strength, reasons } }) => {
    return `${id} (${strength}: ${reasons.map(({ kind }) => kind).join(', ')})`;
  });
  console.log(`${each.case.id}: ${each.case.why}`);
  console.log(`  expected ${each.case.expected}; found ${found.join('; ') || 'nobody'}`);
}
