import { valuesOf } from '../../binding/parameter-definition.ts';
import { ManagementError } from '../../management-error.ts';
import { defineTenantCmdlet, namedServicePrincipal, servicePrincipalParameters } from './tenant-context.ts';

export const removeMsolServicePrincipalCredential = defineTenantCmdlet({
  name: 'Remove-MsolServicePrincipalCredential',
  synopsis: 'Takes certificates or secrets away from an application.',
  parameters: {
    ...servicePrincipalParameters,
    KeyIds: { type: 'guid', many: true, mandatory: true, description: 'Key ids, from Get-MsolServicePrincipalCredential.' },
  },
  example: 'Remove-MsolServicePrincipalCredential -KeyIds @("6a1f1b9c-2c43-4b4e-9a44-7d3f5a3f6c11") -AppPrincipalId 00000002-0000-0ff1-ce00-000000000000',
  async run(context, { KeyIds, ...named }) {
    const keyIds = valuesOf(KeyIds);
    const principal = await namedServicePrincipal(context, named);
    const known = new Set([...principal.keyCredentials, ...principal.passwordCredentials].map((credential) => credential.keyId.toLowerCase()));
    const unknown = keyIds.find((keyId) => !known.has(keyId));
    if (unknown !== undefined) throw new ManagementError('MANAGEMENT_OBJECT_NOT_FOUND', `There is no credential with the key id ${unknown}.`, { facts: { keyId: unknown } });
    for (const keyId of keyIds) {
      await context.change(`${principal.displayName}, ${keyId}`, () => context.directory.removeCredential(context.tenantId, principal.objectId, keyId));
    }
    return [];
  },
});
