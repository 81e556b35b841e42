import { errorText } from '../../foundation/index.ts';
import type { Clock } from '../../foundation/index.ts';
import type { StsAdminClient, StsUser } from '../../identity/index.ts';
import { ManagementError } from '../management-error.ts';
import type { CmdletSession } from '../sessions/cmdlet-session.ts';
import type { DirectoryExport, ExportError, ExportPlan } from './plan-exports.ts';
import { planExports } from './plan-exports.ts';
import { provisionRecipients } from './provision-recipients.ts';
import { digestOf, readSourceObjects, writeAnchor } from './source-object.ts';
import type { ExportedObject, SyncState, SyncStateStore } from './sync-state.ts';
import { readSyncState } from './sync-state.ts';
import type { SynchronizedPasswords } from './synchronize-passwords.ts';
import { synchronizePasswords } from './synchronize-passwords.ts';
import type { ContactsAndGroups } from './synchronize-contacts-and-groups.ts';
import { synchronizeContactsAndGroups } from './synchronize-contacts-and-groups.ts';

export interface DirectorySyncMeans {
  /** Where people are read. */
  onPremises: CmdletSession;
  /** Where they go. */
  directory: Pick<StsAdminClient, 'getTenant' | 'updateTenant' | 'listDomains' | 'listUsers' | 'createUser' | 'updateUser' | 'removeUser' | 'listDeletedUsers' | 'restoreUser' | 'setUserPasswordHash'>;
  tenantId: string;
  /** The cloud's Exchange, which takes its recipients from the directory. */
  cloud: CmdletSession;
  state: SyncStateStore;
  clock: Clock;
}

export interface SyncResult {
  adds: number;
  updates: number;
  deletes: number;
  /** Recipients of the cloud's Exchange that were made, changed or removed. */
  recipients: number;
  passwords: number;
  errors: readonly ExportError[];
}

/** As published: more deletions than this in one cycle are taken for an accident. */
const deletionThreshold = 500;
/** Exports that run at the same time. */
const atOnce = 4;

/** What a cycle would do, with nothing changed. */
export async function planSyncCycle(means: DirectorySyncMeans, policy: 'Delta' | 'Initial'): Promise<ExportPlan> {
  const [sources, users, deleted, tenant, kept] = await Promise.all([readSourceObjects(means.onPremises), means.directory.listUsers(means.tenantId), means.directory.listDeletedUsers(means.tenantId), means.directory.getTenant(means.tenantId), means.state.load()]);
  const plan = planExports({ sources, users, deleted, domains: tenant.domains, state: readSyncState(kept), policy });
  if (tenant.onPremisesSyncEnabled === false) {
    throw new ManagementError('MANAGEMENT_INVALID_VALUE', 'Directory synchronization is not activated for this company.', { facts: { tenant: means.tenantId }, remedy: 'Switch it on: Set-MsolDirSyncEnabled -EnableDirSync $true.' });
  }
  const deletions = plan.exports.filter(({ kind }) => kind === 'delete').length;
  if (deletions <= deletionThreshold) return plan;
  throw new ManagementError('MANAGEMENT_INVALID_VALUE', `stopped-deletion-threshold-exceeded: ${deletions} people are gone on premises and would be deleted from the tenant’s directory, more than ${deletionThreshold}.`, {
    facts: { deletions, deletionThreshold },
    remedy: 'Find out why they are gone. Bring them back, or remove them from the tenant’s directory by hand.',
  });
}

/**
 * One cycle of directory synchronisation: reads on premises, exports to the tenant's directory, and lets the cloud's
 * Exchange follow. One object's error keeps nobody else back; it is tried again by the next cycle. Passwords follow where
 * that is switched on.
 */
export async function runSyncCycle(means: DirectorySyncMeans, policy: 'Delta' | 'Initial'): Promise<SyncResult> {
  const plan = await planSyncCycle(means, policy);
  const errors = [...plan.errors];
  const failed = new Set<string>();
  const counts = { add: 0, update: 0, delete: 0 };
  const run = async (each: DirectoryExport): Promise<void> => {
    try {
      await apply(means, each);
      counts[each.kind] += 1;
    } catch (error) {
      failed.add(anchorOfExport(each));
      errors.push({ code: 'ExportFailed', object: each.kind === 'delete' ? each.user.userPrincipalName : each.source.userPrincipalName, message: errorText(error) });
    }
  };
  // Deletions come first in the plan and are done before anything takes their names.
  for (const batch of batches(plan.exports)) await Promise.all(batch.map(run));
  const exported = plan.concerned.filter(({ anchor }) => !failed.has(anchor));
  const gone = plan.exports.flatMap((each) => (each.kind === 'delete' && !failed.has(each.anchor) ? [each.user.userPrincipalName] : []));
  const recipients = exported.length + gone.length === 0 ? { changed: 0, errors: [] } : await provisionRecipients(means.cloud, exported, gone);
  const unprovisioned = new Set(recipients.errors.map(({ object }) => object));
  const written = await writeAnchors(means, plan, failed);
  const former = readSyncState(await means.state.load());
  const others = await synchronizeContactsAndGroups(means.onPremises, means.cloud, former?.recipients ?? {}, policy);
  const users = await means.directory.listUsers(means.tenantId);
  const formerVersions = new Map(Object.entries(former?.objects ?? {}).flatMap(([anchor, { passwordVersion }]) => (passwordVersion === undefined ? [] : [[anchor, passwordVersion] as const])));
  const passwords = former?.features.passwordHashSync === true ? await synchronizePasswords(means, plan.sources, users, formerVersions) : { versions: new Map<string, string>(), count: 0, errors: [] };
  await means.directory.updateTenant(means.tenantId, { onPremisesSyncEnabled: true, onPremisesLastSync: means.clock.now() });
  await remember(means, { users, done: exported.filter(({ userPrincipalName }) => !unprovisioned.has(userPrincipalName)), plan, failed, former, others, passwords });
  return {
    adds: counts.add + others.adds,
    updates: counts.update + others.updates,
    deletes: counts.delete + others.deletes,
    recipients: recipients.changed + others.adds + others.updates + others.deletes,
    passwords: passwords.count,
    errors: [...errors, ...written, ...recipients.errors, ...others.errors, ...passwords.errors],
  };
}

