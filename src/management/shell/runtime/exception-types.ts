import { HybridgeError } from '../../../foundation/index.ts';
import { ShellError } from '../language/shell-error.ts';

const powerShell = 'System.Management.Automation';
const tasks = 'Microsoft.Exchange.Configuration.Tasks';
const noFile = ['System.IO.FileNotFoundException', `${powerShell}.ItemNotFoundException`, 'System.IO.IOException'];

/** What errors are to `catch [Type]` and to `GetType()`: the published exception, and others that the same thing is in other commands. */
const typesOfCodes: Readonly<Record<string, readonly string[]>> = {
  SHELL_COMMAND_NOT_FOUND: [`${powerShell}.CommandNotFoundException`],
  MANAGEMENT_CMDLET_NOT_FOUND: [`${powerShell}.CommandNotFoundException`],
  SHELL_PARAMETER: [`${powerShell}.ParameterBindingException`],
  MANAGEMENT_PARAMETER_UNKNOWN: [`${powerShell}.ParameterBindingException`],
  MANAGEMENT_PARAMETER_MISSING: [`${powerShell}.ParameterBindingException`],
  MANAGEMENT_PARAMETER_INVALID: [`${powerShell}.ParameterBindingException`],
  MANAGEMENT_OBJECT_NOT_FOUND: [`${tasks}.ManagementObjectNotFoundException`],
  MANAGEMENT_OBJECT_AMBIGUOUS: [`${tasks}.ManagementObjectAmbiguousException`],
  MANAGEMENT_OBJECT_EXISTS: ['Microsoft.Exchange.Data.Directory.ADObjectAlreadyExistsException'],
  SHELL_THROWN: [`${powerShell}.RuntimeException`],
  SHELL_CONVERSION: [`${powerShell}.PSInvalidCastException`, 'System.InvalidCastException', `${powerShell}.RuntimeException`],
  SHELL_FILE: noFile,
  CLI_SHELL_FILE: noFile,
};

function exceptionTypes(error: unknown): readonly string[] {
  // What was only given its place is what it was.
  for (let each = error; each instanceof ShellError; each = each.cause) if (each.exception !== undefined) return [each.exception];
  return (error instanceof HybridgeError ? typesOfCodes[error.code] : undefined) ?? [];
}

/** The whole name of what `$_.Exception` is. */
export function exceptionType(error: unknown): string {
  return exceptionTypes(error)[0] ?? (error instanceof ShellError ? `${powerShell}.RuntimeException` : 'System.Exception');
}

/** Whether a `catch` with these types takes an error; one without takes all. */
export function isCaughtBy(error: unknown, types: readonly string[]): boolean {
  const lastPart = (type: string): string => type.slice(type.lastIndexOf('.') + 1).toLowerCase();
  const own = new Set(exceptionTypes(error).map(lastPart));
  return types.length === 0 || types.some((type) => {
    const last = lastPart(type);
    return last === 'exception' || own.has(last) || (last === 'runtimeexception' && error instanceof ShellError);
  });
}
