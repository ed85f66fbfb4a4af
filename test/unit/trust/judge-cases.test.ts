import { expect, test } from 'vitest';
import { isRight, judgeCase, type JudgedCase } from '../../support/trust/judge-case.ts';
import { buildTrustCases } from '../../support/trust/trust-cases.ts';

const judged: JudgedCase[] = [];
for (const one of await buildTrustCases()) judged.push(await judgeCase(one));

const told = ({ case: { id, expected }, verdict, why }: JudgedCase) =>
  `${id}: ${verdict} instead of ${expected} (${why})`;

test('no forged mail passes', () => {
  const passing = judged.filter((one) => one.case.forged && one.verdict === 'pass');
  expect(passing.map(told)).toEqual([]);
});

test('every genuine mail that has the means passes', () => {
  const failing = judged.filter(({ case: one, verdict }) => {
    return (
      !one.forged && one.expected === 'pass' && one.alsoRight.length === 0 && verdict !== 'pass'
    );
  });
  expect(failing.map(told)).toEqual([]);
});

test('every verdict is right', () => {
  expect(judged.filter((one) => !isRight(one)).map(told)).toEqual([]);
});

test('each verdict comes with a sentence', () => {
  for (const { case: one, why } of judged) expect(why, one.id).toMatch(/^[A-Z0-9].+\.$/i);
});

test('what kept signatures from being looked at is told', () => {
  const why = (id: string) => judged.find((one) => one.case.id === id)?.why;
  expect(why('replay/subject-added-oversigned')).toContain(
    'No signature was looked at, since subject stands twice in its header, and acme.test asks',
  );
});

test('a mail that the own server has judged, and one with two From, ask no DNS', async () => {
  const cases = judged.map((one) => one.case);
  for (const id of [
    'dns-trouble/house-knows',
    'dns-trouble/house-knows-fail',
    'dns-trouble/two-from',
  ]) {
    const asked: string[] = [];
    await judgeCase(
      cases.find((one) => one.id === id)!,
      asked,
    );
    expect(asked, id).toEqual([]);
  }
});
