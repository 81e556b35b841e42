import { smtpDomainOf } from '../../organization/index.ts';
import type { Discovery } from './ask-autodiscover.ts';
import { askAutodiscover } from './ask-autodiscover.ts';
import { askPoxAutodiscover, isPox } from './ask-pox-autodiscover.ts';
import type { Deadline } from './deadline.ts';
import { problemOf } from './problem-of.ts';
import { remoteClient } from './remote-client.ts';
import type { RemoteClient } from './remote-client.ts';
import { autodiscoverFailure } from './remote-failures.ts';
import type { Located, LocatedEndpoint, RemoteLookupInput, RemoteMailbox } from './remote-lookup.ts';

/**
 * Finds out from the connector's Autodiscover where its mailboxes' EWS is and groups them by the answer. One answer
 * serves all mailboxes of its domain, for as long as it is kept: any server of the other organisation answers for all its
 * people. Requests that come while the first one asks wait for its answer. Only where that is no endpoint (the mailbox is
 * unknown there, or elsewhere) does every mailbox ask for itself, side by side.
 */
export async function discoverEndpoints(input: RemoteLookupInput, discoveryEndpoint: string, deadline: Deadline): Promise<Located> {
  const domains = new Map<string, RemoteMailbox[]>();
  for (const mailbox of input.mailboxes) {
    const domain = smtpDomainOf(mailbox.address);
    const group = domains.get(domain) ?? [];
    group.push(mailbox);
    domains.set(domain, group);
  }
  const clients = new Map<string, Promise<RemoteClient>>();
  const clientFor = (url: string): Promise<RemoteClient> => {
    const client = clients.get(url) ?? remoteClient(input, deadline, url, 'ASAutoDiscover');
    clients.set(url, client);
    return client;
  };
  const ask = async (mailbox: RemoteMailbox): Promise<Discovery> => {
    const discovery = await (isPox(input) ? askPoxAutodiscover : askAutodiscover)(input, deadline, mailbox, clientFor);
    if (discovery.ok && discovery.connector.discoveryEndpoint !== undefined) {
      const { connector, url } = discovery;
      input.discovered.set({ discoveryEndpoint: connector.discoveryEndpoint ?? '', domain: smtpDomainOf(discovery.mailbox.address) }, url);
    }
    return discovery;
  };
  const located: Located = { endpoints: [], failed: [] };
  await Promise.all(
    [...domains].map(async ([domain, mailboxes]) => {
      const known = input.discovered.get({ discoveryEndpoint, domain });
      const discoveries = known === undefined ? await discoverDomain({ input, discoveryEndpoint, deadline, ask }, domain, mailboxes) : mailboxes.map(foundAt(input, known));
      for (const discovery of discoveries) {
        if (!discovery.ok) located.failed.push(discovery);
        else addTo(located.endpoints, discovery, known === undefined ? 'Discovered' : 'Remembered');
      }
    }),
  );
  return located;
}

/** Drops what was known of the mailboxes' domains, since the endpoint that it led to does not do. */
export function forgetEndpoint(input: RemoteLookupInput, { url, connector, mailboxes }: LocatedEndpoint): void {
  const { discoveryEndpoint } = connector;
  if (discoveryEndpoint === undefined) return;
  for (const { address } of mailboxes) input.discovered.forget({ discoveryEndpoint, domain: smtpDomainOf(address) }, url);
}

interface DomainQuestion {
  input: RemoteLookupInput;
  discoveryEndpoint: string;
  deadline: Deadline;
  ask: (mailbox: RemoteMailbox) => Promise<Discovery>;
}

async function discoverDomain({ input, discoveryEndpoint, deadline, ask }: DomainQuestion, domain: string, mailboxes: readonly RemoteMailbox[]): Promise<readonly Discovery[]> {
  const [first, ...others] = mailboxes;
  if (first === undefined) return [];
  const own: { discovery?: Discovery } = {};
  const asking = input.discovered.find({ discoveryEndpoint, domain }, async () => {
    const discovery = await ask(first);
    own.discovery = discovery;
    return discovery.ok && smtpDomainOf(discovery.mailbox.address) === domain ? discovery.url : undefined;
  });
  let url: string | undefined;
  try {
    url = await deadline.within(asking);
  } catch (error) {
    const problem = problemOf(error, deadline);
    return mailboxes.map((mailbox) => ({ ok: false, mailbox, failure: autodiscoverFailure(mailbox.address, problem), endpoint: discoveryEndpoint, problem }));
  }
  if (url !== undefined) return [own.discovery ?? foundAt(input, url)(first), ...others.map(foundAt(input, url))];
  const discovery = own.discovery ?? (await ask(first));
  if (discovery.ok || discovery.problem === undefined) return [discovery, ...(await Promise.all(others.map(ask)))];
  const { problem } = discovery;
  return [discovery, ...others.map((mailbox) => ({ ...discovery, mailbox, failure: autodiscoverFailure(mailbox.address, problem) }))];
}

function foundAt({ connector }: RemoteLookupInput, url: string): (mailbox: RemoteMailbox) => Discovery {
  return (mailbox) => ({ ok: true, url, mailbox, connector });
}

function addTo(endpoints: LocatedEndpoint[], { url, connector, mailbox }: Discovery & { ok: true }, source: 'Discovered' | 'Remembered'): void {
  const group = endpoints.find((one) => one.url === url && one.connector === connector && one.source === source);
  if (group === undefined) endpoints.push({ url, connector, source, mailboxes: [mailbox] });
  else group.mailboxes.push(mailbox);
}
