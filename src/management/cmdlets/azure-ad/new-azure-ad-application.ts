import { randomUUID } from 'node:crypto';
import { valuesOf } from '../../binding/parameter-definition.ts';
import { replaceKeyCredentials } from '../tenant/replace-key-credentials.ts';
import { defineTenantCmdlet } from '../tenant/tenant-context.ts';
import { azureAdApplicationOutput } from './azure-ad-output.ts';

export const newAzureAdApplication = defineTenantCmdlet({
  name: 'New-AzureADApplication',
  synopsis: 'Registers an application. Here its principal comes with it; New-AzureADServicePrincipal then shows that one.',
  parameters: {
    DisplayName: { type: 'string', mandatory: true, description: 'Name of the application.' },
    IdentifierUris: { type: 'string', many: true, description: 'Names that tokens may be asked for.' },
    ReplyUrls: { type: 'string', many: true, description: 'Where its sign-ins may end.' },
    PublicClient: { type: 'boolean', description: '$true: an installed application, which has no secret.' },
    GroupMembershipClaims: { type: ['None', 'SecurityGroup', 'All'], description: 'Whether tokens for it name the groups of the person.' },
    IsDisabled: { type: 'boolean', description: '$true: no tokens for it and by it.' },
    KeyCredentials: { type: 'keyCredentials', description: "Certificates with which it proves itself: @{Type='AsymmetricX509Cert'; Usage='Verify'; Value=<base64>}." },
    AvailableToOtherTenants: { type: ['False'], ignored: true, description: 'Only $false: an application of this tenant.' },
    SignInAudience: { type: ['AzureADMyOrg'], ignored: true, description: 'Only AzureADMyOrg: an application of this tenant.' },
  },
  example: "New-AzureADApplication -DisplayName 'Intranet' -IdentifierUris 'https://intranet.contoso.test'",
  async run(context, { DisplayName, IdentifierUris, ReplyUrls, PublicClient, GroupMembershipClaims, IsDisabled, KeyCredentials }) {
    const { directory, tenantId } = context;
    const made = await context.change(DisplayName, () =>
      directory.createServicePrincipal(tenantId, {
        appId: randomUUID(),
        displayName: DisplayName,
        ...(IdentifierUris === undefined ? {} : { servicePrincipalNames: [...valuesOf(IdentifierUris)] }),
        ...(ReplyUrls === undefined ? {} : { redirectUris: [...valuesOf(ReplyUrls)] }),
        ...(PublicClient === undefined ? {} : { publicClient: PublicClient }),
        ...(GroupMembershipClaims === undefined ? {} : { emitsGroups: GroupMembershipClaims !== 'None' }),
        ...(IsDisabled === undefined ? {} : { enabled: !IsDisabled }),
      }),
    );
    if (made === undefined) return [];
    if (KeyCredentials !== undefined) await replaceKeyCredentials(context, made.objectId, KeyCredentials);
    return [azureAdApplicationOutput(await directory.getServicePrincipal(tenantId, made.objectId))];
  },
});
