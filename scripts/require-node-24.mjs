// Plain JavaScript: it must run, and explain itself, on the Node that is too old for the rest.
const major = Number(process.versions.node.split('.')[0]);

if (!(major >= 24)) {
  console.error(
    `Letterbook runs on Node 24, and this is Node ${process.versions.node}: start it through npm ` +
      '(npm start, npm test) after "npm ci", which brings Node 24 along.',
  );
  process.exit(2);
}
