import { systemDial } from '../../foundation/index.ts';
import type { Dial } from '../../foundation/index.ts';

export interface LabAddress {
  host: string;
  port: number;
}

/**
 * The lab's DNS and routing: names under `.test` lead to listeners on this machine. A name is `host` (port 443) or
 * `host:port`; `*.relay.test` answers for one label. Names that nobody registered do not resolve, and nothing but
 * loopback is ever dialled.
 */
export interface LabNetwork {
  register(name: string, address: LabAddress): void;
  /** Where a name and port lead, if anywhere. */
  resolve(host: string, port: number): LabAddress | undefined;
  /** Publishes a TXT record of a name, as the owner of its domain would. */
  publishText(name: string, text: string): void;
  /** The TXT records of a name. */
  resolveText(name: string): Promise<readonly (readonly string[])[]>;
  dial: Dial;
  /** All names with their addresses, for people and scripts outside. */
  entries(): readonly { name: string; address: LabAddress }[];
}

/** `publishedTexts` gives the TXT records that were published elsewhere. */
export function createLabNetwork(publishedTexts: (name: string) => readonly string[] = () => []): LabNetwork {
  const names = new Map<string, LabAddress>();
  const texts = new Map<string, string[]>();
  const resolve = (host: string, port: number): LabAddress | undefined => {
    const key = `${host.toLowerCase()}:${port}`;
    return names.get(key) ?? names.get(key.replace(/^[^.]+/, '*'));
  };
  return {
    register: (name, address) => void names.set(withPort(name.toLowerCase()), address),
    resolve,
    publishText(name, text) {
      texts.set(name.toLowerCase(), [...(texts.get(name.toLowerCase()) ?? []), text]);
    },
    resolveText: async (name) => [...(texts.get(name.toLowerCase()) ?? []), ...publishedTexts(name)].map((text) => [text]),
    entries: () => [...names].map(([name, address]) => ({ name, address })),
    dial: async (host, port, signal) => {
      const address = resolve(host, port) ?? (isLoopback(host) ? { host, port } : undefined);
      if (address === undefined) {
        throw Object.assign(new Error(`getaddrinfo ENOTFOUND ${host}`), { code: 'ENOTFOUND', syscall: 'getaddrinfo', hostname: host });
      }
      return systemDial(address.host, address.port, signal);
    },
  };
}

function withPort(name: string): string {
  return name.includes(':') ? name : `${name}:443`;
}

function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '::1' || /^127\.\d+\.\d+\.\d+$/.test(host);
}
