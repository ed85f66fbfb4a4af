// Enhancement of the pages about mail servers: they work without it.

const providers = document.querySelector('[data-providers]');

// The choice of a provider fills in its server at once, so there is nothing to press.
for (const place of document.querySelectorAll('[data-without-script]')) {
  place.hidden = true;
  for (const button of place.querySelectorAll('button')) button.disabled = true;
}
providers?.addEventListener('change', () => {
  const { host, port, security } = providers.selectedOptions[0].dataset;
  for (const hint of document.querySelectorAll('[data-hint]')) {
    hint.hidden = hint.dataset.hint !== providers.value;
  }
  if (host === undefined) return;
  providers.form.elements.host.value = host;
  providers.form.elements.port.value = port;
  providers.form.elements.security.value = security;
});

// The usual port goes with the security, as long as the other usual one stands there.
const PORTS = {
  imap: { tls: '993', starttls: '143', none: '143' },
  smtp: { tls: '465', starttls: '587', none: '25' },
};
const security = document.querySelector('#security');
security?.addEventListener('change', () => {
  const usual = PORTS[security.form.dataset.protocol];
  const { port } = security.form.elements;
  if (Object.values(usual).includes(port.value)) port.value = usual[security.value];
});

// Only who moves messages needs a folder for them.
const destination = document.querySelector('[data-only-for-move]');
function showDestination() {
  const chosen = document.querySelector('[name="after"]:checked');
  if (destination && chosen) destination.hidden = chosen.value !== 'move';
}
for (const radio of document.querySelectorAll('[name="after"]')) {
  radio.addEventListener('change', showDestination);
}
showDestination();

// A test may take some seconds: its button says that it is under way.
document.addEventListener('submit', (event) => event.submitter?.classList.add('btn-loading'));
window.addEventListener('pageshow', () => {
  for (const button of document.querySelectorAll('.btn-loading')) {
    button.classList.remove('btn-loading');
  }
});
