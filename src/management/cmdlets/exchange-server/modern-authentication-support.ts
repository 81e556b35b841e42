/** First builds that sign people in with hybrid modern authentication: Exchange 2013 CU19 and 2016 CU8 (published build numbers). */
const firstBuilds: readonly (readonly [minor: number, build: number])[] = [
  [0, 1365],
  [1, 1415],
];

/**
 * Why a server of that version (`Version 15.1 (Build 1034.26)`) is cut off by hybrid modern authentication; undefined for
 * one that takes it, or whose version cannot be read.
 */
export function modernAuthenticationObstacle(adminDisplayVersion: string): string | undefined {
  const [, major = '', minor = '', build = ''] = /Version (\d+)\.(\d+) \(Build (\d+)\.\d+\)/.exec(adminDisplayVersion) ?? [];
  if (major === '') return undefined;
  if (Number(major) < 15) return 'Exchange 2010 and older take no tokens, and requests with one are not passed on to them';
  const first = firstBuilds.find(([line]) => line === Number(minor) && Number(major) === 15);
  if (first === undefined || Number(build) >= first[1]) return undefined;
  return first[0] === 0 ? 'Exchange 2013 takes tokens of users from CU19 on' : 'Exchange 2016 takes tokens of users from CU8 on';
}
