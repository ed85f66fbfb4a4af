import { isRight, judgeCase, type JudgedCase } from '../test/support/trust/judge-case.ts';
import { buildTrustCases } from '../test/support/trust/trust-cases.ts';

// npm run trust: how the labelled mails are judged, as a table for docs/trust.md; what is judged wrongly
// is named below it.

const judged: JudgedCase[] = [];
for (const one of await buildTrustCases()) judged.push(await judgeCase(one));

const HEAD = ['Theme', 'Genuine', 'of which pass', 'Forged', 'of which pass', 'Judged rightly'];
console.log(`| ${HEAD.join(' | ')} |\n|${' --- |'.repeat(HEAD.length)}`);
for (const [theme, members] of Map.groupBy(judged, (one) => one.case.theme)) {
  console.log(line(theme, members));
}
console.log(line('all', judged));

const wrong = judged.filter((one) => !isRight(one));
for (const { case: one, verdict, why } of wrong) {
  console.log(`\n${one.id}: ${verdict} instead of ${one.expected}. ${why} (${one.why})`);
}
if (wrong.length > 0) process.exitCode = 1;

function line(name: string, members: readonly JudgedCase[]): string {
  const forged = members.filter((one) => one.case.forged);
  const genuine = members.filter((one) => !one.case.forged);
  const right = `${members.filter(isRight).length} of ${members.length}`;
  const cells = [name, genuine.length, passing(genuine), forged.length, passing(forged), right];
  return `| ${cells.join(' | ')} |`;
}

function passing(members: readonly JudgedCase[]): number {
  return members.filter((one) => one.verdict === 'pass').length;
}
