import { textOf } from './observed.ts';
import type { StepView } from './plan.ts';
import { WizardError } from './wizard-error.ts';

/** Host name under which the relay publishes the on-premises organisation: `<endpoint guid>.<relay domain>`. */
export async function hybridEndpointHost({ get, settings }: StepView): Promise<string> {
  const [application] = await get('Relay', 'Get-HybridApplication', { AppId: settings.hybridApplicationId });
  const externalUrl = textOf(application, 'externalUrl');
  if (externalUrl === '') {
    throw new WizardError('WIZARD_PREREQUISITE', `The relay knows no application ${settings.hybridApplicationId}.`, {
      remedy: 'Create it with New-HybridApplication, or correct the id.',
    });
  }
  return new URL(externalUrl).hostname;
}
