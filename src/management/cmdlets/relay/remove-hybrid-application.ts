import { defineRelayCmdlet } from './relay-context.ts';

export const removeHybridApplication = defineRelayCmdlet({
  name: 'Remove-HybridApplication',
  synopsis: 'Stops publishing an application.',
  parameters: { AppId: { type: 'guid', mandatory: true, position: 0, pipeline: true, description: 'Endpoint GUID of the application.' } },
  example: 'Remove-HybridApplication -AppId 6ca7c832-49a2-4a5d-aeae-a616f6d4b8e7 -Credential (Get-Credential)',
  async run({ relay, change }, { AppId }) {
    await change(AppId, () => relay.removeApplication(AppId));
    return [];
  },
});
