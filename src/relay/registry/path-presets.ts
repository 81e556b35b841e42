/**
 * Allowed paths by the names that administrators know them by. A preset stands for its paths: what is kept, shown and
 * enforced are the paths.
 */
export const pathPresets = {
  /** Exchange Web Services, MRS Proxy included. */
  ews: ['/EWS/*'],
  /** Autodiscover in all versions, and the metadata document below it. */
  autodiscover: ['/Autodiscover/*'],
  /** The authorization metadata that other organisations fetch. */
  metadata: ['/autodiscover/metadata/json/*'],
  /** Mailbox moves only. */
  mrs: ['/EWS/mrsproxy.svc'],
  /** Outlook: MAPI over HTTP. */
  mapi: ['/mapi/*'],
  /** Offline address book. */
  oab: ['/OAB/*'],
  /** Exchange ActiveSync; its Ping waits up to an hour, so raise the response time-out too. */
  activesync: ['/Microsoft-Server-ActiveSync/*'],
  /** Outlook on the web, for browsers. */
  owa: ['/owa/*'],
} as const satisfies Record<string, readonly string[]>;

/** Paths, with presets replaced by theirs; a name that is none stays, to be refused as a path. */
export function expandPresets(paths: readonly string[]): string[] {
  const known: Readonly<Record<string, readonly string[]>> = pathPresets;
  return [...new Set(paths.flatMap((path) => (Object.hasOwn(known, path.toLowerCase()) ? (known[path.toLowerCase()] ?? []) : [path])))];
}
