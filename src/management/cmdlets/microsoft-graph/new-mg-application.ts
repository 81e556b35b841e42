import { randomUUID } from 'node:crypto';
import { defineTenantCmdlet } from '../tenant/tenant-context.ts';
import { replaceKeyCredentials } from '../tenant/replace-key-credentials.ts';
import { graphServicePrincipalOutput } from './graph-output.ts';

export const newMgApplication = defineTenantCmdlet({
  name: 'New-MgApplication',
  synopsis: 'Registers an application. Here its principal comes with it; New-MgServicePrincipal then shows that one.',
  parameters: {
    DisplayName: { type: 'string', mandatory: true, description: 'Name of the application.' },
    SignInAudience: { type: ['AzureADMyOrg'], ignored: true, description: 'Only AzureADMyOrg: an application of this tenant.' },
    RequiredResourceAccess: { type: 'anything', ignored: true, description: 'What an administrator is asked to consent to: @{ResourceAppId=…; ResourceAccess=@(@{Id=…; Type=…})}. Here the partner applications of an organisation say what an application may.' },
    KeyCredentials: { type: 'keyCredentials', description: "Certificates with which it proves itself: @{Type='AsymmetricX509Cert'; Usage='Verify'; Key=<bytes>}." },
  },
  example: "New-MgApplication -DisplayName 'ExchangeServerApp-a1135426-2740-4196-9c97-10ef5b3b5ea1' -SignInAudience AzureADMyOrg",
  async run(context, { DisplayName, KeyCredentials }) {
    const { directory, tenantId } = context;
    const appId = randomUUID();
    const created = await context.change(DisplayName, () => directory.createServicePrincipal(tenantId, { appId, displayName: DisplayName }));
    if (created === undefined) return [];
    if (KeyCredentials !== undefined) await replaceKeyCredentials(context, created.objectId, KeyCredentials);
    return [graphServicePrincipalOutput(await directory.getServicePrincipal(tenantId, appId))];
  },
});
