import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { getCACertificates } from 'node:tls';
import { readAgentIdentity } from '../../../agent/index.ts';
import { createHttpClient, HybridgeError, systemClock, systemDial } from '../../../foundation/index.ts';
import type { Dial } from '../../../foundation/index.ts';
import { createStsAdminClient, fetchAuthMetadata, fetchFederationMetadata, readServedCertificate } from '../../../identity/index.ts';
import { labDial, readLabInfo } from '../../../lab/index.ts';
import type { LabInfo } from '../../../lab/index.ts';
import { connectExchange, createRelaySession, createTenantDirectorySession } from '../../../management/index.ts';
import type { CmdletSession } from '../../../management/index.ts';
import { createRelayAdminClient } from '../../../relay/index.ts';
import { loadConfiguration } from '../../../service/index.ts';
import type { CertificateSources, TlsEndpoint } from '../../../wizard/index.ts';
import { certificatesConfigurationSchema } from '../../configuration/certificates-configuration.ts';
import type { CommandSurroundings } from '../../surroundings.ts';

export type CertificatesErrorCode = 'CLI_CERTIFICATES_PLACE' | 'CLI_CERTIFICATES_OPTION';

/** Where to look: a running lab, a file of connections, or nothing but TLS servers. */
export interface CertificatePlace {
  state?: string;
  config?: string;
  ca?: string;
  /** `host[:port]`, added to what the place knows. */
  tls: readonly string[];
}

export interface CertificateConnections {
  sources: CertificateSources;
  close(): Promise<void>;
}

interface Means {
  dial: Dial;
  /** PEM, all that is trusted. */
  ca: readonly string[];
  onWarning: (message: string) => void;
}

/** @throws HybridgeError `CLI_CERTIFICATES_PLACE`; ConfigurationError; LabError `LAB_NOT_RUNNING` */
export function connectCertificates(place: CertificatePlace, surroundings: CommandSurroundings, onWarning: (message: string) => void = () => undefined): CertificateConnections {
  const config = place.config ?? surroundings.env['HYBRIDGE_CERTIFICATES_CONFIG'];
  if (config !== undefined && place.state !== undefined) throw placeError('Both --config and --state were given.', 'Give one of them.');
  const extra = place.ca === undefined ? [] : [readAuthorities(place.ca)];
  if (config !== undefined) return connectConfigured(config, place, extra, surroundings, onWarning);
  if (place.state === undefined && place.tls.length > 0) {
    const means: Means = { dial: systemDial, ca: [...getCACertificates('default'), ...extra], onWarning };
    return connections(means, () => ({ sessions: {}, tls: given(place.tls) }));
  }
  return connectLab(readLabInfo(resolve(place.state ?? '.hybridge/lab')), place, extra, onWarning);
}

type Connected = Pick<CertificateSources, 'sessions' | 'tls'> & Partial<CertificateSources>;

function connections(means: Means, connect: (httpClient: ReturnType<typeof createHttpClient>) => Connected): CertificateConnections {
  const httpClient = createHttpClient({ dial: means.dial, ca: means.ca });
  const sources: CertificateSources = {
    fetchAuthMetadata: (url) => fetchAuthMetadata(url, httpClient),
    fetchFederationMetadata: (url) => fetchFederationMetadata(url, httpClient),
    readServedCertificate: (host, port) => readServedCertificate({ dial: means.dial, host, port, ca: means.ca }),
    clock: systemClock,
    ...connect(httpClient),
  };
  return { sources, close: () => httpClient.close() };
}

function connectLab(info: LabInfo, place: CertificatePlace, extra: readonly string[], onWarning: Means['onWarning']): CertificateConnections {
  const { onPremises, cloud, sts, relay, agent } = info.parties;
  const means: Means = { dial: labDial(info), ca: [readFileSync(info.caFile, 'utf8'), ...extra], onWarning };
  const keyOf = (party: { adminKeyFile?: string | undefined }): string => readFileSync(party.adminKeyFile ?? '', 'utf8').trim();
  return connections(means, (httpClient) => {
    const session = (side: 'on-premises' | 'cloud', url: string): CmdletSession => {
      const administrator = info.accounts.find((account) => account.kind === 'administrator' && account.side === side);
      return connectExchange({ url: new URL(url).origin, httpClient, authorization: () => basic(administrator?.userName ?? '', administrator?.password ?? ''), tenant: info.tenant.id, onWarning });
    };
    const directory = createStsAdminClient({ url: new URL(sts.urls['admin'] ?? '').origin, httpClient, key: keyOf(sts) });
    const relayAdmin = createRelayAdminClient({ url: relay.urls['admin'] ?? '', httpClient, key: keyOf(relay) });
    const renewal = 'by the lab, a week before the end, when it starts';
    const endpoint = (title: string, url: string | undefined): TlsEndpoint => ({ title, host: new URL(url ?? '').hostname, port: Number(new URL(url ?? '').port) || 443, renewal });
    return {
      sessions: {
        OnPremises: session('on-premises', onPremises.urls['admin'] ?? ''),
        Cloud: session('cloud', cloud.urls['admin'] ?? ''),
        Tenant: createTenantDirectorySession(directory, info.tenant.id, { onWarning }),
        Relay: createRelaySession(relayAdmin, { tenantId: info.tenant.id, onWarning }),
      },
      cloudMetadataUrl: new URL('/autodiscover/metadata/json/1', cloud.namedUrls['autodiscover']).href,
      tokenService: directory,
      relayAuthority: async () => (await relayAdmin.getAuthority()).certificate,
      agents: [() => readAgentIdentity(join(info.stateDirectory, 'agent'))],
      tls: [endpoint('on premises', onPremises.namedUrls['ews']), endpoint('cloud', cloud.namedUrls['ews']), endpoint('token service', sts.namedUrls['authority']), endpoint('relay', relay.namedUrls['endpoint']), endpoint('agent', agent.urls['ready']), ...given(place.tls)],
    };
  });
}

