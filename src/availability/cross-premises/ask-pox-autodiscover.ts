import { EwsClientError, getPoxSettings } from '../../ews/index.ts';
import type { EwsClient } from '../../ews/index.ts';
import { bareSmtpAddress, isSmtpAddress, smtpDomainOf } from '../../organization/index.ts';
import type { Discovery } from './ask-autodiscover.ts';
import { isHttpsUrl } from './ask-autodiscover.ts';
import type { Deadline } from './deadline.ts';
import { problemCode, problemOf } from './problem-of.ts';
import type { RemoteClient } from './remote-client.ts';
import type { RemoteProblem } from './remote-failures.ts';
import { poxFailure, poxRefusal } from './remote-failures.ts';
import type { RemoteLookupInput, RemoteMailbox } from './remote-lookup.ts';

/** "The client application should stop redirecting after 10 redirects" (EWS reference, RedirectUrl). */
const maximumRedirects = 10;

/** An address space is asked by plain XML, unless its endpoint is that of SOAP. */
export function isPox({ connector: { addressSpace } }: RemoteLookupInput): boolean {
  return addressSpace !== undefined && !/\.svc(?:\/|$)/i.test(addressSpace.discoveryUrls[0] ?? '');
}

/**
 * Asks the POX Autodiscover of an address space where one mailbox's availability service is: at its places in turn, until
 * one can be asked. A redirect is followed to the host that gave it and within the space's domain, nowhere else: the
 * request carries a password.
 */
export async function askPoxAutodiscover(input: RemoteLookupInput, deadline: Deadline, mailbox: RemoteMailbox, clientFor: (url: string) => Promise<RemoteClient>): Promise<Discovery> {
  const places = input.connector.addressSpace?.discoveryUrls ?? [];
  let failed: Discovery | undefined;
  for (const place of places) {
    const discovery = await askPlace(input, deadline, { mailbox, place }, clientFor);
    if (discovery.ok || discovery.problem === undefined || deadline.expired()) return discovery;
    failed = discovery;
  }
  return failed ?? { ok: false, mailbox, failure: poxRefusal(mailbox.address, '', 'there is no endpoint'), endpoint: '' };
}

async function askPlace(input: RemoteLookupInput, deadline: Deadline, { mailbox, place }: { mailbox: RemoteMailbox; place: string }, clientFor: (url: string) => Promise<RemoteClient>): Promise<Discovery> {
  let url = place;
  let { address } = mailbox;
  for (let redirects = 0; ; redirects++) {
    const answer = await askOnce(input, deadline, { url, address }, clientFor);
    const refuse = (reason: string): Discovery => ({ ok: false, mailbox, failure: poxRefusal(mailbox.address, url, reason), endpoint: url });
    if ('problem' in answer) {
      return { ok: false, mailbox, failure: poxFailure(mailbox.address, url, answer.problem), endpoint: url, ...(redirects > 0 ? {} : { problem: answer.problem }) };
    }
    const { availabilityUrl, redirectUrl, redirectAddress, error } = answer;
    if (error !== undefined) return refuse(error.message.slice(0, 256).replace(/\.$/, '') || `ErrorCode ${error.code.slice(0, 16)}`);
    if (availabilityUrl !== undefined) return isHttpsUrl(availabilityUrl) ? { ok: true, url: availabilityUrl, connector: input.connector, mailbox: { ...mailbox, address } } : refuse('the availability service that it names has no https URL');
    if (redirects === maximumRedirects) return refuse(`more than ${maximumRedirects} redirects`);
    if (redirectUrl !== undefined) {
      if (!isWithin(input, url, redirectUrl)) return refuse('a redirect leads elsewhere');
      url = redirectUrl;
    } else {
      const next = bareSmtpAddress(redirectAddress ?? '');
      if (!isSmtpAddress(next) || smtpDomainOf(next) !== smtpDomainOf(mailbox.address)) return refuse('a redirect leads to another domain');
      address = next;
    }
  }
}

type Answer = Omit<Awaited<ReturnType<typeof getPoxSettings>>, 'transport'> | { problem: RemoteProblem };

async function askOnce(input: RemoteLookupInput, deadline: Deadline, { url, address }: { url: string; address: string }, clientFor: (url: string) => Promise<RemoteClient>): Promise<Answer> {
  const remote = await clientFor(url);
  if (!remote.ok) return { problem: remote.problem };
  const startedAt = input.clock.now();
  const line = (): Record<string, unknown> => ({ requestId: input.context.requestId, connector: input.connector.name, endpoint: url, durationMs: input.clock.now() - startedAt });
  const client: EwsClient = remote.client;
  try {
    const { transport, ...answer } = await deadline.within(getPoxSettings(client, address));
    input.log.info({ ...line(), ...answer, via: transport.via }, 'Autodiscover answered');
    return answer;
  } catch (error) {
    const problem = problemOf(error, deadline);
    input.log.warn({ ...line(), code: problemCode(error), problem: problem.kind, via: error instanceof EwsClientError ? error.facts['via'] : undefined, err: error }, 'Autodiscover did not answer');
    return { problem };
  }
}

function isWithin({ connector }: RemoteLookupInput, from: string, to: string): boolean {
  if (!isHttpsUrl(to)) return false;
  const { hostname } = new URL(to);
  const [domain = ''] = connector.targetAddressDomains;
  return hostname === new URL(from).hostname || hostname === domain.toLowerCase() || hostname.endsWith(`.${domain.toLowerCase()}`);
}
