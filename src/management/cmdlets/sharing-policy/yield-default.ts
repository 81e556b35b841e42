import { setConfiguration } from '../configuration-cmdlets.ts';
import type { ExchangeContext } from '../exchange-context.ts';

/** One policy is the default one: the former one is not any more. */
export async function yieldDefault(context: ExchangeContext, to: string): Promise<void> {
  const others = (await context.organization.configuration.list('SharingPolicy')).filter((policy) => policy.properties.Default && policy.name.toLowerCase() !== to.toLowerCase());
  for (const other of others) await setConfiguration(context, 'SharingPolicy', other, { Default: false });
}
