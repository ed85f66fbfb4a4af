import { readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';

/*
 * npm run icons: makes public/icons.svg, the sprite of all icons that pages use, from @tabler/icons.
 */

const NAMES = (
  'address-book alert-triangle archive arrow-back-up arrow-left at ban bell building check ' +
  'chevron-down chevron-left chevron-right circle-check clock copy device-floppy download eye ' +
  'eye-off filter folder history home id inbox info-circle key keyboard link list lock login logout mail ' +
  'mail-forward mail-off mail-opened mailbox message paperclip pencil phone plug-connected plus ' +
  'point refresh restore search send server settings shield-lock target trash unlink upload user ' +
  'user-check user-off user-plus user-search user-x users x'
).split(' ');

const { resolve } = createRequire(import.meta.url);
const symbols = NAMES.map((name) => symbol(name)).join('\n');
writeFileSync(
  new URL('../public/icons.svg', import.meta.url),
  `<svg xmlns="http://www.w3.org/2000/svg">\n${symbols}\n</svg>\n`,
);

function symbol(name: string): string {
  const file = readFileSync(resolve(`@tabler/icons/outline/${name}.svg`), 'utf8');
  const inner = /<svg[^>]*>([\s\S]*)<\/svg>/.exec(file)?.[1];
  if (inner === undefined) throw new Error(`The icon "${name}" has another form than expected.`);
  const shape = inner.replace(/<path stroke="none"[^>]*>/, '').replace(/\s*\n\s*/g, '');
  return `<symbol id="${name}" viewBox="0 0 24 24" fill="none" stroke="currentColor" stroke-width="2" stroke-linecap="round" stroke-linejoin="round">${shape}</symbol>`;
}
