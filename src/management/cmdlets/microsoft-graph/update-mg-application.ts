import { defineTenantCmdlet } from '../tenant/tenant-context.ts';
import { replaceKeyCredentials } from '../tenant/replace-key-credentials.ts';

export const updateMgApplication = defineTenantCmdlet({
  name: 'Update-MgApplication',
  synopsis: 'Changes the certificates with which an application proves itself.',
  parameters: {
    ApplicationId: { type: 'guid', position: 0, pipeline: true, aliases: ['Id'], mandatory: true, description: 'Id of the application.' },
    KeyCredentials: { type: 'keyCredentials', mandatory: true, description: 'The whole list; those left out are taken away.' },
  },
  example: "Update-MgApplication -ApplicationId a1135426-2740-4196-9c97-10ef5b3b5ea1 -KeyCredentials @(@{Type='AsymmetricX509Cert'; Usage='Verify'; Key=[Convert]::FromBase64String($value)})",
  async run(context, { ApplicationId, KeyCredentials }) {
    await replaceKeyCredentials(context, ApplicationId, KeyCredentials);
    return [];
  },
});
