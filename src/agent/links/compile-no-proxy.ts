import { BlockList, isIP } from 'node:net';

/**
 * Reads a list in the form of NO_PROXY as curl does (curl(1), `--noproxy`): entries between commas or blanks, each a host
 * with all below it (`contoso.local`, `.contoso.local` and `*.contoso.local` mean the same), an address, a network such as
 * `10.0.0.0/8`, or `*` for everything; a port may follow a host (`relay.example:443`, `[2001:db8::1]:443`). Networks are
 * compared with addresses only: names are not resolved for them.
 *
 * @returns whether a place is reached without the proxy
 */
export function compileNoProxy(list: string): (host: string, port: number) => boolean {
  const entries = list.toLowerCase().split(/[\s,]+/).filter((entry) => entry !== '');
  if (entries.includes('*')) return () => true;
  const networks = new BlockList();
  const places = entries.filter((entry) => !addNetwork(networks, entry)).map(readPlace);
  return (host, port) => {
    const name = host.toLowerCase().replace(/\.$/, '');
    const version = isIP(name);
    if (version !== 0 && networks.check(name, version === 6 ? 'ipv6' : 'ipv4')) return true;
    return places.some((place) => (place.port === undefined || place.port === port) && (place.host === name || (version === 0 && name.endsWith(`.${place.host}`))));
  };
}

/** A network that is none counts as a host that nothing has: what is wrong there leads to the proxy. */
function addNetwork(networks: BlockList, entry: string): boolean {
  const [, address = '', bits = ''] = /^([0-9a-f.:]+)\/(\d{1,3})$/.exec(entry) ?? [];
  const version = isIP(address);
  if (version === 0 || Number(bits) > (version === 6 ? 128 : 32)) return false;
  networks.addSubnet(address, Number(bits), version === 6 ? 'ipv6' : 'ipv4');
  return true;
}

function readPlace(entry: string): { host: string; port: number | undefined } {
  // An IPv6 address is all host; in brackets, and elsewhere, a port may follow.
  const [, name = entry, port] = (isIP(entry) === 6 ? null : /^(.*):(\d+)$/.exec(entry)) ?? [];
  return { host: name.replace(/^\[(.*)\]$/, '$1').replace(/^\*?\./, '').replace(/\.$/, ''), port: port === undefined ? undefined : Number(port) };
}
