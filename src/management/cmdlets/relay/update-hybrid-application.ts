import { ManagementError } from '../../management-error.ts';
import { applicationParameters, settingsOf } from './application-parameters.ts';
import { applicationOutput, defineRelayCmdlet, targetUriParameter } from './relay-context.ts';

export const updateHybridApplication = defineRelayCmdlet({
  name: 'Update-HybridApplication',
  synopsis: 'Leads an application to another on-premises address, or changes other settings, and shows it.',
  parameters: {
    AppId: { type: 'guid', mandatory: true, position: 0, pipeline: true, description: 'Endpoint GUID of the application.' },
    TargetUri: targetUriParameter,
    ...applicationParameters,
  },
  example: 'Update-HybridApplication -TargetUri "https://myloadbalancer.com" -AppId 6ca7c832-49a2-4a5d-aeae-a616f6d4b8e7 -Credential (Get-Credential)',
  async run(context, { AppId, ...given }) {
    if (Object.keys(given).length === 0) throw new ManagementError('MANAGEMENT_INVALID_VALUE', 'Nothing to change was given.', { remedy: 'Give -TargetUri or another setting.' });
    const before = await context.relay.getApplication(AppId);
    const updated = await context.change(AppId, () => context.relay.updateApplication(AppId, settingsOf(given, before)));
    return updated === undefined ? [] : [applicationOutput(updated)];
  },
});
