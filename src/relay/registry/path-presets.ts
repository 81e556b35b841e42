/**
 * Allowed paths by the names that administrators know them by. A preset stands for its paths: what is kept, shown and
 * enforced are the paths.
 */
export const pathPresets = {
  ews: { paths: ['/EWS/*'], purpose: 'Exchange Web Services and the MRS Proxy: free/busy, mailbox moves, EWS clients' },
  autodiscover: { paths: ['/Autodiscover/*'], purpose: 'Autodiscover in all versions, with the metadata below it' },
  metadata: { paths: ['/autodiscover/metadata/json/*'], purpose: 'authorization metadata that other organisations fetch' },
  mrs: { paths: ['/EWS/mrsproxy.svc'], purpose: 'mailbox moves only' },
  mapi: { paths: ['/mapi/*'], purpose: 'Outlook: MAPI over HTTP' },
  oab: { paths: ['/OAB/*'], purpose: 'Outlook: offline address book' },
  activesync: { paths: ['/Microsoft-Server-ActiveSync/*'], purpose: 'phones; its Ping waits up to an hour: raise --response-timeout' },
  owa: { paths: ['/owa/*'], purpose: 'Outlook on the web' },
} as const satisfies Record<string, { paths: readonly string[]; purpose: string }>;

/** Paths, with presets replaced by theirs; a name that is none stays, to be refused as a path. */
export function expandPresets(paths: readonly string[]): string[] {
  const known: Readonly<Record<string, { paths: readonly string[] }>> = pathPresets;
  return [...new Set(paths.flatMap((path) => (Object.hasOwn(known, path.toLowerCase()) ? (known[path.toLowerCase()]?.paths ?? []) : [path])))];
}

/** Names of the presets whose paths are all among these. */
export function presetsOf(paths: readonly string[]): string[] {
  const lower = new Set(paths.map((path) => path.toLowerCase()));
  return Object.entries(pathPresets).flatMap(([name, own]) => (own.paths.every((path) => lower.has(path.toLowerCase())) ? [name] : []));
}
