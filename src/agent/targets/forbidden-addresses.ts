import dns from 'node:dns';
import { BlockList, isIP } from 'node:net';
import type { LookupFunction } from 'node:net';
import type { Dial } from '../../foundation/index.ts';
import { createDial, HybridgeError } from '../../foundation/index.ts';
import type { RefusalCode } from '../../tunnel/index.ts';

/** Networks that go by a name. A connection to the unspecified address reaches the machine itself. */
const named: Readonly<Record<string, readonly string[]>> = {
  loopback: ['127.0.0.0/8', '0.0.0.0/8', '::1/128', '::/128'],
  'link-local': ['169.254.0.0/16', 'fe80::/10', '64:ff9b::a9fe:0/112'],
  // Where cloud machines ask for credentials: Azure, Alibaba and Oracle, AWS over IPv6. The usual 169.254.169.254 is link-local.
  metadata: ['169.254.169.254/32', '168.63.129.16/32', '100.100.100.200/32', '192.0.0.192/32', 'fd00:ec2::254/128'],
};

/** No target is ever there, whatever the relay or a name server says. */
export const defaultForbiddenAddresses: readonly string[] = ['link-local', 'metadata'];

/** `loopback`, `link-local`, `metadata`, or a network such as `10.0.0.0/8`. */
export function isForbiddenAddresses(text: string): boolean {
  if (Object.hasOwn(named, text)) return true;
  const [address = '', prefix = '', ...rest] = text.split('/');
  const version = isIP(address);
  return version !== 0 && rest.length === 0 && /^\d{1,3}$/.test(prefix) && Number(prefix) <= (version === 6 ? 128 : 32);
}

/**
 * Dials targets, but for forbidden addresses. The address that is connected to is the one that was judged: a name whose
 * answer changes gains nothing. A `dial` that resolves names by itself is judged by where it has led, before a byte is sent.
 *
 * The dial rejects with HybridgeError `AGENT_TARGET_NOT_ALLOWED`.
 */
export function forbidAddresses(forbidden: readonly string[], dial?: Dial, resolve: typeof dns.lookup = dns.lookup): Dial {
  const networks = new BlockList();
  for (const network of forbidden.flatMap((text) => named[text] ?? [text])) {
    const [address = '', prefix = ''] = network.split('/');
    networks.addSubnet(address, Number(prefix), isIP(address) === 6 ? 'ipv6' : 'ipv4');
  }
  const isForbidden = (address: string): boolean => networks.check(address, isIP(address) === 6 ? 'ipv6' : 'ipv4');
  const lookup: LookupFunction = (host, options, callback) => {
    resolve(host, { ...options, all: true }, (error, found) => {
      if (error !== null) return callback(error, '');
      const [first, ...others] = found.filter(({ address }) => !isForbidden(address));
      if (first === undefined) return callback(notAllowed(host), '');
      if (options.all === true) callback(null, [first, ...others]);
      else callback(null, first.address, first.family);
    });
  };
  const inner = dial ?? createDial(lookup);
  return async (host, port, signal) => {
    if (isIP(host) !== 0 && isForbidden(host)) throw notAllowed(host);
    const socket = await inner(host, port, signal);
    if (socket.remoteAddress === undefined || !isForbidden(socket.remoteAddress)) return socket;
    socket.destroy();
    throw notAllowed(host);
  };
}

function notAllowed(host: string): HybridgeError {
  return new HybridgeError<RefusalCode>('AGENT_TARGET_NOT_ALLOWED', 'The address of this target is one that this agent must not connect to.', { facts: { host }, remedy: 'Check where the name leads; forbiddenAddresses in the configuration of the agent lists what is kept from it.' });
}