async function apply({ directory, tenantId, clock }: DirectorySyncMeans, each: DirectoryExport): Promise<void> {
  const onPremisesLastSync = clock.now();
  if (each.kind === 'delete') return directory.removeUser(tenantId, each.user.objectId);
  if (each.kind === 'update') return void (await directory.updateUser(tenantId, each.objectId, { ...each.changes, onPremisesLastSync }));
  if (each.restores !== undefined) {
    const { objectId } = await directory.restoreUser(tenantId, each.restores.objectId, { userPrincipalName: each.attributes.userPrincipalName, autoReconcileProxyConflict: true });
    return void (await directory.updateUser(tenantId, objectId, { ...each.attributes, onPremisesLastSync }));
  }
  await directory.createUser(tenantId, { ...each.attributes, onPremisesLastSync });
}

/** The anchors of who has been exported, kept in mS-DS-ConsistencyGuid. Where the account may not, nobody's can be. */
async function writeAnchors(means: DirectorySyncMeans, plan: ExportPlan, failed: ReadonlySet<string>): Promise<readonly ExportError[]> {
  const refused = new Set(plan.errors.map(({ object }) => object));
  const unwritten = plan.sources.filter(({ anchorIsUnwritten, anchor, userPrincipalName }) => anchorIsUnwritten === true && !failed.has(anchor) && !refused.has(userPrincipalName));
  for (let at = 0; at < unwritten.length; at += atOnce) {
    try {
      await Promise.all(unwritten.slice(at, at + atOnce).map((source) => writeAnchor(means.onPremises, source)));
    } catch (error) {
      const denied = error instanceof ManagementError && ['MANAGEMENT_ACCESS_DENIED', 'MANAGEMENT_CMDLET_NOT_FOUND', 'MANAGEMENT_OUT_OF_SCOPE'].includes(error.code);
      return [{ code: denied ? 'permission-issue' : 'ExportFailed', object: 'mS-DS-ConsistencyGuid', message: `${unwritten.length - at} source anchors are not written on premises: ${errorText(error)}` }];
    }
  }
  return [];
}

function anchorOfExport(each: DirectoryExport): string {
  return each.kind === 'delete' ? each.anchor : each.source.anchor;
}

function* batches(exports: readonly DirectoryExport[]): Generator<readonly DirectoryExport[]> {
  const deletions = exports.filter(({ kind }) => kind === 'delete');
  for (const part of [deletions, exports.slice(deletions.length)]) for (let at = 0; at < part.length; at += atOnce) yield part.slice(at, at + atOnce);
}

interface FinishedCycle {
  users: readonly StsUser[];
  done: ExportPlan['concerned'];
  plan: ExportPlan;
  failed: ReadonlySet<string>;
  former: SyncState | undefined;
  others: ContactsAndGroups;
  passwords: SynchronizedPasswords;
}

/** What failed is forgotten, so that the next delta takes it up again. */
async function remember(means: DirectorySyncMeans, cycle: FinishedCycle): Promise<void> {
  const { users, done, plan, failed, former: state, others, passwords } = cycle;
  const former = state?.objects ?? {};
  const ids = new Map(users.flatMap(({ immutableId, objectId }) => (immutableId === null ? [] : [[immutableId, objectId] as const])));
  const objects: Record<string, ExportedObject> = Object.fromEntries(Object.entries(former).filter(([anchor]) => ids.has(anchor)));
  for (const source of plan.concerned) {
    const objectId = ids.get(source.anchor);
    if (objectId !== undefined) objects[source.anchor] = { objectId, guid: source.guid, digest: done.includes(source) && !failed.has(source.anchor) ? digestOf(source) : '' };
  }
  for (const [anchor, exported] of Object.entries(objects)) {
    const { passwordVersion: _former, ...rest } = exported;
    const passwordVersion = passwords.versions.get(anchor);
    objects[anchor] = { ...rest, ...(passwordVersion === undefined ? {} : { passwordVersion }) };
  }
  await means.state.save({ features: state?.features ?? { passwordHashSync: false }, objects, recipients: others.recipients, lastCycle: means.clock.now() });
}
