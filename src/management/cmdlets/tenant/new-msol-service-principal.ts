import { randomUUID } from 'node:crypto';
import { valuesOf } from '../../binding/parameter-definition.ts';
import { certificateCredential } from './certificate-credential.ts';
import { defineTenantCmdlet, servicePrincipalOutput } from './tenant-context.ts';

export const newMsolServicePrincipal = defineTenantCmdlet({
  name: 'New-MsolServicePrincipal',
  synopsis: 'Lets the tenant use an application. Its certificate comes with -Value, others with New-MsolServicePrincipalCredential.',
  parameters: {
    DisplayName: { type: 'string', mandatory: true, description: 'Name of the application.' },
    AppPrincipalId: { type: 'guid', description: 'Application id; one is made up where none is given.' },
    ServicePrincipalNames: { type: 'string', many: true, description: 'Names that tokens may be asked for. The application id is always among them.' },
    Type: { type: ['Asymmetric', 'Symmetric', 'Password'], description: 'With -Value only Asymmetric: a certificate.' },
    Usage: { type: ['Verify', 'Sign'], description: 'Only Verify.' },
    Value: { type: 'string', description: 'A certificate with which it proves itself, base64 DER.' },
    StartDate: { type: 'dateTime', description: 'Default: the certificate’s own.' },
    EndDate: { type: 'dateTime', description: 'Default: the certificate’s own.' },
    AccountEnabled: { type: 'boolean', description: '$false: no tokens for it and by it.' },
  },
  example: "New-MsolServicePrincipal -DisplayName 'Intranet' -ServicePrincipalNames 'https://intranet.contoso.test'",
  async run({ directory, tenantId, change }, { DisplayName, AppPrincipalId, ServicePrincipalNames, Type, Usage, Value, StartDate, EndDate, AccountEnabled }) {
    const certificate = Value === undefined ? undefined : certificateCredential({ Type, Usage, Value, StartDate, EndDate });
    const made = await change(DisplayName, () =>
      directory.createServicePrincipal(tenantId, {
        appId: AppPrincipalId ?? randomUUID(),
        displayName: DisplayName,
        ...(ServicePrincipalNames === undefined ? {} : { servicePrincipalNames: [...valuesOf(ServicePrincipalNames)] }),
        ...(AccountEnabled === undefined ? {} : { enabled: AccountEnabled }),
      }),
    );
    if (made === undefined) return [];
    if (certificate !== undefined) await directory.addKeyCredential(tenantId, made.objectId, certificate);
    return [servicePrincipalOutput(made)];
  },
});
