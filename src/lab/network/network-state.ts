import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';

/** Who dials: a party of the lab, or anybody else. */
export const networkSources = ['onPremises', 'cloud', 'sts', 'relay', 'agent', 'outside'] as const;
export type NetworkSource = (typeof networkSources)[number];

const address = z.object({ host: z.string(), port: z.number().int() });
const from = z.array(z.enum(networkSources)).optional();

const schema = z.object({
  /** The lab's DNS: `name:port`, or `*.name:port` for one label. */
  names: z.array(z.object({ name: z.string(), host: z.string(), port: z.number().int() })),
  /** Names that have lost their record, and names that lead to another one's listener. */
  records: z.array(z.object({ id: z.string(), name: z.string(), leadsTo: z.string().optional(), from })),
  rules: z.array(z.object({ id: z.string(), to: z.string(), action: z.enum(['refuse', 'drop']), from })),
  /** Devices in the way, the one nearest to the server first. */
  devices: z.array(z.object({ id: z.string(), hosts: z.array(z.string()), address, from })),
});

/** Names, records, firewall rules and devices of a lab's network at one moment. `from` absent: for everybody. */
export type NetworkState = z.infer<typeof schema>;

/** Where a connection goes, or why it comes to nothing. */
export type NetworkRoute = { kind: 'address'; host: string; port: number } | { kind: 'unresolved' } | { kind: 'refused' } | { kind: 'dropped' };

export const networkStateFile = 'network.json';

/** What the lab that runs from a folder says of its network now; undefined where it says nothing. */
export function readNetworkState(stateDirectory: string): NetworkState | undefined {
  const file = join(stateDirectory, networkStateFile);
  return existsSync(file) ? schema.parse(JSON.parse(readFileSync(file, 'utf8'))) : undefined;
}

/**
 * Where a party's connection to a name goes. A device that dials itself (`{ device: id }`) meets those only that stand
 * between it and the server.
 */
export function routeOf(state: NetworkState, source: NetworkSource | { device: string }, host: string, port: number): NetworkRoute {
  const named = host.toLowerCase();
  const concerns = ({ from: sources }: { from?: readonly NetworkSource[] | undefined }): boolean => sources === undefined || (typeof source === 'string' && sources.includes(source));
  // A device knows by address what is behind it, and asks no DNS.
  const record = typeof source === 'string' ? state.records.findLast((each) => matches(each.name, named) && concerns(each)) : undefined;
  if (record !== undefined && record.leadsTo === undefined) return { kind: 'unresolved' };
  const wanted = record?.leadsTo ?? named;
  const found = state.names.find(({ name }) => name === `${wanted}:${port}`) ?? state.names.find(({ name }) => name === `${wanted.replace(/^[^.]+/, '*')}:${port}`);
  if (found === undefined) return isLoopback(wanted) ? { kind: 'address', host: wanted, port } : { kind: 'unresolved' };
  const reaches = (each: string): boolean => [wanted, named].some((name) => matches(each.includes(':') ? each : `${each}:443`, `${name}:${port}`));
  const rule = state.rules.findLast((each) => reaches(each.to) && concerns(each));
  if (rule !== undefined) return { kind: rule.action === 'drop' ? 'dropped' : 'refused' };
  const own = typeof source === 'string' ? state.devices.length : state.devices.findIndex(({ id }) => id === source.device);
  const device = state.devices.slice(0, Math.max(0, own)).findLast((each) => each.hosts.some(reaches) && (typeof source !== 'string' || concerns(each)));
  return { kind: 'address', ...(device?.address ?? { host: found.host, port: found.port }) };
}

/** Whether a pattern (`name`, or `*.name` for one label) means a name. */
function matches(pattern: string, name: string): boolean {
  const lower = pattern.toLowerCase();
  return lower === name || lower === name.replace(/^[^.]+/, '*');
}

function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '::1' || /^127\.\d+\.\d+\.\d+$/.test(host);
}
