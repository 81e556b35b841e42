import { replaceKeyCredentials } from '../tenant/replace-key-credentials.ts';
import { applicationParameters, applicationSettings } from './application-settings.ts';
import { defineGraphWriter } from './define-graph-writer.ts';

export const updateMgApplication = defineGraphWriter({
  name: 'Update-MgApplication',
  synopsis: 'Changes an application: its name, the names that tokens may be asked for, where its sign-ins may end, its roles, its certificates.',
  parameters: {
    ApplicationId: { type: 'guid', pipeline: true, aliases: ['ObjectId', 'Id'], mandatory: true, description: 'Id of the application, or its application id.' },
    ...applicationParameters,
    KeyCredentials: { type: 'keyCredentials', description: 'The whole list; those left out are taken away.' },
  },
  example: "Update-MgApplication -ApplicationId a1135426-2740-4196-9c97-10ef5b3b5ea1 -KeyCredentials @(@{Type='AsymmetricX509Cert'; Usage='Verify'; Key=[Convert]::FromBase64String($value)})",
  async run(context, { ApplicationId, KeyCredentials, ...given }) {
    const settings = applicationSettings(given);
    if (KeyCredentials !== undefined) await replaceKeyCredentials(context, ApplicationId, KeyCredentials);
    if (Object.keys(settings).length === 0) return [];
    const { displayName, objectId } = await context.directory.getServicePrincipal(context.tenantId, ApplicationId);
    await context.change(displayName, () => context.directory.updateServicePrincipal(context.tenantId, objectId, settings));
    return [];
  },
});
