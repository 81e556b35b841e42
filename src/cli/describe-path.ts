import type { LookupPath } from '../ews/index.ts';

/** How an answer came about, in a few words: `local`, `OAuth through relay.test, agent 2ee66c67`, `OAuth, direct to outlook.cloud.test`. */
export function describePath(path: LookupPath | undefined): string {
  if (path === undefined) return '';
  if (path.source === 'Local') return 'local';
  if (path.source === 'None') return 'nowhere to ask';
  const means = path.source === 'IntraOrganizationConnector' ? 'OAuth' : path.source;
  if (path.endpoint === undefined) return means;
  if (path.via !== undefined) return `${means} through ${describeVia(path.via)}`;
  return `${means}, direct to ${new URL(path.endpoint).hostname}`;
}

/** `1.1 relay.test (hybridge agent 2ee66c67)` (RFC 9110 §7.6.3) without the protocol version: `relay.test, agent 2ee66c67`. */
function describeVia(via: string): string {
  const [, host, agent] = /^[\d.]+ (\S+) \(hybridge (agent \S+)\)$/.exec(via) ?? [];
  return host === undefined ? via : `${host}, ${agent}`;
}
