import { directorySyncCmdlets } from '../cmdlets/directory-sync-cmdlets.ts';
import type { DirectorySyncMeans } from '../directory-sync/run-sync-cycle.ts';
import type { CmdletSession, CmdletSessionOptions } from './cmdlet-session.ts';
import { createLocalSession } from './create-local-session.ts';

/** The ADSync cmdlets: directory synchronisation between an organisation on premises and a tenant, run from here. */
export function createDirectorySyncSession(means: DirectorySyncMeans, options: CmdletSessionOptions = {}): CmdletSession {
  return createLocalSession({ ...options, name: `synchronisation with tenant ${means.tenantId}`, cmdlets: directorySyncCmdlets, means });
}
