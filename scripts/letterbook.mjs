import './require-node-24.mjs';
import { existsSync } from 'node:fs';
import { enableCompileCache } from 'node:module';
import { fileURLToPath } from 'node:url';

// Variables that are set already win over the file.
const settings = fileURLToPath(new URL('../.env', import.meta.url));
if (existsSync(settings)) process.loadEnvFile(settings);

// A command begins in half the time when Node keeps what it compiled. Where it cannot write, it goes on
// without.
enableCompileCache(fileURLToPath(new URL('../node_modules/.cache/compiled', import.meta.url)));

await import('../src/cli/letterbook.ts');
