import { authEntries } from './auth-entries.ts';
import type { CertificateInventory, UnreachedSide } from './certificate-entry.ts';
import type { CertificateSources } from './certificate-sources.ts';
import { viewSources } from './certificate-sources.ts';
import { federationEntries } from './federation-entries.ts';
import { identityProviderEntries } from './identity-provider-entries.ts';
import { issuerEntries } from './issuer-entries.ts';
import { tlsEntries } from './tls-entries.ts';
import { tunnelEntries } from './tunnel-entries.ts';

/**
 * Every certificate that can be seen from here, where it is used, and whether the other side has the same one. Looks
 * only. Never rejects because a side cannot be asked: what is missing for that is named in `unreached`.
 */
export async function takeInventory(sources: CertificateSources): Promise<CertificateInventory> {
  const unreached: UnreachedSide[] = [];
  const view = viewSources(sources, unreached);
  const entries = [];
  for (const read of [authEntries, issuerEntries, federationEntries, identityProviderEntries, tunnelEntries, tlsEntries]) entries.push(...(await read(view)));
  return { takenAt: view.now, entries, unreached };
}
