import { defineTenantCmdlet, namedServicePrincipal, servicePrincipalParameters } from './tenant-context.ts';

export const getMsolServicePrincipalCredential = defineTenantCmdlet({
  name: 'Get-MsolServicePrincipalCredential',
  synopsis: 'Shows the certificates and secrets with which an application proves itself.',
  parameters: {
    ...servicePrincipalParameters,
    ReturnKeyValues: { type: 'boolean', description: '$true also gives the certificates themselves, base64 DER. Secrets are never given.' },
  },
  example: 'Get-MsolServicePrincipalCredential -ServicePrincipalName "00000002-0000-0ff1-ce00-000000000000" -ReturnKeyValues $true',
  async run(context, { ReturnKeyValues, ...named }) {
    const principal = await namedServicePrincipal(context, named);
    const iso = (at: number): string => new Date(at).toISOString();
    return [
      ...principal.keyCredentials.map((credential) => ({
        Type: 'Asymmetric',
        Value: ReturnKeyValues === true ? credential.value : null,
        KeyId: credential.keyId,
        StartDate: iso(credential.startDate),
        EndDate: iso(credential.endDate),
        Usage: credential.usage,
      })),
      ...principal.passwordCredentials.map((credential) => ({
        Type: 'Password',
        Value: null,
        KeyId: credential.keyId,
        StartDate: iso(credential.startDate),
        EndDate: iso(credential.endDate),
        Usage: 'Verify',
      })),
    ];
  },
});
