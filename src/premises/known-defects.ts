import type { ServerVersion } from '../ews/index.ts';

/** What servers of some releases answer to requests with tokens of another organisation, whatever their configuration says. */
export interface KnownDefect {
  builds: readonly string[];
  /** The fault's text. */
  message: string;
}

/** Free/busy error table, rows 1 and 2: Exchange 2016 CU8, and Exchange 2013 CU12 to CU14. Their response code is *unverified*. */
const defects: readonly KnownDefect[] = [
  { builds: ['15.1.1415'], message: 'An internal server error occurred. The operation failed.' },
  { builds: ['15.0.1178', '15.0.1210', '15.0.1236'], message: 'The remote user mailbox must specify the the explicit local mailbox in the header.' },
];

/** The defects of a release: a property of that server, by its version alone. */
export function knownDefects({ majorVersion, minorVersion, majorBuildNumber }: Pick<ServerVersion, 'majorVersion' | 'minorVersion' | 'majorBuildNumber'>): readonly KnownDefect[] {
  const build = `${majorVersion}.${minorVersion}.${majorBuildNumber}`;
  return defects.filter(({ builds }) => builds.includes(build));
}
