import { readFileSync } from 'node:fs';
import type { Dispatcher } from 'undici';
import type { z } from 'zod';
import { systemDial } from '../../foundation/index.ts';
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
  /** By which user and password each side is called; a change counts for the calls after it. Absent: by a token. */
  logins: Partial<Record<'OnPremises' | 'Cloud', Login>>;
}

export interface Login {
  userName: string;
  password: string;
}

type Settings = z.output<z.ZodObject<typeof connectionSettings>>;

/** The sessions of a file of connections. @throws ConfigurationError `CONFIGURATION_SECRET` */
export function configuredSessions(configuration: Pick<LoadedConfiguration<Settings>, 'settings' | 'secret'>, httpClient: Dispatcher, onWarning: (message: string) => void, say: (text: string) => void = () => undefined): ConnectedSessions {
  const { settings } = configuration;
  const logins: ConnectedSessions['logins'] = {};
  const session = (key: 'onPremises' | 'cloud', side: 'OnPremises' | 'Cloud'): CmdletSession | undefined => {
    const connection = settings[key];
    if (connection === undefined) return undefined;
    const { url, tenant, anchorMailbox, user, password, token } = connection;
    const bearer = token === undefined ? undefined : `Bearer ${configuration.secret(`${key}.token`, token)}`;
    const login = { userName: user ?? '', password: password === undefined ? '' : configuration.secret(`${key}.password`, password) };
    if (bearer === undefined) logins[side] = login;
    return connectExchange({ url, tenant, httpClient, authorization: () => bearer ?? basic(login), onWarning, ...(anchorMailbox === undefined ? {} : { anchorMailbox }) });
  };
  const { tokenService: directory, relay } = settings;
  const tokenService = directory === undefined ? undefined : createStsAdminClient({ url: directory.url, httpClient, key: configuration.secret('tokenService.key', directory.key) });
  const relayAdmin = relay === undefined ? undefined : createRelayAdminClient({ url: relay.url, httpClient, key: configuration.secret('relay.key', relay.key) });
  const connectivity = (admin: RelayAdminClient): ConnectivityMeans => ({
    required: () => relayEndpoints(admin, relay?.tenant, relay?.url ?? ''),
    office365: settings.cloud === undefined ? [] : [endpointOf(settings.cloud.url)],
    connect: async ({ host, port }) => void (await systemDial(host, port, AbortSignal.timeout(connectTimeoutMs))).destroy(),
    say,
  });
  const [onPremises, cloud] = [session('onPremises', 'OnPremises'), session('cloud', 'Cloud')];
  return {
    sessions: {
      ...(onPremises === undefined ? {} : { OnPremises: onPremises }),
      ...(cloud === undefined ? {} : { Cloud: cloud }),
      ...(tokenService === undefined ? {} : { Tenant: createTenantDirectorySession(tokenService, directory?.tenant ?? '', { onWarning }) }),
      ...(relayAdmin === undefined ? {} : { Relay: createRelaySession(relayAdmin, { onWarning, connectivity: connectivity(relayAdmin), ...(relay?.tenant === undefined ? {} : { tenantId: relay.tenant }) }) }),
    },
    logins,
    ...(tokenService === undefined ? {} : { tokenService }),
    ...(relayAdmin === undefined ? {} : { relayAdmin }),
  };
}

const connectTimeoutMs = 10_000;

function endpointOf(url: string | undefined): ConnectivityEndpoint {
  const { hostname, port } = new URL(url ?? '');
  return { host: hostname.replace(/^\[|\]$/g, ''), port: Number(port) || 443 };
}

/** Where agents dial: endpoints are one label below it. Without an application, the address of the admin API is all that is known. */
async function relayEndpoints(admin: RelayAdminClient, tenantId: string | undefined, adminUrl: string): Promise<ConnectivityEndpoint[]> {
  const relays = (await admin.listApplications(tenantId)).map(({ externalUrl }) => externalUrl.replace(/\/\/[^.]+\./, '//'));
  return [...new Set(relays.length === 0 ? [adminUrl] : relays)].map(endpointOf);
}

/** The sessions of a running lab, as its administrators have them. */
export function labSessions(info: LabInfo, httpClient: Dispatcher, onWarning: (message: string) => void, say: (text: string) => void = () => undefined): Required<ConnectedSessions> & { sessions: Sessions } {
  const { onPremises, cloud, sts, relay } = info.parties;
  const dial = labDial(info);
  const connectivity: ConnectivityMeans = {
    required: () => Promise.resolve([endpointOf(sts.namedUrls['token']), endpointOf(relay.namedUrls['endpoint'])]),
    office365: [endpointOf(cloud.namedUrls['ews']), endpointOf(cloud.namedUrls['autodiscover'])],
    connect: async ({ host, port }) => void (await dial(host, port)).destroy(),
    say,
  };
  const keyOf = (party: { adminKeyFile?: string | undefined }): string => readFileSync(party.adminKeyFile ?? '', 'utf8').trim();
  const logins = { OnPremises: loginOf(info, 'on-premises'), Cloud: loginOf(info, 'cloud') };
  const session = (side: keyof typeof logins, url: string): CmdletSession => {
    return connectExchange({ url: new URL(url).origin, httpClient, authorization: () => basic(logins[side]), tenant: info.tenant.id, onWarning });
  };
  const tokenService = createStsAdminClient({ url: new URL(sts.namedUrls['admin'] ?? '').origin, httpClient, key: keyOf(sts) });
  const relayAdmin = createRelayAdminClient({ url: relay.urls['admin'] ?? '', httpClient, key: keyOf(relay) });
  return {
    sessions: {
      OnPremises: session('OnPremises', onPremises.urls['admin'] ?? ''),
      Cloud: session('Cloud', cloud.urls['admin'] ?? ''),
      Tenant: createTenantDirectorySession(tokenService, info.tenant.id, { onWarning }),
      Relay: createRelaySession(relayAdmin, { tenantId: info.tenant.id, onWarning, connectivity }),
    },
    tokenService,
    relayAdmin,
    logins,
  };
}

function loginOf(info: LabInfo, side: 'on-premises' | 'cloud'): Login {
  const administrator = info.accounts.find((account) => account.kind === 'administrator' && account.side === side);
  return { userName: administrator?.userName ?? '', password: administrator?.password ?? '' };
}

function basic({ userName, password }: Login): string {
  return `Basic ${Buffer.from(`${userName}:${password}`).toString('base64')}`;
}
