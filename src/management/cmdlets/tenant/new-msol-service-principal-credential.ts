import { certificateCredential } from './certificate-credential.ts';
import { defineTenantCmdlet, namedServicePrincipal, servicePrincipalParameters } from './tenant-context.ts';

export const newMsolServicePrincipalCredential = defineTenantCmdlet({
  name: 'New-MsolServicePrincipalCredential',
  synopsis: 'Registers a certificate with which an application proves itself.',
  parameters: {
    ...servicePrincipalParameters,
    Type: { type: ['Asymmetric', 'Symmetric', 'Password'], description: 'Only Asymmetric: a certificate.' },
    Usage: { type: ['Verify', 'Sign'], description: 'Only Verify.' },
    Value: { type: 'string', description: 'The certificate, base64 DER. No key is made up here.' },
    StartDate: { type: 'dateTime', description: 'Default: the certificate’s own.' },
    EndDate: { type: 'dateTime', description: 'Default: the certificate’s own.' },
  },
  example: 'New-MsolServicePrincipalCredential -AppPrincipalId 00000002-0000-0ff1-ce00-000000000000 -Type Asymmetric -Usage Verify -Value $credValue',
  async run(context, { Type, Usage, Value, StartDate, EndDate, ...named }) {
    const certificate = certificateCredential({ Type, Usage, Value, StartDate, EndDate });
    const principal = await namedServicePrincipal(context, named);
    await context.change(principal.displayName, () => context.directory.addKeyCredential(context.tenantId, principal.objectId, certificate));
    return [];
  },
});
