import { cloudLooksAgain } from '../checks.ts';
import type { Failure } from '../failure.ts';
import { errorTable, resolveErrors } from '../references.ts';

export const autodiscoverNotFound: Failure = {
  id: 'FB5',
  title: 'Autodiscover failed with HTTP status 404: Not Found',
  message: 'Autodiscover failed for email address … with error System.Net.WebException: The request failed with HTTP status 404: Not Found',
  texts: ['The request failed with HTTP status 404: Not Found'],
  // “Fehler bei der Anforderung mit HTTP-Status …” and “La demande a échoué avec l’état HTTP …” stand so in Microsoft’s translated documents (WSUS, message 6703); unverified in .NET itself.
  translations: ['Fehler bei der Anforderung mit HTTP-Status 404', 'La demande a échoué avec l’état HTTP 404'],
  marks: ['HTTP status 404', 'status 404: Not Found'],
  directions: ['cloud → on-premises'],
  authentication: ['OAuth', 'DAuth'],
  underneath: 'Before the lookup itself the caller asks Autodiscover for the target’s EWS address. The address that it has for Autodiscover leads to a server that knows no such path.',
  causes: [
    {
      id: 'fb5-endpoint',
      title: 'The Autodiscover endpoint in the connector or relationship is wrong',
      why: 'DiscoveryEndpoint (connector) or TargetAutodiscoverEpr (relationship) names a host or a path without Autodiscover.',
      proof: [
        { on: 'cloud', run: 'Get-IntraOrganizationConnector | Format-List Name, DiscoveryEndpoint, TargetAddressDomains, Enabled', expect: 'A URL that answers 404 in a browser' },
        { on: 'cloud', run: 'Get-OrganizationRelationship | Format-List Name, TargetAutodiscoverEpr, DomainNames' },
      ],
      repair: [
        { on: 'cloud', run: 'Set-IntraOrganizationConnector "<cloud connector>" -DiscoveryEndpoint https://<autodiscover host>/autodiscover/autodiscover.svc' },
        { on: 'cloud', run: 'Set-OrganizationRelationship "<cloud relationship>" -TargetAutodiscoverEpr https://<autodiscover host>/autodiscover/autodiscover.svc/WSSecurity' },
      ],
      risk: 'None, if the new address answers: open it in a browser first.',
    },
    {
      id: 'fb5-handler-mapping',
      title: 'The svc-Integrated handler mapping is missing in IIS',
      why: 'Without it IIS looks for a file named autodiscover.svc, and answers 404 or, to a POST, 405. The mapping AutodiscoverDiscoveryHandler is another one and does not help.',
      clues: ['svc-Integrated'],
      proof: [{ on: 'server', run: '& "$env:windir\\system32\\inetsrv\\appcmd.exe" list config "Default Web Site/Autodiscover" /section:handlers', expect: 'No svc-Integrated' }, { on: 'server', run: '& "$env:windir\\system32\\inetsrv\\appcmd.exe" list config "Default Web Site/EWS" /section:handlers', expect: 'The lookup itself needs it here as well' }],
      repair: [
        { on: 'server', run: 'Install-WindowsFeature NET-WCF-HTTP-Activation45', expect: 'Windows Server 2012 and later: brings the mapping for /Autodiscover and /EWS' },
        { on: 'server', run: '& "$env:windir\\Microsoft.NET\\Framework64\\v3.0\\Windows Communication Foundation\\ServiceModelReg.exe" -r', expect: 'Exchange 2010 on Windows Server 2008 R2' },
      ],
      risk: 'Restarts the IIS applications of the server. If the feature is installed already and the mapping is missing all the same, remove the feature and install it again, outside working hours.',
    },
    {
      id: 'fb5-domain',
      title: 'The target address’s domain belongs to another connector or relationship',
      why: 'The caller takes the endpoint of whichever object lists the domain of the target address.',
      proof: [{ on: 'cloud', run: 'Get-Recipient <on-premises user> | Format-List ExternalEmailAddress', expect: 'A domain that the intended connector does not list' }],
      repair: [{ on: 'cloud', run: 'Set-IntraOrganizationConnector "<cloud connector>" -TargetAddressDomains @{add="<domain>"}' }],
      risk: 'A domain may stand in one relationship only; take it out of the other first.',
    },
  ],
  check: cloudLooksAgain,
  prevention: 'After renaming or replacing the published host, run the wizard again, or change both objects.',
  references: [errorTable('5'), resolveErrors, { title: 'Microsoft Support 2773628, “FederationInformation could not be received or 405 Method Not Allowed in a hybrid deployment”', url: 'https://learn.microsoft.com/en-us/exchange/troubleshoot/administration/endpoint-connection-405-error' }],
};
