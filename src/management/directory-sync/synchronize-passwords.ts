import { errorText } from '../../foundation/index.ts';
import type { StsUser } from '../../identity/index.ts';
import type { DirectorySyncMeans } from './run-sync-cycle.ts';
import type { ExportError } from './plan-exports.ts';
import type { SourceObject } from './source-object.ts';

export interface SynchronizedPasswords {
  /** Versions by source anchor: of everybody whose password in the tenant's directory is the one on premises. */
  versions: ReadonlyMap<string, string>;
  count: number;
  errors: readonly ExportError[];
}

/**
 * Password hash synchronisation: people sign in to the cloud with their password on premises, whose hash (scrypt, salted)
 * is all that leaves. Only who signs in with a password of the directory's own takes part: domains that are federated or
 * ask on premises keep none.
 */
export async function synchronizePasswords(means: DirectorySyncMeans, sources: readonly SourceObject[], users: readonly StsUser[], former: ReadonlyMap<string, string>): Promise<SynchronizedPasswords> {
  const managed = new Set((await means.directory.listDomains(means.tenantId)).flatMap(({ name, authentication }) => (authentication === 'Managed' ? [name.toLowerCase()] : [])));
  const byAnchor = new Map(users.flatMap((user) => (user.immutableId === null ? [] : [[user.immutableId, user] as const])));
  const concerned = new Map(sources.flatMap((source) => {
    const user = byAnchor.get(source.anchor);
    return user === undefined || !source.enabled || !managed.has(user.userPrincipalName.slice(user.userPrincipalName.lastIndexOf('@') + 1).toLowerCase()) ? [] : [[source.guid, { source, user }] as const];
  }));
  const versions = new Map([...concerned.values()].flatMap(({ source: { anchor } }) => (former.has(anchor) ? [[anchor, former.get(anchor) ?? ''] as const] : [])));
  const known = Object.fromEntries([...concerned].map(([guid, { source }]) => [guid, versions.get(source.anchor) ?? '']));
  const errors: ExportError[] = [];
  let count = 0;
  try {
    for (const { guid, hash, version } of (await means.onPremises.passwordHashes?.(known)) ?? []) {
      const found = concerned.get(guid);
      if (found === undefined) continue;
      try {
        await means.directory.setUserPasswordHash(means.tenantId, found.user.objectId, hash);
        versions.set(found.source.anchor, version);
        count += 1;
      } catch (error) {
        versions.delete(found.source.anchor);
        errors.push({ code: 'ExportFailed', object: found.user.userPrincipalName, message: `Password: ${errorText(error)}` });
      }
    }
  } catch (error) {
    errors.push({ code: 'ExportFailed', object: 'passwords', message: errorText(error) });
  }
  return { versions, count, errors };
}
