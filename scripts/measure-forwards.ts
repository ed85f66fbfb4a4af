import { parseArgs } from 'node:util';
import { buildForwardCorpus } from '../test/support/forwards/build-forward-corpus.ts';
import { buildAttachedCorpus } from '../test/support/forwards/attached/build-attached-corpus.ts';
import { judgeAttached } from '../test/support/forwards/attached/judge-attached.ts';
import { judgeForwards, type Judged } from '../test/support/forwards/judge-forwards.ts';
import { type Recall, tallyForwards } from '../test/support/forwards/tally-forwards.ts';

// npm run forwards: how much of the corpus of forwards is read, as tables for docs/forwards.md.
// --failures lists what was missed in the part that readers may be improved with; of the part that is
// held out only wrong senders are ever shown.

const { values } = parseArgs({ options: { failures: { type: 'boolean', default: false } } });
const judged = [
  ...(await judgeForwards(buildForwardCorpus())),
  ...(await judgeAttached(buildAttachedCorpus())),
];

print('Part', [
  ['all', judged],
  ['for tuning', judged.filter((each) => !each.case.heldOut)],
  ['held out', judged.filter((each) => each.case.heldOut)],
]);
print(
  'Client',
  groups((each) => each.case.client),
);
print(
  'Language',
  groups((each) => each.case.language),
);
if (values.failures) judged.filter(isFailure).forEach(describe);
if (judged.some((each) => each.sender === 'wrong' || each.wrongDate)) process.exitCode = 1;

type Group = readonly [name: string, members: readonly Judged[]];

function groups(keyOf: (each: Judged) => string): Group[] {
  const grouped = Map.groupBy(judged, keyOf);
  return [...grouped].sort(([one], [other]) => one.localeCompare(other, 'en'));
}

function print(title: string, rows: readonly Group[]): void {
  const counted = ['Forwards', 'Traps', 'Sender', 'Date', 'Subject', 'Remark'];
  const head = [title, ...counted, 'Wrong senders', 'Wrong dates'];
  console.log(`| ${head.join(' | ')} |\n|${' --- |'.repeat(head.length)}`);
  for (const [name, members] of rows) console.log(line(name, tallyForwards(members)));
  console.log('');
}

function line(name: string, recall: Recall): string {
  const share = (value: number) => (recall.forwards === 0 ? '' : `${(value * 100).toFixed(1)} %`);
  const shares = [recall.sender, recall.date, recall.subject, recall.remark].map(share);
  const cells = [name, recall.forwards, recall.traps, ...shares, recall.wrong, recall.wrongDates];
  return `| ${cells.join(' | ')} |`;
}

function isFailure(each: Judged): boolean {
  if (each.sender === 'wrong' || (each.wrongDate && !each.case.heldOut)) return true;
  if (each.case.heldOut || each.case.expected.sender === null) return false;
  return each.sender === 'missed' || !each.date || !each.subject || !each.remark;
}

function describe(each: Judged): void {
  const { expected, name } = each.case;
  const missed = (['date', 'subject', 'remark'] as const).filter((field) => !each[field]);
  const { sender: told, read } = each;
  const found = JSON.stringify(read, (key, value: unknown) => (key === 'body' ? undefined : value));
  console.log(`${name}: sender ${told}; missed ${missed.join(', ')}`);
  console.log(`  expected ${JSON.stringify(expected)}\n  read     ${found}`);
}
