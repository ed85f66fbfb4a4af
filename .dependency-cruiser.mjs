/**
 * Imports go one way: cli -> app, inbound -> features -> archiving, ports -> shared.
 * @type {import('dependency-cruiser').IConfiguration}
 */

const PORTS = '^src/(imap|smtp|queue|originals|trust)/';
const FEATURES =
  '^src/(account-mail|users|groups|people|accounts|emails|first-mail|inbox|data-cleanup|digest|suggestions|mailbox-settings|outgoing|senders|quarantine|settings|ledger|audit)/';
const COMPOSITION = '^src/dependencies';
const SHELL = '^src/(cli/|inbound/|worker/|app\\.ts|dependencies)';

/** What may be imported without I/O: calculations over values. */
const PURE_NODE = '^(node:)?(assert|buffer|crypto|punycode|string_decoder|url|util)$';

/** One npm package may be imported by the named files alone. */
function onlyIn(name, packages, files) {
  return {
    name: `only-${name}`,
    comment: `${packages} belongs behind its port: import the port instead.`,
    severity: 'error',
    from: { path: '^src/', pathNot: files },
    to: { path: `node_modules/(${packages})/` },
  };
}

/** No file under `from` imports a file under `to`. */
function never(name, comment, from, to) {
  return { name, comment, severity: 'error', from, to };
}

export default {
  forbidden: [
    never('no-circles', 'Circles hide what depends on what.', {}, { circular: true }),
    never('resolvable', 'The import leads nowhere.', {}, { couldNotResolve: true }),
    never(
      'src-never-imports-tests',
      'The product runs without its tests and scripts.',
      { path: '^(src|migrations)/' },
      { path: '^(test|scripts)/' },
    ),
    never(
      'src-never-imports-dev-dependencies',
      'It would be missing where only the product is installed.',
      { path: '^(src|migrations)/' },
      { dependencyTypes: ['npm-dev'], dependencyTypesNot: ['type-only'] },
    ),
    never(
      'shared-stands-alone',
      'shared holds words that everyone uses; it needs nobody.',
      { path: '^src/shared/' },
      { path: '^(src/(?!shared/)|node_modules/)' },
    ),
    never(
      'config-stands-low',
      'config is read by the composition root and knows nothing of the product.',
      { path: '^src/config/' },
      { path: '^src/(?!config/|shared/)' },
    ),
    never(
      'archiving-needs-shared-only',
      'The core is pure: facts are gathered by the shell and handed in.',
      { path: '^src/archiving/' },
      { path: '^src/(?!archiving/|shared/)' },
    ),
    never(
      'ranking-needs-shared-only',
      'The ranking is pure: candidates are found by the store and handed in.',
      { path: '^src/suggestions/ranking/' },
      { path: '^src/(?!suggestions/ranking/|shared/)|node_modules/(pg|knex)/' },
    ),
    never(
      'archiving-does-no-node-io',
      'The core is pure: no files, network, processes or timers.',
      { path: '^src/archiving/' },
      { dependencyTypes: ['core'], pathNot: PURE_NODE },
    ),
    never(
      'archiving-does-no-npm-io',
      'The core is pure: only libraries that calculate (parsing, text) may help it.',
      { path: '^src/archiving/' },
      {
        path: 'node_modules/(pg|knex|express|ejs|pino|pino-http|imapflow|nodemailer|bull|ioredis|passport|passport-local)/',
      },
    ),
    never(
      'ports-stand-low',
      'A port and its adapters know the words of the product, not its features.',
      { path: PORTS },
      { path: `${FEATURES}|${SHELL}|^src/http/` },
    ),
    never(
      'db-stands-low',
      'The database plumbing serves features; it does not know them.',
      { path: '^src/db/' },
      { path: `${FEATURES}|${SHELL}|^src/http/` },
    ),
    never(
      'http-stands-low',
      'What all routes share knows none of them.',
      { path: '^src/http/' },
      { path: `${FEATURES}|${SHELL}|${PORTS}|^src/db/` },
    ),
    never(
      'features-never-import-the-shell',
      'The shell drives the features, not the other way.',
      { path: FEATURES },
      { path: SHELL },
    ),
    never(
      'a-feature-keeps-its-pages',
      'Use another feature through its store or use case, never through its routes or views.',
      { path: '^src/([^/]+)/' },
      { path: '^src/[^/]+/.*-(routes|views)\\.ts$', pathNot: '^src/$1/' },
    ),
    never(
      'inbound-draws-no-pages',
      'What files mail runs in a worker, without pages.',
      { path: '^src/inbound/' },
      { path: '^src/(cli/|app\\.ts|dependencies|http/)' },
    ),
    never(
      'nothing-imports-cli',
      'The command line is the outermost layer.',
      { path: '^src/(?!cli/)' },
      { path: '^src/cli/' },
    ),
    never(
      'adapters-are-made-in-one-place',
      'Ask for the port; src/dependencies constructs the adapter.',
      { path: '^src/(?!imap/|smtp/|queue/|originals/|trust/)', pathNot: COMPOSITION },
      {
        path: '^src/(imap/imapflow-|smtp/nodemailer-|queue/(bull|in-process)-|originals/postgres-|trust/node-)',
      },
    ),
    never(
      'migrations-stand-alone',
      'A migration is history: code that changes later must not change it.',
      { path: '^migrations/' },
      { path: '^src/' },
    ),
    onlyIn('imapflow', 'imapflow', '^src/imap/imapflow-[^/]+\\.ts$'),
    onlyIn('nodemailer', 'nodemailer', '^src/smtp/nodemailer-[^/]+\\.ts$'),
    onlyIn('bull', 'bull|ioredis', '^src/queue/bull-[^/]+\\.ts$'),
    onlyIn('mailauth', 'mailauth', '^src/trust/'),
    onlyIn('pg', 'pg', '^src/db/'),
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: { exportsFields: ['exports'], conditionNames: ['import', 'default'] },
  },
};
