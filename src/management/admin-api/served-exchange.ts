import { createServer } from 'node:http';
import type { IncomingMessage } from 'node:http';
import { Agent } from 'undici';
import type { Clock } from '../../foundation/index.ts';
import { createRouter, listen, requestPath, sendJson, systemClock } from '../../foundation/index.ts';
import type { FederationMeans } from '../cmdlets/federation/federation-means.ts';
import type { AuthMetadata } from '../../identity/index.ts';
import type { Organization } from '../../organization/index.ts';
import { openOrganization } from '../../organization/index.ts';
import type { WebServer } from '../cmdlets/oauth/web-server.ts';
import type { CmdletSession } from '../sessions/cmdlet-session.ts';
import { connectExchange } from '../sessions/connect-exchange.ts';
import type { AdminAuthentication } from './create-admin-api.ts';
import { createAdminApi } from './create-admin-api.ts';

export interface ServedExchange {
  organization: Organization;
  url: string;
  /** Warnings that any session heard, in order. */
  warnings: string[];
  /** A session as a person of these role groups. */
  sessionAs(name: string, roleGroups?: readonly string[]): Promise<CmdletSession>;
  /** As an administrator of everything. */
  session: CmdletSession;
  close(): Promise<void>;
}

export interface ServedExchangeOptions {
  side?: 'OnPremises' | 'Cloud';
  clock?: Clock;
  fetchAuthMetadata?: (url: string) => Promise<AuthMetadata>;
  webServer?: WebServer;
  /** Default true. */
  passwordHashSync?: boolean;
  /** Hears warnings as they come. */
  onWarning?: (message: string) => void;
}

const unreachable = (): Promise<never> => Promise.reject(new Error('no gateway in this test'));

const noFederation: FederationMeans = { fetchMetadata: unreachable, manager: () => { throw new Error('no gateway in this test'); }, requestToken: unreachable, remoteRelationships: unreachable, validateOwnToken: unreachable, federationInformation: unreachable };

const password = 'Pa$$w0rd';

/** An organisation in memory behind its admin API on a loopback listener: what the tests of this room call. */
export async function serveExchange(options: ServedExchangeOptions = {}): Promise<ServedExchange> {
  const clock = options.clock ?? systemClock;
  const organization = await openOrganization({ file: ':memory:', clock, passwordCost: { cost: 16, blockSize: 8, parallelization: 1 } });
  const authenticate = async (request: IncomingMessage): Promise<AdminAuthentication> => {
    const [, credentials = ''] = /^Basic (.+)$/.exec(request.headers.authorization ?? '') ?? [];
    const [userName = '', secret = ''] = Buffer.from(credentials, 'base64').toString().split(':');
    const recipient = await organization.directory.checkPassword(userName, secret);
    if (recipient === undefined) return { challenges: ['Basic realm="test"', 'Negotiate'] };
    return { caller: { name: userName, guid: recipient.guid, roleGroups: await organization.directory.roleGroups(recipient.guid) } };
  };
  const router = createRouter(
    createAdminApi({
      organization,
      side: options.side ?? 'OnPremises',
      authenticate,
      isTenant: (tenant) => tenant === 'contoso.test',
      federation: noFederation,
      passwordHashSync: options.passwordHashSync ?? true,
      fetchAuthMetadata: options.fetchAuthMetadata ?? (() => Promise.reject(new Error('no metadata in this test'))),
      webServer: options.webServer ?? { restart: () => undefined, testOAuth: () => Promise.reject(new Error('no web server in this test')), testMoveProxy: () => Promise.reject(new Error('no web server in this test')) },
      serverName: 'mail.contoso.test',
      clock,
    }),
  );
  const server = createServer((request, response) => {
    const match = router(request.method ?? '', requestPath(request));
    if (typeof match === 'string') return sendJson(response, 404, {});
    void match.handle(request, response, match.parameters);
  });
  const listener = await listen(server);
  const httpClient = new Agent();
  const url = `http://127.0.0.1:${listener.port}`;
  const warnings: string[] = [];
  const sessionAs = async (name: string, roleGroups: readonly string[] = []): Promise<CmdletSession> => {
    const userName = `${name}@contoso.test`;
    const person = await organization.directory.create({ recipientTypeDetails: 'UserMailbox', displayName: name, userPrincipalName: userName, primarySmtpAddress: userName });
    await organization.directory.setPassword(person.guid, password);
    await organization.directory.setRoleGroups(person.guid, roleGroups);
    const authorization = `Basic ${Buffer.from(`${userName}:${password}`).toString('base64')}`;
    return connectExchange({ url, httpClient, authorization: () => authorization, tenant: 'contoso.test', onWarning: (message) => { warnings.push(message); options.onWarning?.(message); } });
  };
  return {
    organization,
    url,
    warnings,
    sessionAs,
    session: await sessionAs('administrator', ['Organization Management']),
    async close() {
      await httpClient.close();
      await listener.close();
      await organization.close();
    },
  };
}
