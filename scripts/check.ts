import { spawnSync } from 'node:child_process';
import packageJson from '../package.json' with { type: 'json' };

/*
 * npm run check: every script called check:... in turn, all of them even when one fails.
 */

const names = Object.keys(packageJson.scripts).filter((name) => name.startsWith('check:'));
const failed = names.filter((name) => {
  console.log(`> ${name}`);
  return spawnSync('npm', ['run', '-s', name], { stdio: 'inherit' }).status !== 0;
});
if (failed.length > 0) console.error(`\nNot clean: ${failed.join(', ')}`);
process.exitCode = failed.length > 0 ? 1 : 0;
