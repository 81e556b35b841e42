import { textOf } from './observed.ts';
import type { StepView } from './plan.ts';
import { WizardError } from './wizard-error.ts';

/** Host name under which the relay publishes the on-premises organisation: `<endpoint guid>.<relay domain>`. */
export async function hybridEndpointHost({ get, settings }: StepView): Promise<string> {
  const application = (await get('Relay', 'Get-HybridApplication')).find((found) => textOf(found, 'appId').toLowerCase() === settings.hybridApplicationId.toLowerCase());
  const externalUrl = textOf(application, 'externalUrl');
  if (externalUrl === '') {
    throw new WizardError('WIZARD_PREREQUISITE', `The relay knows no application ${settings.hybridApplicationId}.`, {
      remedy: 'Create it with New-HybridApplication, or correct the id.',
    });
  }
  // A plan of what is not there yet has a placeholder in the place of the address.
  return URL.parse(externalUrl)?.hostname ?? externalUrl;
}

/** What the cloud's objects have as TargetSharingEpr: the relay's endpoint, or null where Autodiscover is to be asked. */
export async function targetSharingEpr(view: StepView): Promise<string | null> {
  return view.settings.topology === 'Classic' ? null : `https://${await hybridEndpointHost(view)}/EWS/Exchange.asmx`;
}
