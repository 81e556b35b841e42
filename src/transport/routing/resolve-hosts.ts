import type { NextHop } from './next-hop.ts';

/** MX records of a domain. Rejects as `node:dns` does; `ENODATA` and `ENOTFOUND` mean that there are none. */
export type ResolveMx = (domain: string) => Promise<readonly { exchange: string; priority: number }[]>;

/** The hosts that take mail for a domain, in the order in which they are tried; `null-mx` where it takes none (RFC 7505). */
export async function hostsOf(hop: NextHop, domain: string, resolveMx: ResolveMx): Promise<readonly string[] | 'null-mx'> {
  if (hop.hosts !== undefined) return shuffled(hop.hosts);
  const records = await resolveMx(domain).catch((error: unknown) => {
    const code = (error as { code?: string }).code;
    if (code === 'ENODATA' || code === 'ENOTFOUND') return [];
    throw error;
  });
  // RFC 5321 §5.1: without MX records the domain itself is the host.
  if (records.length === 0) return [domain];
  if (records.length === 1 && (records[0]?.exchange ?? '') === '') return 'null-mx';
  return shuffled(records).toSorted((a, b) => a.priority - b.priority).map(({ exchange }) => exchange);
}

function shuffled<Value>(values: readonly Value[]): readonly Value[] {
  return values.map((value) => ({ value, at: Math.random() })).sort((a, b) => a.at - b.at).map(({ value }) => value);
}
