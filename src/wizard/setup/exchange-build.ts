import { textOf } from '../observed.ts';
import type { Snapshot } from './snapshot.ts';

/** `Version 15.2 (Build 2562.41)` or `15.2 (Build 32562.41)` as numbers; zeros where it does not say. */
export type ExchangeBuild = readonly [major: number, minor: number, build: number, revision: number];

export function readBuild(version: string): ExchangeBuild {
  const [, major = '0', minor = '0', build = '0', revision = '0'] = /(\d+)\.(\d+)\D+(\d+)(?:\.(\d+))?/.exec(version) ?? [];
  // Older cmdlets show the build with the 30000 of the object's own version number.
  return [Number(major), Number(minor), Number(build) % 30_000, Number(revision)];
}

export interface ExchangeServerSeen {
  name: string;
  version: string;
  build: ExchangeBuild;
}

export function serversSeen(snapshot: Snapshot): readonly ExchangeServerSeen[] {
  return (snapshot.sides.OnPremises?.seen['Get-ExchangeServer'] ?? []).map((server) => {
    const version = textOf(server, 'AdminDisplayVersion');
    return { name: textOf(server, 'Name'), version, build: readBuild(version) };
  });
}

/** First builds of each cumulative update that know the dedicated hybrid application (April 2025 hotfix updates). */
const dedicatedSince: readonly ExchangeBuild[] = [
  [15, 1, 2507, 55],
  [15, 2, 1544, 25],
  [15, 2, 1748, 24],
  [15, 2, 2562, 17],
];

/** Servers that do not know the dedicated hybrid application. Those whose version is not known are not counted. */
export function tooEarlyForDedicated(snapshot: Snapshot): readonly ExchangeServerSeen[] {
  return serversSeen(snapshot).filter(({ build: [major, minor, build, revision] }) => {
    if (major === 0 || major > 15 || (major === 15 && minor > 2)) return false;
    const update = dedicatedSince.find(([, ofMinor, ofBuild]) => ofMinor === minor && ofBuild === build);
    if (update !== undefined) return major < 15 || revision < update[3];
    const last = dedicatedSince.findLast(([, ofMinor]) => ofMinor === minor);
    return major < 15 || last === undefined || build < last[2];
  });
}
