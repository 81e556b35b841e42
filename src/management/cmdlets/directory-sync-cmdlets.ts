import type { Cmdlet } from './define-cmdlet.ts';
import type { DirectorySyncContext } from './directory-sync/directory-sync-context.ts';
import { startAdSyncSyncCycle } from './directory-sync/start-ad-sync-sync-cycle.ts';

/** The cmdlets of the server that synchronises the directories. */
export const directorySyncCmdlets: readonly Cmdlet<DirectorySyncContext>[] = [startAdSyncSyncCycle];
