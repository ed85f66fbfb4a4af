import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { SEND_ONE } from '../../../src/demo/welcome.ts';

const readme = readFileSync('README.md', 'utf8');
const oneLine = (command: string) => command.replace(/\s*\\\n\s*/g, ' ');

test('the mail to try in the README is the one that the demo prints', () => {
  expect(oneLine(readme)).toContain(oneLine(SEND_ONE));
});
