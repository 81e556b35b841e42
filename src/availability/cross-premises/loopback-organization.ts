import { once } from 'node:events';
import { createServer } from 'node:https';
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import { createAutodiscoverService, createEwsService } from '../../ews/index.ts';
import type { LookUpFreeBusy, RequestContext, Requester, ServerVersion } from '../../ews/index.ts';
import { createHttpClient, listen, readBody, requestIdOf, requestPath, systemClock, systemDial } from '../../foundation/index.ts';
import type { Dial, Listener } from '../../foundation/index.ts';
import { createCertificateAuthority, issueServerCertificate } from '../../identity/index.ts';
import type { CertificateAuthority } from '../../identity/index.ts';
import { openOrganization } from '../../organization/index.ts';
import type { NewRecipient, Organization, Recipient } from '../../organization/index.ts';
import type { AvailabilityEngineOptions } from '../availability-engine.ts';
import { createAvailabilityEngine } from '../availability-engine.ts';

// For this room's tests only: an organisation that answers EWS and SOAP Autodiscover on a loopback port with real TLS.

const serverVersion: ServerVersion = { majorVersion: 15, minorVersion: 2, majorBuildNumber: 1748, minorBuildNumber: 10, version: 'V2017_07_11' };

/** What loopback organisations share. */
export interface LoopbackNetwork {
  /** Which loopback port stands for a host name, 0 for one that never answers; a name that is not there cannot be resolved. */
  names: Map<string, number>;
  authority: CertificateAuthority;
}

export async function createLoopbackNetwork(): Promise<LoopbackNetwork> {
  return { names: new Map(), authority: await createCertificateAuthority({ commonName: 'Loopback CA', clock: systemClock }) };
}

export interface SeenRequest {
  host: string;
  path: string;
  userAgent: string;
  requestId: string;
  authorization: string;
  text: string;
}

/** Answers instead of the organisation; gives false to leave a request to it. */
export type Interruption = (request: IncomingMessage, response: ServerResponse) => boolean | Promise<boolean>;

export interface LoopbackOrganization {
  organization: Organization;
  lookUpFreeBusy: LookUpFreeBusy;
  /** Requests that arrived, oldest first. */
  seen: SeenRequest[];
  interruption: Interruption | undefined;
  add(recipient: Partial<NewRecipient> & { primarySmtpAddress: string }): Promise<Recipient>;
  requester(address: string): Promise<Requester>;
  close(): Promise<void>;
}

/** An `Authorization` value that our loopback servers take: who asks, in plain words; anything may follow after a semicolon. Tokens are tested where they are made. */
export const bearerOf = (requester: Requester): string => `Bearer ${requester.recipient.externalEmailAddress ?? requester.recipient.primarySmtpAddress}`;

export const contextOf = (requestId: string, signal: AbortSignal = new AbortController().signal): RequestContext => ({ requestId, signal });

function loopbackDial({ names }: LoopbackNetwork): Dial {
  return (host, port, signal) => {
    const mapped = names.get(host);
    if (mapped === undefined) return Promise.reject(Object.assign(new Error(`getaddrinfo ENOTFOUND ${host}`), { code: 'ENOTFOUND' }));
    if (mapped === 0) return Promise.reject(Object.assign(new Error(`connect ETIMEDOUT ${host}`), { code: 'ETIMEDOUT' }));
    return systemDial('127.0.0.1', port === 443 ? mapped : port, signal);
  };
}

/** Starts an organisation whose servers answer under `hosts`; its engine reaches the others of the network. */
export async function startLoopbackOrganization(
  network: LoopbackNetwork,
  hosts: readonly string[],
  changes: Partial<AvailabilityEngineOptions> = {},
): Promise<LoopbackOrganization> {
  const organization = await openOrganization({ file: ':memory:' });
  const httpClient = createHttpClient({ dial: loopbackDial(network), ca: network.authority.certificate });
  const lookUpFreeBusy = createAvailabilityEngine({
    organization,
    httpClient,
    getAuthorization: (_url, requester) => Promise.resolve(bearerOf(requester)),
    serverName: hosts[0] ?? '',
    serverVersion,
    ...changes,
  });
  const ews = createEwsService({ lookUpFreeBusy, serverVersion });
  const autodiscover = createAutodiscoverService({
    resolveRecipient: (address) => organization.directory.resolve(address),
    urls: () => ({ externalEwsUrl: `https://${hosts[0] ?? ''}/EWS/Exchange.asmx` }),
    federationInformation: () => 'NotFederated',
    serverVersion,
  });
  const handle = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const body = await readBody(request, 1 << 20);
    const { host = '', authorization = '', 'user-agent': userAgent = '' } = request.headers;
    const requestId = requestIdOf(request.headers);
    self.seen.push({ host, path: requestPath(request), userAgent, requestId, authorization, text: body.toString('utf8') });
    if ((await self.interruption?.(request, response)) === true) return;
    const asking = await organization.directory.resolve(authorization.replace(/^Bearer ([^;]*).*$/, '$1'));
    if (asking === undefined) return void response.writeHead(401, { 'www-authenticate': 'Bearer' }).end();
    const asked = {
      body,
      contentType: request.headers['content-type'] ?? '',
      requester: { recipient: asking, origin: 'partner' as const },
      context: contextOf(requestId),
    };
    const answer = requestPath(request).toLowerCase().startsWith('/autodiscover') ? await autodiscover.handle(asked) : await ews.handle(asked);
    response.writeHead(answer.status, { ...answer.headers, via: `1.1 ${hosts[0] ?? ''}` }).end(answer.body);
  };
  const { certificate, privateKey } = await issueServerCertificate(network.authority, { hosts, days: 1, clock: systemClock });
  const server: Server = createServer({ cert: certificate, key: privateKey }, (request, response) => {
    handle(request, response).catch(() => response.destroy());
  });
  const listener: Listener = await listen(server);
  for (const host of hosts) network.names.set(host, listener.port);
  const self: LoopbackOrganization = {
    organization,
    lookUpFreeBusy,
    seen: [],
    interruption: undefined,
    add: (recipient) =>
      organization.directory.create({
        recipientTypeDetails: 'UserMailbox',
        displayName: recipient.primarySmtpAddress,
        ...(recipient.recipientTypeDetails === 'MailContact' ? {} : { userPrincipalName: recipient.primarySmtpAddress }),
        ...recipient,
      }),
    async requester(address) {
      const recipient = await organization.directory.resolve(address);
      if (recipient === undefined) throw new Error(`nobody has ${address}`);
      return { recipient, origin: 'local' };
    },
    async close() {
      await httpClient.destroy();
      await listener.close();
      await organization.close();
    },
  };
  return self;
}

/** Resolves when the server has got a request, whatever comes of it. */
export async function nextRequest(organization: LoopbackOrganization): Promise<{ request: IncomingMessage; response: ServerResponse }> {
  return new Promise((resolve) => {
    organization.interruption = (request, response) => {
      resolve({ request, response });
      return true;
    };
  });
}

/** Resolves when the client has gone. */
export async function clientGone(response: ServerResponse): Promise<void> {
  if (!response.destroyed) await once(response, 'close');
}
