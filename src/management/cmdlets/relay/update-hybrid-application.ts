import { applicationOutput, defineRelayCmdlet, targetOf, targetUriParameter } from './relay-context.ts';

export const updateHybridApplication = defineRelayCmdlet({
  name: 'Update-HybridApplication',
  synopsis: 'Leads an application to another on-premises address, and shows it.',
  parameters: {
    AppId: { type: 'guid', mandatory: true, position: 0, pipeline: true, description: 'Endpoint GUID of the application.' },
    TargetUri: targetUriParameter,
  },
  example: 'Update-HybridApplication -TargetUri "https://myloadbalancer.com" -AppId 6ca7c832-49a2-4a5d-aeae-a616f6d4b8e7 -Credential (Get-Credential)',
  async run(context, { AppId, TargetUri }) {
    const updated = await context.change(AppId, () => context.relay.updateApplication(AppId, { targets: targetOf(TargetUri) }));
    return updated === undefined ? [] : [applicationOutput(updated)];
  },
});
