import { HybridgeError } from '../../../foundation/index.ts';

/** What errors are to `catch [Type]`: the last part of the published exception's name. */
const typesOfCodes: Readonly<Record<string, string>> = {
  SHELL_COMMAND_NOT_FOUND: 'CommandNotFoundException',
  MANAGEMENT_CMDLET_NOT_FOUND: 'CommandNotFoundException',
  SHELL_PARAMETER: 'ParameterBindingException',
  MANAGEMENT_PARAMETER_UNKNOWN: 'ParameterBindingException',
  MANAGEMENT_PARAMETER_MISSING: 'ParameterBindingException',
  MANAGEMENT_PARAMETER_INVALID: 'ParameterBindingException',
  MANAGEMENT_OBJECT_NOT_FOUND: 'ManagementObjectNotFoundException',
  MANAGEMENT_OBJECT_AMBIGUOUS: 'ManagementObjectAmbiguousException',
  MANAGEMENT_OBJECT_EXISTS: 'ADObjectAlreadyExistsException',
  SHELL_THROWN: 'RuntimeException',
  SHELL_CONVERSION: 'RuntimeException',
};

/** Whether a `catch` with these types takes an error; one without takes all. */
export function isCaughtBy(error: unknown, types: readonly string[]): boolean {
  const own = error instanceof HybridgeError ? typesOfCodes[error.code]?.toLowerCase() : undefined;
  return types.length === 0 || types.some((type) => {
    const last = type.slice(type.lastIndexOf('.') + 1).toLowerCase();
    return last === 'exception' || last === own || (last === 'runtimeexception' && own !== undefined && own !== 'managementobjectnotfoundexception');
  });
}
