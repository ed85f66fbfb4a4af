import './require-node-24.mjs';

await import('../src/cli/letterbook.ts');
