'use strict';

const SESSION = 'crontopus.session';

/** What the address says when a sign-in came to nothing. */
const PROBLEMS = {
  cancelled: 'You have not signed in at the provider.',
  stale: 'This sign-in took too long, or began in another browser.',
  'provider-unavailable': 'The provider cannot be reached at the moment. Try again later.',
  refused: 'The provider could not be believed. Try again; if that does not help, tell who runs this server.',
  'not-allowed': 'Your account has no verified address that may come in here.',
};

const element = (id) => document.getElementById(id);
const session = () => JSON.parse(sessionStorage.getItem(SESSION) || 'null');

async function post(step, body, headers = {}) {
  const response = await fetch(`api/auth/sso/${step}`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json', ...headers },
    body: JSON.stringify(body),
  });
  const answer = await response.json().catch(() => ({}));
  if (!response.ok) {
    throw Object.assign(new Error(answer.detail || `The server answers ${response.status}.`), { code: answer.code });
  }
  return answer;
}

function failed(message) {
  element('title').textContent = 'Not signed in';
  element('message').hidden = true;
  element('problem').textContent = message;
  element('problem').hidden = false;
  element('again').hidden = false;
}

function ask(title, form, answer, send) {
  element('title').textContent = title;
  element('message').hidden = true;
  form.querySelectorAll('.email').forEach((place) => {
    place.textContent = answer.email;
  });
  form.hidden = false;
  form.querySelector('input, button').focus();
  form.addEventListener('submit', async (event) => {
    event.preventDefault();
    const button = form.querySelector('button');
    button.disabled = true;
    element('problem').hidden = true;
    try {
      done(await send(Object.fromEntries(new FormData(form))));
    } catch (e) {
      element('problem').textContent = e.message;
      element('problem').hidden = false;
      element('again').hidden = false;
    } finally {
      button.disabled = false;
    }
  });
}

/** Goes on to where the sign-in began: a path on this server, and nothing else. */
function done(answer) {
  if (answer.state === 'signed-in') {
    const { access_token, refresh_token, token_type, expires_in } = answer;
    sessionStorage.setItem(SESSION, JSON.stringify({ access_token, refresh_token, token_type, expires_in }));
  }
  const target = new URL(`.${answer.return_to}`, document.baseURI);
  location.replace(target.origin === location.origin ? target : './');
}

async function start() {
  const result = new URLSearchParams(location.hash.slice(1));
  history.replaceState(null, '', location.pathname);
  const code = result.get('code');
  if (!code) {
    failed(PROBLEMS[result.get('problem')] || 'There is nothing to finish here.');
    return;
  }
  const answer = await post('exchange', { code });
  if (answer.state === 'confirm') {
    let token = session()?.access_token;
    element('by-password').hidden = Boolean(token);
    ask('Is this you?', element('confirm'), answer, (form) => {
      const agreed = token ? post('link', { code }, { Authorization: `Bearer ${token}` }) : post('link', { code, ...form });
      // A session that is over, or somebody else's, agrees to nothing: the password does.
      token = null;
      element('by-password').hidden = false;
      return agreed;
    });
  } else if (answer.state === 'invited') {
    answer.invitations.forEach((invitation) => {
      element('invitation').append(new Option(`${invitation.tenant_id}, as ${invitation.role}`, invitation.id));
    });
    ask('Join', element('join'), answer, (form) => post('join', { code, ...form }));
  } else if (answer.state === 'new') {
    ask('You are new here', element('register'), answer, (form) => post('register', { code, ...form }));
  } else {
    done(answer);
  }
}

start().catch((e) => failed(e.message));
