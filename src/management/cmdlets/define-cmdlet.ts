import type { ManagementRoleName } from '../access/management-roles.ts';
import type { BoundParameters, ParameterDefinitions } from '../binding/parameter-definition.ts';

/** A plain property bag: published names, published order. Dates are ISO 8601 in UTC, absent values null. */
export type OutputObject = Readonly<Record<string, unknown>>;

export interface CmdletDefinition<Context, Definitions extends ParameterDefinitions> {
  /** `Verb-Noun`, published spelling. */
  name: string;
  /** One sentence. */
  synopsis: string;
  parameters: Definitions;
  /** Property names of what comes out, where the cmdlet's own file fixes them. */
  outputs?: readonly string[];
  /** A line that runs as printed. */
  example: string;
  /** Management roles that hold it. Empty: whoever may use the session. */
  roles: readonly ManagementRoleName[];
  /** Where it exists; on both sides by default. */
  side?: 'OnPremises' | 'Cloud';
  run(context: Context, parameters: BoundParameters<Definitions>): Promise<readonly OutputObject[]>;
}

/** A cmdlet as the machinery sees it: data, and a handler that takes parameters which binding has checked. */
export interface Cmdlet<Context> {
  readonly name: string;
  readonly synopsis: string;
  readonly parameters: ParameterDefinitions;
  readonly outputs: readonly string[] | undefined;
  readonly example: string;
  readonly roles: readonly ManagementRoleName[];
  readonly side: 'OnPremises' | 'Cloud' | undefined;
  /** True when it can change something: it takes `-WhatIf` and is audited. */
  readonly changes: boolean;
  run(context: Context, parameters: Readonly<Record<string, unknown>>): Promise<readonly OutputObject[]>;
}

const readingVerbs = new Set(['get', 'search', 'test', 'export']);

/** Describes a cmdlet. The handler's parameters are typed from the definitions, because binding makes them so. */
export function defineCmdlet<Context, const Definitions extends ParameterDefinitions>(definition: CmdletDefinition<Context, Definitions>): Cmdlet<Context> {
  const verb = definition.name.slice(0, definition.name.indexOf('-')).toLowerCase();
  return {
    name: definition.name,
    synopsis: definition.synopsis,
    parameters: definition.parameters,
    outputs: definition.outputs,
    example: definition.example,
    roles: definition.roles,
    side: definition.side,
    changes: !readingVerbs.has(verb),
    run: (context, parameters) => definition.run(context, parameters as BoundParameters<Definitions>),
  };
}
