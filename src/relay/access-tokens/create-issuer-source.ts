import { errorCode } from '../../foundation/index.ts';
import type { Clock, Log } from '../../foundation/index.ts';
import type { AuthMetadata } from '../../identity/index.ts';

export interface IssuerSourceOptions {
  /** Fetches and reads a metadata document; rejects where there is none. */
  fetchMetadata: (url: string) => Promise<AuthMetadata>;
  clock: Clock;
  log: Log;
}

/** What token issuers say about themselves, fetched when asked for and kept. */
export interface IssuerSource {
  /** At once what is kept and fresh; else after fetching, which all who ask share. Rejects where nothing can be had. */
  get(url: string): Promise<AuthMetadata>;
  /** Fetches again, unless that was done a moment ago; false when nothing newer came. */
  renew(url: string): Promise<boolean>;
}

/** Milliseconds after which a document is fetched again. */
const freshMs = 3_600_000;
/** Milliseconds for which an old document serves while no newer one can be had. */
const usableMs = 24 * 3_600_000;
/** Milliseconds between two attempts, whatever clients send. */
const pauseMs = 30_000;
const maximumIssuers = 1000;

interface Kept {
  metadata?: AuthMetadata;
  fetchedAt: number;
  triedAt: number;
  failure?: unknown;
  fetching?: Promise<AuthMetadata>;
}

export function createIssuerSource({ fetchMetadata, clock, log }: IssuerSourceOptions): IssuerSource {
  const issuers = new Map<string, Kept>();
  const keptOf = (url: string): Kept => {
    let kept = issuers.get(url);
    if (kept !== undefined) return kept;
    const oldest = issuers.keys().next();
    if (issuers.size >= maximumIssuers && oldest.done !== true) issuers.delete(oldest.value);
    issuers.set(url, (kept = { fetchedAt: -Infinity, triedAt: -Infinity }));
    return kept;
  };
  const fetch = (url: string, kept: Kept): Promise<AuthMetadata> => {
    if (kept.fetching !== undefined) return kept.fetching;
    if (clock.now() - kept.triedAt < pauseMs) return kept.metadata === undefined ? Promise.reject(kept.failure) : Promise.resolve(kept.metadata);
    kept.triedAt = clock.now();
    kept.fetching = fetchMetadata(url).then(
      (metadata) => {
        Object.assign(kept, { metadata, fetchedAt: clock.now(), failure: undefined, fetching: undefined });
        return metadata;
      },
      (error: unknown) => {
        Object.assign(kept, { failure: error, fetching: undefined });
        log.warn({ err: error, code: errorCode(error), issuer: url }, 'the keys of a token issuer could not be fetched');
        throw error;
      },
    );
    return kept.fetching;
  };
  return {
    get(url) {
      const kept = keptOf(url);
      const age = clock.now() - kept.fetchedAt;
      if (kept.metadata === undefined || age > usableMs) return fetch(url, kept);
      // The old document serves while the new one is on its way.
      if (age > freshMs) fetch(url, kept).catch(() => undefined);
      return Promise.resolve(kept.metadata);
    },
    async renew(url) {
      const kept = keptOf(url);
      const before = kept.metadata;
      return (await fetch(url, kept)) !== before;
    },
  };
}
