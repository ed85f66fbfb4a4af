import './require-node-24.mjs';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

// Variables that are set already win over the file.
const settings = fileURLToPath(new URL('../.env', import.meta.url));
if (existsSync(settings)) process.loadEnvFile(settings);

await import('../src/cli/letterbook.ts');
