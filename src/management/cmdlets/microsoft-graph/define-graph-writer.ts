import { bindParameters } from '../../binding/bind-parameters.ts';
import type { BoundParameters, ParameterDefinition, ParameterDefinitions } from '../../binding/parameter-definition.ts';
import { ManagementError } from '../../management-error.ts';
import type { Cmdlet, CmdletDefinition } from '../define-cmdlet.ts';
import { refusedParametersOf } from '../refusals/refused-parameters.ts';
import type { TenantContext } from '../tenant/tenant-context.ts';
import { defineTenantCmdlet } from '../tenant/tenant-context.ts';

const bodyParameter = { type: 'hashtable', description: 'The object’s properties as one hashtable, by Microsoft Graph’s own names, in place of the parameters: @{displayName=\'…\'}.' } as const;

/**
 * Describes a cmdlet of Microsoft Graph that writes: what stands in `-BodyParameter` is read as the parameters of the
 * same names are. Mandatory parameters name the object and stand outside of it.
 */
export function defineGraphWriter<const Definitions extends ParameterDefinitions>(definition: Omit<CmdletDefinition<TenantContext, Definitions>, 'roles'>): Cmdlet<TenantContext> {
  const inBody = Object.fromEntries(Object.entries({ ...refusedParametersOf(definition.name), ...definition.parameters } as Record<string, ParameterDefinition>).filter(([name, { mandatory }]) => mandatory !== true && name !== 'InputObject'));
  return defineTenantCmdlet({
    ...definition,
    parameters: { ...definition.parameters, BodyParameter: bodyParameter },
    run(context, parameters) {
      const { BodyParameter, ...given } = parameters as { BodyParameter?: Readonly<Record<string, unknown>> };
      return definition.run(context, { ...given, ...readBody(BodyParameter, given, inBody) } as BoundParameters<Definitions>);
    },
  });
}

function readBody(body: Readonly<Record<string, unknown>> | undefined, given: Readonly<Record<string, unknown>>, definitions: ParameterDefinitions): Readonly<Record<string, unknown>> {
  if (body === undefined) return {};
  if (Object.keys(given).some((name) => name in definitions)) throw new ManagementError('MANAGEMENT_PARAMETER_INVALID', 'Parameter set cannot be resolved using the specified named parameters.', { remedy: 'Write all properties into -BodyParameter, or none.' });
  for (const name of Object.keys(body)) {
    const known = Object.keys(definitions).some((parameter) => parameter.toLowerCase() === name.toLowerCase());
    if (!known) throw new ManagementError('MANAGEMENT_PARAMETER_INVALID', `[Request_BadRequest] : Invalid property '${name.slice(0, 100)}'.`, { facts: { property: name } });
  }
  return bindParameters({ definitions, changes: false }, body).parameters;
}

/** @throws ManagementError `MANAGEMENT_PARAMETER_MISSING`, in Microsoft Graph's words, for what the object cannot be without */
export function requireProperties<Name extends string, Given extends Partial<Record<Name, unknown>>>(resource: string, given: Given, names: readonly Name[]): asserts given is Given & { [Key in Name]-?: Exclude<Given[Key], undefined> } {
  const missing = names.find((name) => given[name] === undefined);
  if (missing === undefined) return;
  const property = `${missing.charAt(0).toLowerCase()}${missing.slice(1)}`;
  throw new ManagementError('MANAGEMENT_PARAMETER_MISSING', `[Request_BadRequest] : A value is required for property '${property}' of resource '${resource}'.`, { facts: { property }, remedy: `Give -${missing}.` });
}
