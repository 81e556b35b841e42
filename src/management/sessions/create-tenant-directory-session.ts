import type { TenantDirectory } from '../cmdlets/tenant/tenant-context.ts';
import { tenantCmdlets } from '../cmdlets/tenant-cmdlets.ts';
import type { CmdletSession, CmdletSessionOptions } from './cmdlet-session.ts';
import { createLocalSession } from './create-local-session.ts';

/** The `-Msol` cmdlets on one tenant of a token service; `createStsAdminClient` is a directory for it. */
export function createTenantDirectorySession(directory: TenantDirectory, tenantId: string, options: CmdletSessionOptions = {}): CmdletSession {
  return createLocalSession({ ...options, name: `directory of tenant ${tenantId}`, cmdlets: tenantCmdlets, means: { directory, tenantId } });
}
