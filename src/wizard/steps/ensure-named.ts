import type { CmdletInvocation } from '../../management/index.ts';
import { differences, given, textOf } from '../observed.ts';
import type { StepView } from '../plan.ts';

export interface WantedObject {
  session: 'OnPremises' | 'Cloud';
  noun: string;
  name: string;
  wanted: Readonly<Record<string, unknown>>;
}

/** The cmdlet that makes or mends an object of that name; none where it is as wanted. */
export async function ensureNamed({ get }: StepView, { session, noun, name, wanted }: WantedObject): Promise<readonly CmdletInvocation[]> {
  const found = (await get(session, `Get-${noun}`)).find((object) => textOf(object, 'Name').toLowerCase() === name.toLowerCase());
  if (found === undefined) return [{ session, cmdlet: `New-${noun}`, parameters: { Name: name, ...given(wanted) } }];
  const different = differences(found, wanted);
  return Object.keys(different).length === 0 ? [] : [{ session, cmdlet: `Set-${noun}`, parameters: { Identity: name, ...different } }];
}
