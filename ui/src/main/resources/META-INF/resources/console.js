'use strict';

const SESSION = 'crontopus.session';
const SHOWN_RUNS = 200;
const FIRST_RETRY_MS = 1000;
const LONGEST_RETRY_MS = 30000;

const element = (id) => document.getElementById(id);
const runs = new Map();
const endpoints = new Map();
let stream = null;

// --- session -------------------------------------------------------------------------------------

const session = () => JSON.parse(sessionStorage.getItem(SESSION) || 'null');

function remember(tokens) {
  if (tokens) {
    sessionStorage.setItem(SESSION, JSON.stringify(tokens));
  } else {
    sessionStorage.removeItem(SESSION);
  }
}

class Refused extends Error {
  constructor(status, message) {
    super(message);
    this.status = status;
  }
}

async function refused(response) {
  const problem = await response.json().catch(() => ({}));
  return new Refused(response.status, problem.detail || problem.title || `The server answers ${response.status}.`);
}

let renewal = null;

/** One renewal at a time, for all requests that wait for it: a refresh token that is used twice ends the session. */
function renew() {
  renewal ??= askForTokens().finally(() => {
    renewal = null;
  });
  return renewal;
}

async function askForTokens() {
  const response = await fetch('api/auth/refresh', {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({ refresh_token: session()?.refresh_token }),
  });
  if (!response.ok) {
    signedOut();
    throw await refused(response);
  }
  remember(await response.json());
}

/** A request with the session's token, which is renewed once when it has run out. */
async function authorised(path, options = {}) {
  const send = (token) => fetch(path, { ...options, headers: { ...options.headers, Authorization: `Bearer ${token}` } });
  const token = session()?.access_token;
  let response = await send(token);
  if (response.status === 401 && session()) {
    if (session().access_token === token) {
      await renew();
    }
    response = await send(session()?.access_token);
  }
  if (!response.ok) {
    throw await refused(response);
  }
  return response;
}

const get = async (path) => (await authorised(path)).json();

// --- sign in and out -----------------------------------------------------------------------------

element('sign-in').addEventListener('submit', async (event) => {
  event.preventDefault();
  const form = event.target;
  const button = form.querySelector('button');
  const problem = element('sign-in-problem');
  problem.hidden = true;
  button.disabled = true;
  try {
    const response = await fetch('api/auth/login', { method: 'POST', body: new URLSearchParams(new FormData(form)) });
    if (!response.ok) {
      throw await refused(response);
    }
    remember(await response.json());
    form.reset();
    await signedIn();
  } catch (e) {
    problem.textContent = e instanceof Refused ? e.message : 'The server cannot be reached.';
    problem.hidden = false;
  } finally {
    button.disabled = false;
  }
});

element('sign-out').addEventListener('click', async () => {
  const refreshToken = session()?.refresh_token;
  signedOut();
  await fetch('api/auth/logout', {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({ refresh_token: refreshToken }),
  }).catch(() => {});
});

function signedOut() {
  stream?.abort();
  remember(null);
  runs.clear();
  endpoints.clear();
  element('session').hidden = true;
  element('console').hidden = true;
  element('welcome').hidden = false;
  element('username').focus();
}

async function signedIn() {
  const me = await get('api/auth/me');
  element('who').textContent = me.username;
  element('repository').textContent = new URL(`git/${me.tenant_id}/job-manifests.git`, document.baseURI).href;
  element('welcome').hidden = true;
  element('session').hidden = false;
  element('console').hidden = false;
  stream = new AbortController();
  follow(stream.signal);
}

/** The providers that there are, as links to where a sign-in with each begins; passwords are put away where nearly nobody has one. */
async function offerProviders() {
  const ways = await (await fetch('api/auth/sso')).json();
  element('providers').replaceChildren(
    ...ways.providers.map((provider) => make('a', `Sign in with ${provider.name}`, { href: provider.start, className: 'provider' })),
  );
  element('providers').hidden = ways.providers.length === 0;
  const passwords = element('with-password');
  passwords.open = !ways.only;
  passwords.querySelector('summary').hidden = !ways.only;
}

/** A lost password is replaced by a letter, where letters are sent. */
async function offerLetters() {
  const health = await (await fetch('health')).json();
  element('forgot').hidden = !health.parts?.email || health.parts.email === 'off';
}

// --- runs ----------------------------------------------------------------------------------------

async function load() {
  const [page, machines] = await Promise.all([get(`api/runs?limit=${SHOWN_RUNS}`), get('api/endpoints?limit=1000')]);
  runs.clear();
  page.runs.forEach((run) => runs.set(run.run_id, run));
  machines.endpoints.forEach((endpoint) => endpoints.set(endpoint.endpoint_id, endpoint.name));
  show();
}

const began = (run) => run.started_at || run.received_at || '';

