import { toText } from '../runtime/convert.ts';
import { ownProperty } from '../runtime/members.ts';
import type { CommandCall } from '../runtime/shell-state.ts';
import { inputValues, textsOf } from './pipeline-values.ts';

/** The files that `-Path` names, or that come through the pipe: as texts, or as `Get-ChildItem` gives them. */
export async function pathsOf(call: CommandCall): Promise<string[]> {
  if (call.parameters.has('Path') || call.input === undefined) return textsOf(call.parameters.get('Path'));
  const paths: string[] = [];
  for await (const value of inputValues(call)) paths.push(toText(ownProperty(value, 'FullName') ?? ownProperty(value, 'Path') ?? value));
  return paths;
}
