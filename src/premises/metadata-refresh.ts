import type { Dispatcher } from 'undici';
import type { Clock, Log } from '../foundation/index.ts';
import { errorCode, errorText } from '../foundation/index.ts';
import { fetchAuthMetadata } from '../identity/index.ts';
import type { Organization, Stored } from '../organization/index.ts';

export interface MetadataRefreshOptions {
  organization: Organization;
  httpClient: Dispatcher;
  clock: Clock;
  log: Log;
  /** A token with an unknown key makes the metadata of its issuer be read at most once in this time. Default 30,000 ms. */
  cooldownMs?: number;
}

export interface MetadataRefresh {
  /** Reads the metadata of every enabled authorization server. What cannot be read stays as it was, and is logged. */
  all(): Promise<void>;
  /** Reads that of one, after a token named a key that is not known. True when its keys have changed. */
  afterUnknownKey(authServer: string): Promise<boolean>;
}

/** Brings the keys of authorization servers up to date. The AuthServer object changes as by `Set-AuthServer -RefreshAuthMetadata`. */
export function createMetadataRefresh(options: MetadataRefreshOptions): MetadataRefresh {
  const { organization, httpClient, clock, log, cooldownMs = 30_000 } = options;
  const { configuration } = organization;
  const lastTried = new Map<string, number>();
  const underWay = new Map<string, Promise<boolean>>();

  const read = async (server: Stored<'AuthServer'>): Promise<boolean> => {
    const { AuthMetadataUrl: url, CertificateStrings: former } = server.properties;
    if (url === null) return false;
    try {
      const { certificates } = await fetchAuthMetadata(url, httpClient);
      if (certificates.length === former.length && certificates.every((certificate) => former.includes(certificate))) return false;
      await configuration.update('AuthServer', server.guid, { CertificateStrings: [...certificates] });
      log.info({ authServer: server.name, keys: certificates.length }, 'the keys of an authorization server have changed');
      return true;
    } catch (error) {
      log.warn({ authServer: server.name, url, code: errorCode(error) }, `metadata was not refreshed: ${errorText(error)}`);
      return false;
    }
  };
  const shared = (server: Stored<'AuthServer'>): Promise<boolean> => {
    const running = underWay.get(server.guid) ?? read(server).finally(() => underWay.delete(server.guid));
    underWay.set(server.guid, running);
    return running;
  };
  return {
    async all() {
      const servers = (await configuration.list('AuthServer')).filter(({ properties }) => properties.Enabled);
      await Promise.all(servers.map(shared));
    },
    async afterUnknownKey(authServer) {
      const server = await configuration.get('AuthServer', authServer);
      if (server === undefined) return false;
      const running = underWay.get(server.guid);
      if (running !== undefined) return running;
      const tried = lastTried.get(server.guid);
      if (tried !== undefined && clock.now() < tried + cooldownMs) return false;
      lastTried.set(server.guid, clock.now());
      return shared(server);
    },
  };
}
