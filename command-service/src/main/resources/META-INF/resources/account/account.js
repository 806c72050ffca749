'use strict';

// The pages that links in letters lead to, and the one that asks for such a letter. The secret is behind the #: browsers do not send that to anybody. It is taken
// out of the address at once, so that neither the history nor somebody who looks at the screen has it.

const form = document.querySelector('form');
const problems = document.getElementById('problems');
const done = document.getElementById('done');
let token = '';

function takeToken() {
  const found = location.hash.slice(1);
  if (found) {
    token = found;
    history.replaceState(null, '', location.pathname);
  }
}

function tell(lines) {
  problems.replaceChildren(
    ...lines.map((line) => {
      const item = document.createElement('li');
      item.textContent = line;
      return item;
    }),
  );
}

function linesOf(problem) {
  const errors = (problem && problem.errors) || [];
  return errors.length
    ? errors.map(({ pointer, detail }) => {
        const field = form.elements[pointer.slice(1)];
        const name = field && field.labels && field.labels[0] ? field.labels[0].textContent : 'This link';
        return `${name}: ${detail}`;
      })
    : [(problem && problem.detail) || 'The platform does not answer as it should. Try again later.'];
}

async function send() {
  const body = token ? { token } : {};
  for (const field of form.elements) {
    if (field.name) {
      body[field.name] = field.value;
    }
  }
  try {
    const response = await fetch(form.dataset.route, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify(body),
      credentials: 'omit',
      cache: 'no-store',
      referrerPolicy: 'no-referrer',
    });
    if (response.ok) {
      token = '';
      form.hidden = true;
      done.hidden = false;
      done.focus();
      return;
    }
    tell(linesOf(await response.json().catch(() => null)));
  } catch {
    tell(['The platform does not answer. Try again later.']);
  }
}

form.addEventListener('submit', async (event) => {
  event.preventDefault();
  tell([]);
  if (!token && form.dataset.needs !== 'nothing') {
    tell(['This page is opened by a link in a letter. Open that link, or copy it as a whole.']);
    return;
  }
  const button = form.querySelector('button');
  button.disabled = true;
  await send();
  button.disabled = false;
});

addEventListener('hashchange', takeToken);
takeToken();
form.hidden = false;
