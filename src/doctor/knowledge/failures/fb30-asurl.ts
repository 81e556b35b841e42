import { premisesLookAgain } from '../checks.ts';
import type { Failure } from '../failure.ts';
import { errorTable, resolveErrors } from '../references.ts';

export const asUrl: Failure = {
  id: 'FB30',
  title: 'Failed to get ASURL. Error 8004010F',
  texts: ['Failed to get ASURL. Error 8004010F'],
  marks: ['Failed to get ASU', 'ASURL', '8004010F'],
  directions: ['on-premises → cloud'],
  authentication: ['none'],
  underneath: 'Outlook itself never learnt where the Availability service is: its Autodiscover answer has no EWS address (ASURL), or there was no answer. The lookup has not reached any server.',
  causes: [
    {
      id: 'fb30-url-missing',
      title: 'The EWS virtual directory has no URL, or Autodiscover gives none',
      why: 'Autodiscover hands out InternalUrl and ExternalUrl of the virtual directory.',
      proof: [
        { on: 'client', act: 'Ctrl + right-click on Outlook’s tray icon, Test E-mail AutoConfiguration: “Availability Service URL” is empty.' },
        { on: 'on-premises', run: 'Get-WebServicesVirtualDirectory | Format-List Server, InternalUrl, ExternalUrl', expect: 'Empty for a server' },
      ],
      repair: [{ on: 'on-premises', run: 'Set-WebServicesVirtualDirectory -Identity "<server>\\EWS (Default Web Site)" -InternalUrl https://<on-premises host>/EWS/Exchange.asmx -ExternalUrl https://<on-premises host>/EWS/Exchange.asmx' }],
      risk: 'Clients take the new address with their next Autodiscover.',
    },
    {
      id: 'fb30-load-balancer',
      title: 'The load balancer sends Autodiscover to a server that cannot answer',
      why: 'It fails for some clients or some of the time.',
      proof: [{ on: 'client', act: 'Point the host name to one server in the hosts file of a test machine: it works there, through the balancer it does not.' }],
      repair: [{ on: 'network', act: 'Correct the health check of the balancer (/Autodiscover/healthcheck.htm), take the broken server out.' }],
      risk: 'None.',
    },
    {
      id: 'fb30-outbound-blocked',
      title: 'Lookups among on-premises people work and those toward the cloud do not: servers cannot go out',
      why: 'The server gives the client no answer in time.',
      see: 'FB22',
      proof: [{ on: 'on-premises', run: 'Test-FederationTrust -UserIdentity <on-premises user>', expect: 'Fails at the token, on some servers' }],
      repair: [{ on: 'network', act: 'Allow the servers outbound 443; see FB22 and FB28.' }],
      risk: 'The servers may reach these endpoints.',
    },
  ],
  check: premisesLookAgain,
  prevention: 'Set both URLs of every new server before it takes clients.',
  references: [errorTable('30'), resolveErrors],
};