function connectConfigured(file: string, place: CertificatePlace, extra: readonly string[], { env }: CommandSurroundings, onWarning: Means['onWarning']): CertificateConnections {
  const configuration = loadConfiguration({ file: resolve(file), schema: certificatesConfigurationSchema, prefix: 'HYBRIDGE_CERTIFICATES', environment: env, otherVariables: ['HYBRIDGE_CERTIFICATES_CONFIG'] });
  const { settings } = configuration;
  const ca = [...getCACertificates('default'), ...extra, ...(settings.ca === undefined ? [] : [configuration.text('ca', settings.ca)])];
  return connections({ dial: systemDial, ca, onWarning }, (httpClient) => {
    const session = (key: 'onPremises' | 'cloud'): CmdletSession | undefined => {
      const connection = settings[key];
      if (connection === undefined) return undefined;
      const { url, tenant, anchorMailbox, user, password, token } = connection;
      const authorization = token === undefined ? basic(user ?? '', configuration.secret(`${key}.password`, password ?? {})) : `Bearer ${configuration.secret(`${key}.token`, token)}`;
      return connectExchange({ url, tenant, httpClient, authorization: () => authorization, onWarning, ...(anchorMailbox === undefined ? {} : { anchorMailbox }) });
    };
    const { tokenService, relay, cloudMetadataUrl } = settings;
    const directory = tokenService === undefined ? undefined : createStsAdminClient({ url: tokenService.url, httpClient, key: configuration.secret('tokenService.key', tokenService.key) });
    const relayAdmin = relay === undefined ? undefined : createRelayAdminClient({ url: relay.url, httpClient, key: configuration.secret('relay.key', relay.key) });
    const [onPremises, cloud] = [session('onPremises'), session('cloud')];
    return {
      sessions: {
        ...(onPremises === undefined ? {} : { OnPremises: onPremises }),
        ...(cloud === undefined ? {} : { Cloud: cloud }),
        ...(directory === undefined ? {} : { Tenant: createTenantDirectorySession(directory, tokenService?.tenant ?? '', { onWarning }) }),
        ...(relayAdmin === undefined ? {} : { Relay: createRelaySession(relayAdmin, { onWarning, ...(relay?.tenant === undefined ? {} : { tenantId: relay.tenant }) }) }),
      },
      ...(cloudMetadataUrl === undefined ? {} : { cloudMetadataUrl }),
      ...(directory === undefined ? {} : { tokenService: directory }),
      ...(relayAdmin === undefined ? {} : { relayAuthority: async () => (await relayAdmin.getAuthority()).certificate }),
      agents: settings.agents.map((folder) => () => readAgentIdentity(configuration.path(folder))),
      tls: given([...settings.tls, ...place.tls]),
    };
  });
}

/** @throws HybridgeError `CLI_CERTIFICATES_PLACE` */
function given(addresses: readonly string[]): TlsEndpoint[] {
  return [...new Set(addresses)].map((address) => {
    const url = /^[^/?#@\s]+$/.test(address) ? URL.parse(`https://${address}`) : null;
    if (url === null || url.hostname === '') throw placeError(`"${address}" is not host:port.`, 'Write for example mail.contoso.com:443, or [2001:db8::1]:443.');
    return { title: address, host: url.hostname.replace(/^\[|\]$/g, ''), port: Number(url.port) || 443, renewal: 'by whoever runs the server' };
  });
}

function readAuthorities(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    throw placeError(`The file ${file} cannot be read.`, 'Check the path given with --ca.', error);
  }
}

function basic(user: string, password: string): string {
  return `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}`;
}

function placeError(message: string, remedy: string, cause?: unknown): HybridgeError<CertificatesErrorCode> {
  return new HybridgeError('CLI_CERTIFICATES_PLACE', message, { remedy, ...(cause === undefined ? {} : { cause }) });
}
