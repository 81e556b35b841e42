import { randomUUID } from 'node:crypto';
import { replaceKeyCredentials } from '../tenant/replace-key-credentials.ts';
import { applicationParameters, applicationSettings } from './application-settings.ts';
import { defineGraphWriter, requireProperties } from './define-graph-writer.ts';
import { graphServicePrincipalOutput } from './graph-output.ts';

export const newMgApplication = defineGraphWriter({
  name: 'New-MgApplication',
  synopsis: 'Registers an application. Here its principal comes with it; New-MgServicePrincipal then shows that one.',
  parameters: {
    ...applicationParameters,
    KeyCredentials: { type: 'keyCredentials', description: "Certificates with which it proves itself: @{Type='AsymmetricX509Cert'; Usage='Verify'; Key=<bytes>}." },
  },
  example: "New-MgApplication -DisplayName 'ExchangeServerApp-a1135426-2740-4196-9c97-10ef5b3b5ea1' -SignInAudience AzureADMyOrg",
  async run(context, given) {
    const { directory, tenantId } = context;
    requireProperties('Application', given, ['DisplayName']);
    const { DisplayName, KeyCredentials } = given;
    const appId = randomUUID();
    const created = await context.change(DisplayName, () => directory.createServicePrincipal(tenantId, { appId, displayName: DisplayName, ...applicationSettings(given) }));
    if (created === undefined) return [];
    if (KeyCredentials !== undefined) await replaceKeyCredentials(context, created.objectId, KeyCredentials);
    return [graphServicePrincipalOutput(await directory.getServicePrincipal(tenantId, appId))];
  },
});
