import type { ParameterDefinition, ParameterDefinitions } from '../../binding/parameter-definition.ts';
import { configurationRefusals } from './configuration-refusals.ts';
import { directoryRefusals } from './directory-refusals.ts';
import { lookupRefusals } from './lookup-refusals.ts';
import { recipientRefusals } from './recipient-refusals.ts';
import { transportRefusals } from './transport-refusals.ts';

const byCmdlet = new Map<string, Record<string, ParameterDefinition>>();
for (const { because, of, names, side, accepted } of [...configurationRefusals, ...directoryRefusals, ...lookupRefusals, ...recipientRefusals, ...transportRefusals]) {
  const definition: ParameterDefinition = { ...(accepted === true ? { type: 'switch', ignored: true } : { type: 'anything', refused: 'unlessFalse' }), description: because, ...(side === undefined ? {} : { side }) };
  for (const cmdlet of of) {
    const known = byCmdlet.get(cmdlet) ?? {};
    for (const name of names) known[name] = definition;
    byCmdlet.set(cmdlet, known);
  }
}

/**
 * The published parameters of a cmdlet that nothing here could heed. Whoever passes one reads why; `$false` and `$null`
 * pass, because they ask for what is so anyway.
 */
export function refusedParametersOf(cmdlet: string): ParameterDefinitions {
  return byCmdlet.get(cmdlet) ?? {};
}

/** The cmdlets that the tables name. */
export function cmdletsWithRefusals(): readonly string[] {
  return [...byCmdlet.keys()];
}
