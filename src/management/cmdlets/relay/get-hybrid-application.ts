import { applicationOutput, defineRelayCmdlet } from './relay-context.ts';

export const getHybridApplication = defineRelayCmdlet({
  name: 'Get-HybridApplication',
  synopsis: 'Shows what the relay publishes, and where it leads. Without AppId: all applications.',
  parameters: { AppId: { type: 'guid', position: 0, pipeline: true, description: 'Endpoint GUID of the application.' } },
  example: 'Get-HybridApplication -AppId 6ca7c832-49a2-4a5d-aeae-a616f6d4b8e7 -Credential (Get-Credential)',
  async run({ relay, tenantId }, { AppId }) {
    return AppId === undefined ? (await relay.listApplications(tenantId)).map(applicationOutput) : [applicationOutput(await relay.getApplication(AppId))];
  },
});
