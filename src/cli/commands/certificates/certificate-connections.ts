import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { getCACertificates } from 'node:tls';
import { readAgentIdentity } from '../../../agent/index.ts';
import { createHttpClient, HybridgeError, systemClock, systemDial } from '../../../foundation/index.ts';
import type { Dial } from '../../../foundation/index.ts';
import type { StsAdminClient } from '../../../identity/index.ts';
import { fetchAuthMetadata, fetchFederationMetadata, readServedCertificate } from '../../../identity/index.ts';
import { labDial, readLabInfo } from '../../../lab/index.ts';
import type { LabInfo } from '../../../lab/index.ts';
import { createDirectorySyncSession } from '../../../management/index.ts';
import type { CmdletSession } from '../../../management/index.ts';
import { loadConfiguration } from '../../../service/index.ts';
import type { CertificateSources, TlsEndpoint } from '../../../wizard/index.ts';
import { certificatesConfigurationSchema } from '../../configuration/certificates-configuration.ts';
import { directorySyncFile } from '../../shell/directory-sync-file.ts';
import type { CommandSurroundings } from '../../surroundings.ts';
import { configuredSessions, labSessions } from '../connected-sessions.ts';

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
  /** Directory synchronisation, where both organisations and the token service are connected. */
  directorySync: CmdletSession | undefined;
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
  const say = (text: string): void => void surroundings.stdout.write(`${text}\n`);
  if (config !== undefined) return connectConfigured(config, place, extra, surroundings, onWarning, say);
  if (place.state === undefined && place.tls.length > 0) {
    const means: Means = { dial: systemDial, ca: [...getCACertificates('default'), ...extra], onWarning };
    return connections(means, () => ({ sessions: {}, tls: given(place.tls) }));
  }
  return connectLab(readLabInfo(resolve(place.state ?? '.hybridge/lab')), place, extra, onWarning, say);
}

type Connected = Pick<CertificateSources, 'sessions' | 'tls'> & Partial<CertificateSources> & { synchronization?: { directory: StsAdminClient; tenantId: string; file: string } };

function connections(means: Means, connect: (httpClient: ReturnType<typeof createHttpClient>) => Connected): CertificateConnections {
  const httpClient = createHttpClient({ dial: means.dial, ca: means.ca });
  const { synchronization, ...connected } = connect(httpClient);
  const sources: CertificateSources = {
    fetchAuthMetadata: (url) => fetchAuthMetadata(url, httpClient),
    fetchFederationMetadata: (url) => fetchFederationMetadata(url, httpClient),
    readServedCertificate: (host, port) => readServedCertificate({ dial: means.dial, host, port, ca: means.ca }),
    clock: systemClock,
    ...connected,
  };
  const { OnPremises: onPremises, Cloud: cloud } = sources.sessions;
  const directorySync =
    synchronization === undefined || onPremises === undefined || cloud === undefined
      ? undefined
      : createDirectorySyncSession({ onPremises, cloud, directory: synchronization.directory, tenantId: synchronization.tenantId, state: directorySyncFile(synchronization.file), clock: systemClock }, { onWarning: means.onWarning });
  return { sources, directorySync, close: () => httpClient.close() };
}

function connectLab(info: LabInfo, place: CertificatePlace, extra: readonly string[], onWarning: Means['onWarning'], say: (text: string) => void): CertificateConnections {
  const { onPremises, cloud, sts, relay, agent } = info.parties;
  const means: Means = { dial: labDial(info), ca: [readFileSync(info.caFile, 'utf8'), ...extra], onWarning };
  return connections(means, (httpClient) => {
    const { sessions, tokenService, relayAdmin } = labSessions(info, httpClient, onWarning, say);
    const renewal = 'by the lab, a week before the end, when it starts';
    const endpoint = (title: string, url: string | undefined): TlsEndpoint => ({ title, host: new URL(url ?? '').hostname, port: Number(new URL(url ?? '').port) || 443, renewal });
    return {
      sessions,
      cloudMetadataUrl: new URL('/autodiscover/metadata/json/1', cloud.namedUrls['autodiscover']).href,
      tokenService,
      synchronization: { directory: tokenService, tenantId: info.tenant.id, file: join(info.stateDirectory, 'directory-sync.json') },
      relayAuthorities: () => relayAdmin.listAuthorities(),
      agents: [() => readAgentIdentity(join(info.stateDirectory, 'agent'))],
      tls: [endpoint('on premises', onPremises.namedUrls['ews']), endpoint('cloud', cloud.namedUrls['ews']), endpoint('token service', sts.namedUrls['authority']), endpoint('relay', relay.namedUrls['endpoint']), endpoint('agent', agent.urls['ready']), ...given(place.tls)],
    };
  });
}

function connectConfigured(file: string, place: CertificatePlace, extra: readonly string[], { env }: CommandSurroundings, onWarning: Means['onWarning'], say: (text: string) => void): CertificateConnections {
  const configuration = loadConfiguration({ file: resolve(file), schema: certificatesConfigurationSchema, prefix: 'HYBRIDGE_CERTIFICATES', environment: env, otherVariables: ['HYBRIDGE_CERTIFICATES_CONFIG'] });
  const { settings } = configuration;
  const ca = [...getCACertificates('default'), ...extra, ...(settings.ca === undefined ? [] : [configuration.text('ca', settings.ca)])];
  return connections({ dial: systemDial, ca, onWarning }, (httpClient) => {
    const { sessions, tokenService, relayAdmin } = configuredSessions(configuration, httpClient, onWarning, say);
    const { cloudMetadataUrl } = settings;
    return {
      sessions,
      ...(cloudMetadataUrl === undefined ? {} : { cloudMetadataUrl }),
      ...(tokenService === undefined ? {} : { tokenService, synchronization: { directory: tokenService, tenantId: settings.tokenService?.tenant ?? '', file: configuration.path('directory-sync.json') } }),
      ...(relayAdmin === undefined ? {} : { relayAuthorities: () => relayAdmin.listAuthorities() }),
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

function placeError(message: string, remedy: string, cause?: unknown): HybridgeError<CertificatesErrorCode> {
  return new HybridgeError('CLI_CERTIFICATES_PLACE', message, { remedy, ...(cause === undefined ? {} : { cause }) });
}
