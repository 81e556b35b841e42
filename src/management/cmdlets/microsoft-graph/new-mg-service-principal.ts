import { changeServicePrincipal } from '../tenant/change-service-principal.ts';
import { replaceKeyCredentials } from '../tenant/replace-key-credentials.ts';
import { defineGraphWriter, requireProperties } from './define-graph-writer.ts';
import { graphServicePrincipalOutput } from './graph-output.ts';

export const newMgServicePrincipal = defineGraphWriter({
  name: 'New-MgServicePrincipal',
  synopsis: 'Lets the tenant use an application. Here an application of the tenant has its principal from the beginning: it is shown.',
  parameters: {
    AppId: { type: 'guid', description: 'Application id, from Get-MgApplication. Microsoft Graph insists on it.' },
    AccountEnabled: { type: 'switch', description: '-AccountEnabled:$false: no tokens for it and by it.' },
    ServicePrincipalNames: { type: 'string', many: true, description: 'Names that tokens may be asked for. The application id is always among them.' },
    KeyCredentials: { type: 'keyCredentials', description: "Certificates with which it proves itself: @{Type='AsymmetricX509Cert'; Usage='Verify'; Key=<bytes>}." },
    ServicePrincipalType: { type: ['Application'], ignored: true, description: 'Only Application.' },
    Tags: { type: 'string', many: true, ignored: true, description: 'Accepted and without effect: they steer lists of the portal.' },
  },
  example: 'New-MgServicePrincipal -AppId a1135426-2740-4196-9c97-10ef5b3b5ea1',
  async run(context, given) {
    requireProperties('ServicePrincipal', given, ['AppId']);
    await changeServicePrincipal(context, given.AppId, { names: given.ServicePrincipalNames, enabled: given.AccountEnabled });
    if (given.KeyCredentials !== undefined) await replaceKeyCredentials(context, given.AppId, given.KeyCredentials);
    return [graphServicePrincipalOutput(await context.directory.getServicePrincipal(context.tenantId, given.AppId))];
  },
});
