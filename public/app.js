// Enhancement only: every page works without it.

// A form is sent once, however often its button is pressed.
document.addEventListener('submit', (event) => {
  const form = event.target;
  if (form.dataset.sent === 'yes') event.preventDefault();
  else if (form.method === 'post') form.dataset.sent = 'yes';
});
// A page that comes back from the browser's cache can be sent again.
window.addEventListener('pageshow', () => {
  for (const form of document.querySelectorAll('form[data-sent]')) delete form.dataset.sent;
});

// <button type="button" data-copy="text" data-copied="Copied">
document.addEventListener('click', async (event) => {
  const button = event.target.closest('[data-copy]');
  if (!button) return;
  await navigator.clipboard?.writeText(button.dataset.copy);
  const status = button.querySelector('[data-copy-label]') ?? button;
  status.textContent = button.dataset.copied;
});
// Browsers keep the clipboard from pages that come by plain HTTP: there is nothing to offer then.
for (const button of document.querySelectorAll('[data-copy]')) {
  button.hidden = navigator.clipboard === undefined;
}

// What answers from another place (signed out meanwhile), or with an error page, is not what a part of
// the page asked for: it stays as it is. A form that comes back with errors (422) is.
document.addEventListener('htmx:before:response', (event) => {
  const { raw, status } = event.detail.ctx.response;
  if (raw.redirected || (status >= 400 && status !== 422)) event.preventDefault();
});

// The numbers at the bell are looked up each minute, while somebody may see them and is signed in.
let looks = document.getElementById('bell') !== null;
const lookAtBell = () => {
  if (looks && !document.hidden) {
    document.getElementById('bell')?.dispatchEvent(new Event('look'));
  }
};
setInterval(lookAtBell, 60_000);
document.addEventListener('visibilitychange', lookAtBell);
document.addEventListener('htmx:before:response', (event) => {
  const { ctx } = event.detail;
  // Led elsewhere: nobody is signed in any more.
  if (ctx.response.raw.redirected && ctx.sourceElement?.id === 'bell') looks = false;
});
// What is new is said in the title, too: "(2) Home".
document.addEventListener('htmx:after:swap', () => {
  const count = document.getElementById('bell')?.dataset.new;
  if (count === undefined) return;
  const title = document.title.replace(/^\(\d+\+?\) /, '');
  document.title = count === '' ? title : `(${count}) ${title}`;
});

// <button type="button" data-reveal="id" data-show="Show" data-hide="Hide" hidden>
for (const button of document.querySelectorAll('[data-reveal]')) button.hidden = false;
document.addEventListener('click', (event) => {
  const button = event.target.closest('[data-reveal]');
  if (!button) return;
  const field = document.getElementById(button.dataset.reveal);
  const shown = field.type === 'password';
  field.type = shown ? 'text' : 'password';
  button.textContent = shown ? button.dataset.hide : button.dataset.show;
});
// Browsers keep what is typed into a field of type text, so it leaves as a password.
document.addEventListener('submit', (event) => {
  for (const button of event.target.querySelectorAll('[data-reveal]')) {
    document.getElementById(button.dataset.reveal).type = 'password';
  }
});

// <div data-time-zone> around a select: until somebody chooses, that of the browser.
for (const select of document.querySelectorAll('[data-time-zone] select')) {
  const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
  const known = [...select.options].some((option) => option.value === zone);
  if (!known) select.add(new Option(zone, zone));
  select.value = zone;
}

// After an answer with errors, the first field that is wrong has the focus.
document.querySelector('.is-invalid, [data-focus]')?.focus();
