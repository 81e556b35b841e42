import { ShellError } from '../language/shell-error.ts';
import { itemsOf, toText } from '../runtime/convert.ts';
import type { ShellCommand } from '../runtime/shell-state.ts';
import { shortTypeName } from '../runtime/types.ts';
import type { ShellValue } from '../runtime/values.ts';
import { Hashtable, SecureText, ShellObject, createCredential } from '../runtime/values.ts';

export const newObject: ShellCommand = {
  name: 'New-Object',
  aliases: [],
  synopsis: 'Makes a credential, an object with properties, or an empty list.',
  example: 'New-Object System.Management.Automation.PSCredential($user, $password)',
  parameters: { TypeName: { type: 'value', position: 0 }, ArgumentList: { type: 'value', position: 1, remaining: true, aliases: ['Args'] }, Property: { type: 'value' } },
  async *run(call) {
    const type = toText(call.parameters.get('TypeName') ?? null);
    const given = itemsOf(call.parameters.get('ArgumentList') ?? null).flatMap((item) => itemsOf(item));
    yield create(type, given, call.parameters.get('Property') ?? null, call.extent);
  },
};

function create(type: string, given: readonly ShellValue[], property: ShellValue, extent: { start: number; end: number }): ShellValue {
  const short = shortTypeName(type);
  if (short === 'pscredential') {
    const [userName = null, password = null] = given;
    if (!(password instanceof SecureText)) throw new ShellError('SHELL_PARAMETER', 'A PSCredential needs a user name and a SecureString.', { extent, remedy: 'Make the password with ConvertTo-SecureString or Read-Host -AsSecureString.' });
    return createCredential(toText(userName), password);
  }
  if (short === 'psobject') return new ShellObject(property instanceof Hashtable ? property.entries : []);
  // Of the AzureAD module (Microsoft.Open.AzureAD.Model): an object whose properties are set afterwards.
  if (/passwordprofile$/i.test(type)) return new ShellObject([['Password', null], ['ForceChangePasswordNextLogin', null], ['EnforceChangePasswordPolicy', null], ...(property instanceof Hashtable ? property.entries : [])]);
  if (short === 'hashtable') return new Hashtable();
  if (/(?:arraylist|list(?:\[.*\])?)$/i.test(type)) return [];
  throw new ShellError('SHELL_NOT_SUPPORTED', `Cannot find type [${type}]: verify that the assembly containing this type is loaded.`, { extent, remedy: 'Known here are PSCredential, PSObject, PasswordProfile, Hashtable and ArrayList.' });
}
