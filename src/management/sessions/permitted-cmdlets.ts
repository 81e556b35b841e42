import { request } from 'undici';
import { z } from 'zod';
import type { ConnectExchangeOptions } from './connect-exchange.ts';

const answerSchema = z.object({ value: z.array(z.object({ Name: z.string(), Parameters: z.array(z.string()) })) });

/**
 * Asks an organisation of ours which cmdlets, with which parameters, the caller's roles give: what a session with
 * Exchange imports. Undefined where the answer is not ours (the real service has no such door), or does not come.
 */
export async function permittedCmdlets(options: ConnectExchangeOptions): Promise<PermittedCmdlets | undefined> {
  try {
    const url = new URL(`/adminapi/hybridge/${encodeURIComponent(options.tenant)}/Cmdlets`, options.url);
    const response = await request(url, { dispatcher: options.httpClient, headers: { authorization: await options.authorization(), accept: 'application/json' }, signal: AbortSignal.timeout(10_000) });
    if (response.statusCode !== 200) {
      await response.body.dump();
      return undefined;
    }
    const { value } = answerSchema.parse(await response.body.json());
    return new Map(value.map(({ Name, Parameters }) => [Name.toLowerCase(), new Set(Parameters)]));
  } catch {
    // Nothing depends on the list but what is shown: whoever calls a cmdlet hears what is wrong.
    return undefined;
  }
}

/** Lower-case names of cmdlets, each with the published names of its parameters. */
export type PermittedCmdlets = ReadonlyMap<string, ReadonlySet<string>>;
