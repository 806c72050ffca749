'use strict';

const SESSION = 'crontopus.session';
const element = (id) => document.getElementById(id);

/** The console's session of this tab, or one that is for this page alone. */
let tokens = JSON.parse(sessionStorage.getItem(SESSION) || 'null');
let isOwn = false;
let code = new URLSearchParams(location.search).get('user_code') || '';

class Refused extends Error {
  constructor(status, message) {
    super(message);
    this.status = status;
  }
}

async function answered(response) {
  if (!response.ok) {
    const problem = await response.json().catch(() => ({}));
    throw new Refused(response.status, problem.detail || problem.title || `The server answers ${response.status}.`);
  }
  return response.status === 204 ? null : response.json();
}

function post(path, body, token) {
  const headers = { 'Content-Type': 'application/json' };
  if (token) {
    headers.Authorization = `Bearer ${token}`;
  }
  return fetch(path, { method: 'POST', headers, body: JSON.stringify(body), keepalive: true });
}

async function renew() {
  tokens = await answered(await post('api/auth/refresh', { refresh_token: tokens.refresh_token }));
  if (!isOwn) {
    sessionStorage.setItem(SESSION, JSON.stringify(tokens));
  }
}

async function authorised(send) {
  let response = await send(tokens.access_token);
  if (response.status === 401) {
    await renew();
    response = await send(tokens.access_token);
  }
  return answered(response);
}

const call = (path) => authorised((token) => post(path, { user_code: code }, token));

/** Shows one part of the page, and what went wrong before it. */
function show(part, problem) {
  for (const id of ['sign-in', 'ask', 'request', 'done']) {
    element(id).hidden = id !== part;
  }
  element('problem').textContent = problem || '';
  element('problem').hidden = !problem;
  element(part).querySelector('input')?.focus();
}

function failed(e, part) {
  if (e instanceof Refused && e.status === 401) {
    tokens = null;
    show('sign-in', part === 'sign-in' ? e.message : '');
  } else {
    show(part, e instanceof Refused ? e.message : 'The server cannot be reached.');
  }
}

async function ask() {
  try {
    const me = await authorised((token) => fetch('api/auth/me', { headers: { Authorization: `Bearer ${token}` } }));
    element('who').textContent = me.username;
    element('as').textContent = me.username;
    element('session').hidden = false;
    element('code').value = code;
    if (code) {
      await look();
    } else {
      show('ask');
    }
  } catch (e) {
    failed(e, 'ask');
  }
}

async function look() {
  try {
    const request = await call('api/auth/device/show');
    element('shown-code').textContent = code.toUpperCase();
    element('client').textContent = request.client;
    element('address').textContent = request.address || 'an unknown address';
    element('created').textContent = new Date(request.created_at).toLocaleString();
    show('request');
  } catch (e) {
    failed(e, 'ask');
  }
}

async function decide(what, outcome) {
  element('approve').disabled = true;
  element('deny').disabled = true;
  try {
    await call(`api/auth/device/${what}`);
    element('outcome').textContent = outcome;
    show('done');
    leave();
  } catch (e) {
    failed(e, 'ask');
  } finally {
    element('approve').disabled = false;
    element('deny').disabled = false;
  }
}

/** Ends the session that this page has opened. */
function leave() {
  if (isOwn && tokens) {
    post('api/auth/logout', { refresh_token: tokens.refresh_token }).catch(() => {});
    tokens = null;
  }
}

element('sign-in').addEventListener('submit', async (event) => {
  event.preventDefault();
  const form = event.target;
  try {
    tokens = await answered(
      await fetch('api/auth/login', { method: 'POST', body: new URLSearchParams(new FormData(form)) }),
    );
    isOwn = true;
    form.reset();
    await ask();
  } catch (e) {
    failed(e, 'sign-in');
  }
});

element('ask').addEventListener('submit', (event) => {
  event.preventDefault();
  code = element('code').value.trim();
  look();
});

element('approve').addEventListener('click', () => decide('approve', 'It is in.'));
element('deny').addEventListener('click', () => decide('deny', 'It was refused.'));
window.addEventListener('pagehide', leave);

if (tokens) {
  ask();
} else {
  show('sign-in');
}
