import type { LookupPath } from '../ews/index.ts';

/** How an answer came about, in a few words: `local`, `OAuth, relay and agent (…)`, `OAuth, direct to …`. */
export function describePath(path: LookupPath | undefined, relayHost: string): string {
  if (path === undefined) return '';
  if (path.source === 'Local') return 'local';
  if (path.source === 'None') return 'nowhere to ask';
  if (path.endpoint === undefined) return `${path.source} ${path.name ?? ''}`.trim();
  const { hostname } = new URL(path.endpoint);
  const means = path.source === 'IntraOrganizationConnector' ? 'OAuth' : path.source;
  return hostname === relayHost || path.via !== undefined ? `${means}, relay and agent (${path.via ?? hostname})` : `${means}, direct to ${hostname}`;
}
