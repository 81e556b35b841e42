import type { StsUser } from '../../identity/index.ts';
import type { ExportError } from './plan-exports.ts';
import type { SourceObject } from './source-object.ts';
import { anchorOf } from './source-object.ts';
import type { SyncState } from './sync-state.ts';

export interface SourceAnchors {
  /** Anchors of who is on premises, the former ones of those who have another now among them. */
  present: ReadonlySet<string>;
  errorOf(source: SourceObject): ExportError | undefined;
}

/**
 * Anchors that may not be used: one that two objects have, and one that is another than what was exported. As published,
 * nothing more is exported of such an object until its anchor is put back.
 */
export function indexAnchors(sources: readonly SourceObject[], users: readonly StsUser[], state: SyncState | undefined): SourceAnchors {
  const inDirectory = new Map(users.flatMap((user) => (user.immutableId === null ? [] : [[user.immutableId, user] as const])));
  const exported = new Map(Object.entries(state?.objects ?? {}).flatMap(([anchor, { guid }]) => (guid === undefined ? [] : [[guid, anchor] as const])));
  const formerOf = ({ guid, anchor }: SourceObject): string | undefined => {
    const own = anchorOf(guid);
    const former = exported.get(guid) ?? (state?.objects[own]?.guid === undefined && state?.objects[own] !== undefined ? own : undefined);
    return former === undefined || former === anchor || !inDirectory.has(former) ? undefined : former;
  };
  const holders = new Map<string, SourceObject>();
  for (const source of sources) {
    const holder = holders.get(source.anchor);
    if (holder === undefined || isRightful(source, inDirectory.get(source.anchor), state)) holders.set(source.anchor, source);
  }
  return {
    present: new Set(sources.flatMap((source) => [source.anchor, formerOf(source) ?? source.anchor])),
    errorOf(source) {
      const former = formerOf(source);
      if (former !== undefined) return { code: 'SourceAnchorChanged', object: source.userPrincipalName, message: `The source anchor (mS-DS-ConsistencyGuid) is ${source.anchor} now and was ${former} when the object was exported. It does not change after that: put the former one back, or delete the person from the tenant’s directory.` };
      const holder = holders.get(source.anchor);
      if (holder === source || holder === undefined) return undefined;
      return {
        code: 'AttributeValueMustBeUnique',
        object: source.userPrincipalName,
        message: `Unable to update this object because the following attributes associated with this object have values that may already be associated with another object in your local directory services: [SourceAnchor ${source.anchor};]. Correct or remove the duplicate values in your local directory. The other object is ${holder.userPrincipalName}; the attribute is mS-DS-ConsistencyGuid.`,
      };
    },
  };
}

/** Of two objects with one anchor, the one that was exported, or whose name the directory knows, keeps it. */
function isRightful(source: SourceObject, user: StsUser | undefined, state: SyncState | undefined): boolean {
  const exportedGuid = state?.objects[source.anchor]?.guid;
  if (exportedGuid !== undefined) return exportedGuid === source.guid;
  return user?.userPrincipalName.toLowerCase() === source.userPrincipalName.toLowerCase();
}
