import type { Cmdlet } from './define-cmdlet.ts';
import type { DirectorySyncContext } from './directory-sync/directory-sync-context.ts';
import { getAdSyncAadCompanyFeature } from './directory-sync/get-ad-sync-aad-company-feature.ts';
import { setAdSyncAadCompanyFeature } from './directory-sync/set-ad-sync-aad-company-feature.ts';
import { startAdSyncSyncCycle } from './directory-sync/start-ad-sync-sync-cycle.ts';

/** The cmdlets of the server that synchronises the directories. */
export const directorySyncCmdlets: readonly Cmdlet<DirectorySyncContext>[] = [getAdSyncAadCompanyFeature, setAdSyncAadCompanyFeature, startAdSyncSyncCycle];
