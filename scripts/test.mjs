import './require-node-24.mjs';

await import('./run-tests.ts');
