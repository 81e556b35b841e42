import type { Dispatcher } from 'undici';
import type { Clock, HttpRoute, Log } from '../foundation/index.ts';
import { fetchAuthMetadata } from '../identity/index.ts';
import { createAdminApi } from '../management/index.ts';
import type { WebServer } from '../management/index.ts';
import type { Organization } from '../organization/index.ts';
import type { Authentication } from './authentication.ts';
import type { Federation } from './federation.ts';
import { federationMeans } from './federation-means.ts';

export interface AdminRoutesOptions {
  organization: Organization;
  side: 'OnPremises' | 'Cloud';
  tenantId: string;
  serverName: string;
  webServer: WebServer;
  httpClient: Dispatcher;
  authentication: Authentication;
  federation: Federation;
  passwordHashSync?: boolean | undefined;
  clock: Clock;
  log: Log;
}

/** The admin API of this organisation: Basic sign-in, and what the caller may run follows from the role groups. */
export function createAdminRoutes(options: AdminRoutesOptions): HttpRoute[] {
  const { organization, authentication } = options;
  return createAdminApi({
    organization,
    side: options.side,
    serverName: options.serverName,
    webServer: options.webServer,
    clock: options.clock,
    log: options.log,
    isTenant: (tenant) => tenant.toLowerCase() === options.tenantId.toLowerCase(),
    federation: federationMeans(options),
    passwordHashSync: options.passwordHashSync === true,
    fetchAuthMetadata: (url) => fetchAuthMetadata(url, options.httpClient),
    async authenticate(request) {
      const recipient = await authentication.basic(request);
      if (recipient === undefined) return { challenges: ['Basic realm="Hybridge admin API"'] };
      return { caller: { name: recipient.userPrincipalName ?? recipient.primarySmtpAddress, guid: recipient.guid, roleGroups: await organization.directory.roleGroups(recipient.guid) } };
    },
  });
}
