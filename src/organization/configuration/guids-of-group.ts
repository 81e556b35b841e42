import type { Configuration } from './configuration.ts';

/**
 * GUIDs of all who are in a group, people and groups, through the groups that are in it; none where there is no such group.
 * Groups that hold one another are gone through once.
 *
 * @param identity GUID, name, alias or address of the group
 */
export async function guidsOfGroup(configuration: Configuration, identity: string): Promise<ReadonlySet<string>> {
  const guids = new Set<string>();
  const left = [identity];
  for (let one = left.pop(); one !== undefined; one = left.pop()) {
    for (const guid of (await configuration.get('DistributionGroup', one))?.properties.Members ?? []) {
      if (guids.has(guid)) continue;
      guids.add(guid);
      left.push(guid);
    }
  }
  return guids;
}
