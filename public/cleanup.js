// Enhancement of Data Cleanup: everything works without it.

const page = document.querySelector('[data-cleanup]');
const help = document.getElementById('keys');

// What has been done is told by screen readers, too: they hear what changes, not what was there at first.
const said = document.querySelector('[role="status"]')?.innerText.trim();
if (said) {
  const region = document.createElement('div');
  region.className = 'visually-hidden';
  region.setAttribute('role', 'status');
  document.body.append(region);
  setTimeout(() => {
    region.textContent = said;
  }, 200);
}

// "Select all" ticks all rows of the page.
const all = document.querySelector('[data-select-all]');
const boxes = [...document.querySelectorAll('.row-box input')];
const everything = document.querySelector('.bulk [name="all"]');
const selected = document.querySelector('[data-selected]');
const plural = new Intl.PluralRules(document.documentElement.lang);
const digits = new Intl.NumberFormat(document.documentElement.lang);

// "3 groups · 27 emails selected": the texts that the page brings, with the number in place of theirs.
function counted(what, count) {
  const form = plural.select(count) === 'one' ? 'one' : 'other';
  return selected.dataset[`${what}${form === 'one' ? 'One' : 'Other'}`].replace(
    /\d+/,
    digits.format(count),
  );
}

function tellSelected() {
  const ticked = boxes.filter((one) => one.checked);
  const emails = ticked.reduce((sum, one) => sum + Number(one.dataset.emails ?? 1), 0);
  const groups = selected.dataset.groupsOne === undefined ? [] : [counted('groups', ticked.length)];
  const words = [...groups, counted('emails', emails)].join(' · ');
  selected.textContent = ticked.length === 0 || everything?.checked ? '' : words;
}

if (all) {
  all.closest('[hidden]').hidden = false;
  all.addEventListener('change', () => {
    for (const box of boxes) box.checked = all.checked;
    tellSelected();
  });
  for (const box of boxes) {
    box.addEventListener('change', () => {
      all.checked = boxes.every((one) => one.checked);
      tellSelected();
    });
  }
  everything?.addEventListener('change', tellSelected);
  // Browsers keep what was ticked when one comes back to the page.
  addEventListener('pageshow', () => {
    all.checked = boxes.length > 0 && boxes.every((one) => one.checked);
    tellSelected();
  });
}

for (const opener of document.querySelectorAll('[data-opens="keys"]')) {
  opener.hidden = false;
  opener.addEventListener('click', () => help.showModal());
}

const rows = [...document.querySelectorAll('[data-row]')];

// The row that has the focus, else the one that is read.
function here() {
  const focused = rows.findIndex((row) => row.closest('li').contains(document.activeElement));
  return focused >= 0 ? focused : rows.findIndex((row) => row.hasAttribute('aria-current'));
}

// What is ticked is meant before what is read.
const TICKED = '.row-box input:checked, [name="all"]:checked';

// Nobody decides about a mail that is not before them: a row that is only gone to is opened first.
function opened(place) {
  const row = rows[here()];
  const goneTo = row?.closest('li').contains(document.activeElement);
  if (!place.closest('article') || !goneTo || row.hasAttribute('aria-current')) return false;
  row.click();
  return true;
}

const press = (key) => {
  const name = document.querySelector(TICKED) ? 'data-bulk-key' : 'data-key';
  const places = [
    ...document.querySelectorAll(`[${name}="${CSS.escape(key)}"]`),
    ...document.querySelectorAll(`[data-key="${CSS.escape(key)}"]`),
  ];
  // A button before the field that the same key leads to.
  const seen = places.filter((one) => one.checkVisibility({ visibilityProperty: true }));
  const place = seen.find((one) => !one.matches('input')) ?? seen[0];
  if (!place) return false;
  if (opened(place)) return true;
  if (place.matches('input')) place.focus();
  else place.click();
  return true;
};

// A record is linked at once; with Shift, or where others are ticked, it is ticked, or not any more.
const suggest = (number, ticks) => {
  const button = document.querySelectorAll('[data-suggestion]')[number - 1];
  if (!button) return false;
  if (opened(button)) return true;
  if (!ticks && button.checkVisibility({ visibilityProperty: true })) button.click();
  else {
    const box = button.closest('li').querySelector('input');
    box.click();
    box.focus();
  }
  return true;
};

const ACTIONS = {
  '?': () => help?.showModal(),
  j: () => rows[here() + 1]?.focus(),
  k: () => rows[Math.max(here(), 1) - 1]?.focus(),
  x: () => rows[here()]?.closest('li').querySelector('.row-box input')?.click(),
};

// A button or link that has the focus does what it says.
const DOES = 'a, button, summary, input[type="checkbox"], input[type="radio"]';

document.addEventListener('keydown', (event) => {
  const { target, key } = event;
  if (page?.dataset.keys !== 'on' || event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.isComposing || help?.open) return;
  const number = /^(?:Digit|Numpad)([1-9])$/.exec(event.code)?.[1];
  const typing = target.closest('textarea, select, [contenteditable], input');
  if (typing && !typing.matches('[type="checkbox"], [type="radio"]')) {
    if (key === 'Escape') typing.blur();
    return;
  }
  if (key === 'Enter' && target.matches('.pick-box input')) {
    event.preventDefault();
    press('l');
    return;
  }
  if (key === 'Enter' && target.closest(DOES)) return;
  if (event.repeat && key !== 'j' && key !== 'k') return;
  if (ACTIONS[key]) {
    ACTIONS[key]();
    event.preventDefault();
  } else if (/^[1-9]$/.test(key)) {
    if (suggest(Number(key), false)) event.preventDefault();
  } else if (event.shiftKey && number !== undefined) {
    if (suggest(Number(number), true)) event.preventDefault();
  } else if (press(key)) event.preventDefault();
});
