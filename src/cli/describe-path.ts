import type { LookupPath } from '../ews/index.ts';

/** How an answer came about, in a few words: `local`, `OAuth through relay.test, agent 2ee66c67`, `OAuth, direct to outlook.cloud.test`. */
export function describePath(path: LookupPath | undefined): string {
  if (path === undefined) return '';
  const means = meansOf[path.source];
  if (path.endpoint === undefined) return means;
  if (path.via !== undefined) return `${means} through ${describeVia(path.via)}`;
  return `${means}, direct to ${new URL(path.endpoint).hostname}`;
}

const meansOf: Readonly<Record<LookupPath['source'], string>> = {
  Local: 'local',
  None: 'nowhere to ask',
  IntraOrganizationConnector: 'OAuth',
  OrganizationRelationship: 'DAuth',
  AvailabilityAddressSpace: 'address space',
};

/** `1.1 relay.test (hybridge agent 2ee66c67)` (RFC 9110 §7.6.3) without the protocol version: `relay.test, agent 2ee66c67`. */
function describeVia(via: string): string {
  const [, host, agent] = /^[\d.]+ (\S+) \(hybridge (agent \S+)\)$/.exec(via) ?? [];
  return host === undefined ? via : `${host}, ${agent}`;
}