function show(freshId) {
  const newest = [...runs.values()].sort((a, b) => began(b).localeCompare(began(a)));
  newest.slice(SHOWN_RUNS).forEach((run) => runs.delete(run.run_id));
  element('runs').replaceChildren(...newest.slice(0, SHOWN_RUNS).map((run) => row(run, run.run_id === freshId)));
  element('empty').hidden = runs.size > 0;
  const failed = newest.filter((run) => run.status === 'failure' || run.status === 'timeout').length;
  element('summary').textContent = runs.size ? `${runs.size} newest, ${failed} failed` : '';
}

function make(tag, text, properties = {}) {
  const made = Object.assign(document.createElement(tag), properties);
  made.textContent = text;
  return made;
}

function row(run, fresh) {
  const line = make('tr', '', { className: fresh ? 'fresh' : '' });
  const status = make('span', run.status, { className: 'status' });
  status.dataset.status = run.status;
  const job = make('button', run.job_name, { type: 'button' });
  job.addEventListener('click', () => open(run.run_id));
  const name = make('td', '');
  name.append(make('span', `${run.namespace}/`, { className: 'namespace' }), job);
  const first = make('td', '');
  first.append(status);
  line.append(
    first,
    name,
    make('td', time(began(run))),
    make('td', duration(run.duration), { className: 'number' }),
    make('td', run.exit_code ?? '', { className: 'number' }),
    make('td', endpoints.get(run.endpoint_id) || run.endpoint_id || ''),
  );
  return line;
}

const time = (instant) => (instant ? new Date(instant).toLocaleString(undefined, { dateStyle: 'medium', timeStyle: 'medium' }) : '');
const duration = (seconds) => (seconds === null || seconds === undefined ? '' : `${Number(seconds).toFixed(seconds < 10 ? 2 : 0)} s`);

async function open(id) {
  const run = await get(`api/runs/${encodeURIComponent(id)}`);
  element('run-title').textContent = `${run.namespace}/${run.job_name}`;
  const facts = {
    Status: run.status,
    'Exit code': run.exit_code,
    Started: time(run.started_at),
    Finished: time(run.finished_at),
    Duration: duration(run.duration),
    Endpoint: endpoints.get(run.endpoint_id) || run.endpoint_id,
    Commit: run.commit,
    Error: run.error_message,
    Run: run.run_id,
  };
  element('run-facts').replaceChildren(
    ...Object.entries(facts)
      .filter(([, value]) => value !== null && value !== undefined && value !== '')
      .flatMap(([label, value]) => [make('dt', label), make('dd', value)]),
  );
  element('run-output').textContent = run.output || '(none)';
  element('run').showModal();
}

// --- live ----------------------------------------------------------------------------------------

function connection(state, text) {
  element('live').dataset.state = state;
  element('live').textContent = text;
}

/** Follows the stream for as long as the session lasts. EventSource cannot send the token, so this reads it by hand. */
async function follow(signal) {
  let cursor = '';
  let retry = FIRST_RETRY_MS;
  while (!signal.aborted) {
    try {
      connection('waiting', 'connecting');
      const headers = cursor ? { 'Last-Event-ID': cursor } : {};
      const response = await authorised('api/stream?topics=runs,endpoints', { headers, signal });
      if (!cursor) {
        await load();
      }
      connection('live', 'live');
      element('problem').hidden = true;
      retry = FIRST_RETRY_MS;
      for await (const message of messages(response.body)) {
        cursor = message.id || cursor;
        if (message.event === 'reset') {
          cursor = message.id || '';
          await load();
        } else if (message.event) {
          take(message.event, JSON.parse(message.data));
        }
      }
    } catch (e) {
      if (signal.aborted) {
        return;
      }
      if (e instanceof Refused) {
        element('problem').textContent = e.message;
        element('problem').hidden = false;
      }
    }
    connection('lost', 'reconnecting');
    await new Promise((resolve) => setTimeout(resolve, retry));
    retry = Math.min(retry * 2, LONGEST_RETRY_MS);
  }
}

function take(topic, change) {
  if (topic === 'runs' && change.run_id) {
    runs.set(change.run_id, { ...runs.get(change.run_id), ...change });
    show(change.run_id);
  } else if (topic === 'endpoints' && change.endpoint_id) {
    endpoints.set(change.endpoint_id, change.name);
    show();
  }
}

/** The messages of a text/event-stream body. */
async function* messages(body) {
  const reader = body.pipeThrough(new TextDecoderStream()).getReader();
  let rest = '';
  let message = { data: '' };
  for (let part = await reader.read(); !part.done; part = await reader.read()) {
    const lines = (rest + part.value).split('\n');
    rest = lines.pop();
    for (const line of lines.map((text) => text.replace(/\r$/, ''))) {
      if (line === '') {
        if (message.event || message.data || message.id) {
          yield message;
        }
        message = { data: '' };
      } else if (!line.startsWith(':')) {
        const colon = line.indexOf(':');
        const field = colon < 0 ? line : line.slice(0, colon);
        const value = colon < 0 ? '' : line.slice(colon + 1).replace(/^ /, '');
        message[field] = field === 'data' && message.data ? `${message.data}\n${value}` : value;
      }
    }
  }
}

offerProviders().catch(() => {});
offerLetters().catch(() => {});
if (session()) {
  signedIn().catch(signedOut);
} else {
  signedOut();
}
