import type { Socket } from 'node:net';
import { isDeepStrictEqual } from 'node:util';
import type { Dial } from '../../foundation/index.ts';
import { labNames } from '../lab-names.ts';
import { dialRoute } from './dial-route.ts';
import type { NetworkRoute, NetworkSource, NetworkState } from './network-state.ts';
import { routeOf } from './network-state.ts';

export interface LabAddress {
  host: string;
  port: number;
}

export type NetworkRecord = NetworkState['records'][number];
export type NetworkRule = NetworkState['rules'][number];
export type NetworkDevice = NetworkState['devices'][number];

/**
 * The lab's DNS and routing: names under `.test` lead to listeners on this machine. A name is `host` (port 443) or
 * `host:port`; `*.relay.test` answers for one label. Names that nobody registered do not resolve, and nothing but
 * loopback is ever dialled. Records, firewall rules and devices may stand in the way of some or of all who dial; open
 * connections that would go another way after a change end with it.
 */
export interface LabNetwork {
  register(name: string, address: LabAddress): void;
  /** Publishes a TXT record of a name, as the owner of its domain would. */
  publishText(name: string, text: string): void;
  withdrawText(name: string, text: string): void;
  /** The TXT records of a name. */
  resolveText(name: string): Promise<readonly (readonly string[])[]>;
  /** The MX records of a domain. */
  resolveMx(domain: string): Promise<readonly { exchange: string; priority: number }[]>;
  /** How one party dials, or a device that stands in the way. */
  dialFrom(source: NetworkSource | { device: string }): Dial;
  setRecord(record: NetworkRecord): void;
  setRule(rule: NetworkRule): void;
  setDevice(device: NetworkDevice): void;
  /** Takes away what was set under an id. */
  remove(id: string): void;
  state(): NetworkState;
}

export interface LabNetworkOptions {
  /** TXT records that were published elsewhere. */
  publishedTexts?: (name: string) => readonly string[];
  /** Called with the state after each change. */
  onChange?: (state: NetworkState) => void;
}

export function createLabNetwork({ publishedTexts = () => [], onChange = () => undefined }: LabNetworkOptions = {}): LabNetwork {
  const state: NetworkState = { names: [], records: [], rules: [], devices: [] };
  const texts = new Map<string, string[]>();
  const open = new Map<Socket, { route: () => NetworkRoute; taken: NetworkRoute }>();
  const changed = (): void => {
    onChange(state);
    for (const [socket, { route, taken }] of open) if (!isDeepStrictEqual(route(), taken)) socket.destroy();
  };
  const set = <Kind extends 'records' | 'rules' | 'devices'>(kind: Kind, entry: NetworkState[Kind][number]): void => {
    Object.assign(state, { [kind]: [...state[kind].filter(({ id }) => id !== entry.id), entry] });
    changed();
  };
  return {
    register(name, address) {
      const full = withPort(name.toLowerCase());
      state.names = [...state.names.filter((each) => each.name !== full), { name: full, ...address }];
      onChange(state);
    },
    publishText(name, text) {
      texts.set(name.toLowerCase(), [...(texts.get(name.toLowerCase()) ?? []), text]);
    },
    withdrawText(name, text) {
      texts.set(name.toLowerCase(), (texts.get(name.toLowerCase()) ?? []).filter((each) => each !== text));
    },
    resolveText: async (name) => [...(texts.get(name.toLowerCase()) ?? []), ...publishedTexts(name)].map((text) => [text]),
    async resolveMx(domain) {
      const exchange = mailExchanges.get(domain.toLowerCase());
      if (exchange === undefined) throw Object.assign(new Error(`queryMx ENOTFOUND ${domain}`), { code: 'ENOTFOUND' });
      return [{ exchange, priority: 10 }];
    },
    dialFrom: (source) => async (host, port, signal) => {
      const route = (): NetworkRoute => routeOf(state, source, host, port);
      const taken = route();
      const socket = await dialRoute(taken, host, signal);
      open.set(socket, { route, taken });
      socket.once('close', () => open.delete(socket));
      return socket;
    },
    setRecord: (record) => set('records', record),
    setRule: (rule) => set('rules', rule),
    setDevice: (device) => set('devices', device),
    remove(id) {
      for (const kind of ['records', 'rules', 'devices'] as const) Object.assign(state, { [kind]: state[kind].filter((each) => each.id !== id) });
      changed();
    },
    state: () => state,
  };
}

/** Mail for the company comes in on premises; the tenant's own domains are the service's. */
const mailExchanges: ReadonlyMap<string, string> = new Map([
  [labNames.domain, labNames.onPremises.smtp],
  [labNames.tenantDomain, labNames.cloud.smtp],
  [labNames.coexistenceDomain, labNames.cloud.smtp],
]);

function withPort(name: string): string {
  return name.includes(':') ? name : `${name}:443`;
}
