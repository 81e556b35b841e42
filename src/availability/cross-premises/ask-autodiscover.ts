import { EwsClientError, getUserSettings } from '../../ews/index.ts';
import { bareSmtpAddress, isSmtpAddress, smtpDomainOf } from '../../organization/index.ts';
import type { MailboxFailure } from '../published-failures.ts';
import type { Deadline } from './deadline.ts';
import { problemCode, problemOf } from './problem-of.ts';
import type { RemoteClient } from './remote-client.ts';
import type { RemoteProblem } from './remote-failures.ts';
import { autodiscoverFailure, autodiscoverUserFailure } from './remote-failures.ts';
import type { RemoteLookupInput, RemoteMailbox } from './remote-lookup.ts';
import type { ConnectorRoute } from './route.ts';
import { securedUrl } from './secured-url.ts';

/** What Autodiscover says of one mailbox. */
export type Discovery =
  /** `mailbox` has the address, and `connector` is the connector, that redirects led to. */
  | { ok: true; url: string; mailbox: RemoteMailbox; connector: ConnectorRoute }
  | {
      ok: false;
      mailbox: RemoteMailbox;
      failure: MailboxFailure;
      /** The Autodiscover endpoint that was asked last. */
      endpoint: string;
      via?: string;
      /** Set where the connector's endpoint could not be asked at all, for whichever mailbox. */
      problem?: RemoteProblem;
    };

/** Where to ask: an Autodiscover endpoint, about an address that the connector covers. */
interface Question {
  connector: ConnectorRoute;
  url: string;
  address: string;
}

const setting = 'ExternalEwsUrl';

/** "The client application should stop redirecting after 10 redirects" (EWS reference, RedirectUrl). */
const maximumRedirects = 10;

/**
 * Asks SOAP Autodiscover where one mailbox's EWS is (GetUserSettings for `ExternalEwsUrl`), following its redirects
 * (Microsoft, "Handling Autodiscover error messages"): to another URL where that is https, and to another address where an
 * enabled connector covers its domain; never twice to the same question. `clientFor` brings a client with a token made for
 * the URL's host, so no token goes to a host that it was not issued for.
 */
export async function askAutodiscover(
  input: RemoteLookupInput,
  deadline: Deadline,
  mailbox: RemoteMailbox,
  clientFor: (url: string) => Promise<RemoteClient>,
): Promise<Discovery> {
  const asked = new Set<string>();
  let question: Question = { connector: input.connector, url: input.connector.discoveryEndpoint ?? '', address: mailbox.address };
  for (;;) {
    const { connector, url, address } = question;
    asked.add(keyOf(question));
    const answer = await askOnce(input, deadline, question, clientFor);
    if (!answer.ok) {
      const { problem, via } = answer;
      const failure = autodiscoverFailure(mailbox.address, problem);
      return { ok: false, mailbox, failure, endpoint: url, ...(via === undefined ? {} : { via }), ...(asked.size > 1 ? {} : { problem }) };
    }
    if (answer.url !== undefined) return { ok: true, url: connector.source === 'OrganizationRelationship' ? securedUrl(answer.url) : answer.url, connector, mailbox: { ...mailbox, address } };
    const next = redirected(input, question, answer);
    if (next?.connector.targetSharingEpr !== undefined) {
      return { ok: true, url: next.connector.targetSharingEpr, connector: next.connector, mailbox: { ...mailbox, address: next.address } };
    }
    if (next === undefined || asked.has(keyOf(next)) || asked.size > maximumRedirects) {
      const { code, via } = answer;
      return { ok: false, mailbox, failure: autodiscoverUserFailure(mailbox.address, url, code), endpoint: url, ...(via === undefined ? {} : { via }) };
    }
    question = next;
  }
}

function keyOf({ url, address }: Question): string {
  return `${url} ${address.toLowerCase()}`;
}

type Answer = { ok: true; url?: string; code: string; target?: string; via?: string } | { ok: false; problem: RemoteProblem; via?: string };

async function askOnce(input: RemoteLookupInput, deadline: Deadline, question: Question, clientFor: (url: string) => Promise<RemoteClient>): Promise<Answer> {
  const { connector, url, address } = question;
  const client = await clientFor(url);
  if (!client.ok) return { ok: false, problem: client.problem };
  const startedAt = input.clock.now();
  const line = (): Record<string, unknown> => ({
    requestId: input.context.requestId,
    connector: connector.name,
    endpoint: url,
    durationMs: input.clock.now() - startedAt,
  });
  try {
    const { errorCode, settings, settingErrors, redirectTarget, transport } = await deadline.within(getUserSettings(client.client, address, [setting]));
    const { via } = transport;
    const named = settings[setting];
    const passed = via === undefined ? {} : { via };
    if (errorCode === 'NoError' && named !== undefined && isHttpsUrl(named)) {
      input.log.info({ ...line(), ewsEndpoint: named, ...passed }, 'Autodiscover named an EWS endpoint');
      return { ok: true, url: named, code: errorCode, ...passed };
    }
    const code = errorCode === 'NoError' ? (settingErrors.find((error) => error.name === setting)?.errorCode ?? 'SettingIsNotAvailable') : errorCode;
    input.log[redirectTarget === undefined ? 'warn' : 'info']({ ...line(), autodiscoverCode: code, redirectTarget, ...passed }, 'Autodiscover named no EWS endpoint');
    return { ok: true, code, ...(redirectTarget === undefined ? {} : { target: redirectTarget }), ...passed };
  } catch (error) {
    const problem = problemOf(error, deadline);
    const via = error instanceof EwsClientError ? error.facts['via'] : undefined;
    input.log.warn({ ...line(), code: problemCode(error), problem: problem.kind, err: error }, 'Autodiscover did not answer');
    return { ok: false, problem, ...(typeof via === 'string' ? { via } : {}) };
  }
}

/** Where an answer sends the client; undefined for one that is no redirect, or none that may be followed. */
function redirected(input: RemoteLookupInput, { connector, address }: Question, { code, target = '' }: Answer & { ok: true }): Question | undefined {
  if (code === 'RedirectUrl') return isHttpsUrl(target) ? { connector, url: target, address } : undefined;
  const newAddress = bareSmtpAddress(target);
  if (code !== 'RedirectAddress' || !isSmtpAddress(newAddress)) return undefined;
  const newConnector = input.connectorOf(smtpDomainOf(newAddress));
  if (newConnector === undefined) return undefined;
  const url = newConnector.discoveryEndpoint ?? '';
  return url === '' && newConnector.targetSharingEpr === undefined ? undefined : { connector: newConnector, url, address: newAddress };
}

/** A token is sent nowhere but over TLS. */
export function isHttpsUrl(text: string): boolean {
  if (!URL.canParse(text)) return false;
  const { protocol, username, password } = new URL(text);
  return protocol === 'https:' && username === '' && password === '';
}
