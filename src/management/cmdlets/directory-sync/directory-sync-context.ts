import type { BoundParameters, ParameterDefinitions } from '../../binding/parameter-definition.ts';
import type { DirectorySyncMeans } from '../../directory-sync/run-sync-cycle.ts';
import type { LocalContext } from '../../sessions/create-local-session.ts';
import type { Cmdlet, CmdletDefinition, OutputObject } from '../define-cmdlet.ts';
import { defineCmdlet } from '../define-cmdlet.ts';

export type DirectorySyncContext = DirectorySyncMeans & LocalContext;

/** Describes a cmdlet of the ADSync module, which lives on the server that synchronises. */
export function defineDirectorySyncCmdlet<const Definitions extends ParameterDefinitions>(definition: Omit<CmdletDefinition<DirectorySyncContext, Definitions>, 'roles'>): Cmdlet<DirectorySyncContext> {
  const run = (context: DirectorySyncContext, parameters: unknown): Promise<readonly OutputObject[]> => definition.run(context, parameters as BoundParameters<Definitions>);
  return defineCmdlet({ ...definition, roles: [], run });
}
