import { formatValue } from '../../management/index.ts';
import type { SetupSettings } from '../plan.ts';
import type { PlannedChange } from './plan-setup.ts';

/** What who runs a script has to know before a line, each as one comment: where real Exchange asks, or wants more than the plan has. */
export function scriptNotes({ cmdlet, parameters }: PlannedChange, { tenantId }: SetupSettings): readonly string[] {
  switch (cmdlet) {
    case 'New-ExchangeCertificate':
      // Without Services it is for SMTP, and Exchange asks (published page of the cmdlet).
      return parameters['Services'] === undefined ? ['Where Exchange asks whether to replace the default SMTP certificate: no.'] : [];
    case 'New-MgServicePrincipal':
      return [`In Microsoft's tenant an administrator then has to consent: https://login.microsoftonline.com/${tenantId}/adminconsent?client_id=<its AppId>`];
    case 'New-OnPremisesOrganization':
      return parameters['InboundConnector'] === undefined ? ['Exchange Online demands -InboundConnector and -OutboundConnector as well: name those of your mail flow, or leave the line out where there are none.'] : [];
    default:
      return [];
  }
}

/** The gateway takes a domain only with its proof, which nobody knows before there is the trust: the script shows it, and waits. */
export function scriptPreparation({ cmdlet, parameters }: PlannedChange): readonly string[] {
  const domain = cmdlet === 'Add-FederatedDomain' ? parameters['DomainName'] : cmdlet === 'Set-FederatedOrganizationIdentifier' ? parameters['AccountNamespace'] : undefined;
  if (typeof domain !== 'string') return [];
  // Out of a list or table the text would come wrapped.
  return [`(Get-FederatedDomainProof -DomainName ${formatValue(domain)}).Proof`, `$null = Read-Host ${formatValue(`Publish that as a TXT record of ${domain}; press Enter when it is seen`)}`];
}
