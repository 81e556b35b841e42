import { readFileSync } from 'node:fs';
import type { Dispatcher } from 'undici';
import type { z } from 'zod';
import { createStsAdminClient } from '../../identity/index.ts';
import type { StsAdminClient } from '../../identity/index.ts';
import { labDial } from '../../lab/index.ts';
import type { LabInfo } from '../../lab/index.ts';
import { connectExchange, createRelaySession, createTenantDirectorySession } from '../../management/index.ts';
import type { CmdletSession, ConnectivityEndpoint, ConnectivityMeans } from '../../management/index.ts';
import { createRelayAdminClient } from '../../relay/index.ts';
import type { RelayAdminClient } from '../../relay/index.ts';
import type { LoadedConfiguration } from '../../service/index.ts';
import type { Sessions } from '../../wizard/index.ts';
import type { connectionSettings } from '../configuration/certificates-configuration.ts';

export interface ConnectedSessions {
  sessions: Partial<Sessions>;
  tokenService?: StsAdminClient;
  relayAdmin?: RelayAdminClient;
}

type Settings = z.output<z.ZodObject<typeof connectionSettings>>;

/** The sessions of a file of connections. @throws ConfigurationError `CONFIGURATION_SECRET` */
export function configuredSessions(configuration: Pick<LoadedConfiguration<Settings>, 'settings' | 'secret'>, httpClient: Dispatcher, onWarning: (message: string) => void): ConnectedSessions {
  const { settings } = configuration;
  const session = (key: 'onPremises' | 'cloud'): CmdletSession | undefined => {
    const connection = settings[key];
    if (connection === undefined) return undefined;
    const { url, tenant, anchorMailbox, user, password, token } = connection;
    const authorization = token === undefined ? basic(user ?? '', configuration.secret(`${key}.password`, password ?? {})) : `Bearer ${configuration.secret(`${key}.token`, token)}`;
    return connectExchange({ url, tenant, httpClient, authorization: () => authorization, onWarning, ...(anchorMailbox === undefined ? {} : { anchorMailbox }) });
  };
  const { tokenService: directory, relay } = settings;
  const tokenService = directory === undefined ? undefined : createStsAdminClient({ url: directory.url, httpClient, key: configuration.secret('tokenService.key', directory.key) });
  const relayAdmin = relay === undefined ? undefined : createRelayAdminClient({ url: relay.url, httpClient, key: configuration.secret('relay.key', relay.key) });
  const [onPremises, cloud] = [session('onPremises'), session('cloud')];
  return {
    sessions: {
      ...(onPremises === undefined ? {} : { OnPremises: onPremises }),
      ...(cloud === undefined ? {} : { Cloud: cloud }),
      ...(tokenService === undefined ? {} : { Tenant: createTenantDirectorySession(tokenService, directory?.tenant ?? '', { onWarning }) }),
      ...(relayAdmin === undefined ? {} : { Relay: createRelaySession(relayAdmin, { onWarning, ...(relay?.tenant === undefined ? {} : { tenantId: relay.tenant }) }) }),
    },
    ...(tokenService === undefined ? {} : { tokenService }),
    ...(relayAdmin === undefined ? {} : { relayAdmin }),
  };
}

/** The sessions of a running lab, as its administrators have them. */
export function labSessions(info: LabInfo, httpClient: Dispatcher, onWarning: (message: string) => void, say: (text: string) => void = () => undefined): Required<ConnectedSessions> & { sessions: Sessions } {
  const { onPremises, cloud, sts, relay } = info.parties;
  const dial = labDial(info);
  const endpointOf = (url: string | undefined): ConnectivityEndpoint => ({ host: new URL(url ?? '').hostname, port: Number(new URL(url ?? '').port) || 443 });
  const connectivity: ConnectivityMeans = {
    required: [endpointOf(sts.namedUrls['token']), endpointOf(relay.namedUrls['endpoint'])],
    office365: [endpointOf(cloud.namedUrls['ews']), endpointOf(cloud.namedUrls['autodiscover'])],
    connect: async ({ host, port }) => void (await dial(host, port)).destroy(),
    say,
  };
  const keyOf = (party: { adminKeyFile?: string | undefined }): string => readFileSync(party.adminKeyFile ?? '', 'utf8').trim();
  const session = (side: 'on-premises' | 'cloud', url: string): CmdletSession => {
    const administrator = info.accounts.find((account) => account.kind === 'administrator' && account.side === side);
    return connectExchange({ url: new URL(url).origin, httpClient, authorization: () => basic(administrator?.userName ?? '', administrator?.password ?? ''), tenant: info.tenant.id, onWarning });
  };
  const tokenService = createStsAdminClient({ url: new URL(sts.urls['admin'] ?? '').origin, httpClient, key: keyOf(sts) });
  const relayAdmin = createRelayAdminClient({ url: relay.urls['admin'] ?? '', httpClient, key: keyOf(relay) });
  return {
    sessions: {
      OnPremises: session('on-premises', onPremises.urls['admin'] ?? ''),
      Cloud: session('cloud', cloud.urls['admin'] ?? ''),
      Tenant: createTenantDirectorySession(tokenService, info.tenant.id, { onWarning }),
      Relay: createRelaySession(relayAdmin, { tenantId: info.tenant.id, onWarning, connectivity }),
    },
    tokenService,
    relayAdmin,
  };
}

function basic(user: string, password: string): string {
  return `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}`;
}
