import { z } from 'zod';

/** What the synchronisation remembers of former cycles: what was exported for each source anchor. */
export interface SyncState {
  /** By source anchor. */
  objects: Readonly<Record<string, ExportedObject>>;
  /** Contacts and groups, by source anchor. */
  recipients: Readonly<Record<string, ExportedRecipient>>;
  features: SyncFeatures;
  /** Epoch milliseconds of the last cycle. */
  lastCycle: number;
}

export interface ExportedObject {
  /** Object id in the tenant's directory. */
  objectId: string;
  /** objectGUID on premises, lower case. Absent in states of earlier releases, where it was the anchor. */
  guid?: string | undefined;
  /** Digest of the attributes as they were exported. */
  digest: string;
  /** Which password was synchronised last. */
  passwordVersion?: string | undefined;
}

/** What is switched on, by the names of Get-ADSyncAADCompanyFeature. */
export interface SyncFeatures {
  /** Default false. */
  passwordHashSync: boolean;
}

/** A contact or group that a cycle made or found in the cloud's Exchange. */
export interface ExportedRecipient {
  guid: string;
  kind: 'MailContact' | 'DistributionGroup';
  /** For messages. */
  name: string;
  digest: string;
}

/** Where the state is kept between cycles. Whoever has no state yet gives undefined: the next cycle is a full one. */
export interface SyncStateStore {
  load(): Promise<unknown>;
  save(state: SyncState): Promise<void>;
}

const schema = z.object({
  objects: z.record(z.string().max(64), z.object({ objectId: z.string().max(64), guid: z.string().max(64).optional(), digest: z.string().max(128), passwordVersion: z.string().max(64).optional() })),
  recipients: z.record(z.string().max(64), z.object({ guid: z.guid(), kind: z.enum(['MailContact', 'DistributionGroup']), name: z.string().max(256), digest: z.string().max(128) })).default({}),
  features: z.object({ passwordHashSync: z.boolean() }).default({ passwordHashSync: false }),
  lastCycle: z.number(),
});

/** A state as it was kept; undefined where there is none, or one that cannot be read: then everything is compared anew. */
export function readSyncState(kept: unknown): SyncState | undefined {
  const parsed = schema.safeParse(kept);
  return parsed.success ? parsed.data : undefined;
}
