import type { Dial } from '../foundation/index.ts';
import { systemDial } from '../foundation/index.ts';

/**
 * Dials `name:port` as `otherName:otherPort` where it is listed, like curl's `--connect-to`: for names that the resolver
 * of this machine does not know or answers for others. Certificates are still checked against the name that was asked for.
 */
export function connectTo(places: Readonly<Record<string, string>>, dial: Dial = systemDial): Dial {
  const listed = new Map(Object.entries(places).map(([from, to]) => [from.toLowerCase(), splitPlace(to)]));
  return (host, port, signal) => {
    const place = listed.get(`${host.toLowerCase()}:${port}`);
    return place === undefined ? dial(host, port, signal) : dial(place.host, place.port, signal);
  };
}

/** `host:port`, an IPv6 address in brackets. */
export const placePattern = /^(?:\[[0-9a-f:.]+\]|[^\s:/[\]]+):\d{1,5}$/i;

function splitPlace(place: string): { host: string; port: number } {
  const at = place.lastIndexOf(':');
  return { host: place.slice(0, at).replace(/^\[|\]$/g, ''), port: Number(place.slice(at + 1)) };
}
