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
  underneath: 'ASURL is the address of the Availability service, which Outlook takes from its Autodiscover answer. 8004010F is MAPI’s “not found”: the answer has no such address, or there was none, or the server behind it did not answer. As a rule the lookup has reached no server, so Exchange’s logs are silent. (The same number with “address book” or “OAB” in the text is another failure.)',
  causes: [
    {
      id: 'fb30-url-missing',
      title: 'The EWS virtual directory has no URL, so that Autodiscover gives none',
      why: 'Autodiscover hands out InternalUrl and ExternalUrl of the EWS virtual directory. A server that was added later often has neither.',
      proof: [
        { on: 'client', act: 'Ctrl + right-click on Outlook’s tray icon, Test E-mail AutoConfiguration: “Availability Service URL” is empty.' },
        { on: 'on-premises', run: 'Get-WebServicesVirtualDirectory | Format-List Server, InternalUrl, ExternalUrl', expect: 'Empty for a server, or a name that clients cannot resolve' },
      ],
      repair: [{ on: 'on-premises', run: 'Set-WebServicesVirtualDirectory -Identity "<server>\\EWS (Default Web Site)" -InternalUrl https://<on-premises host>/EWS/Exchange.asmx -ExternalUrl https://<on-premises host>/EWS/Exchange.asmx' }],
      risk: 'Clients take the new address with their next Autodiscover, within about an hour or after a restart of Outlook. The name must be on the certificate.',
    },
    {
      id: 'fb30-load-balancer',
      title: 'The load balancer sends Autodiscover to a server that cannot answer',
      why: 'Autodiscover or EWS is broken on one server, and the balancer goes on sending clients there. The error comes and goes, or hits the same clients again and again.',
      proof: [{ on: 'client', act: 'Point the host name to one server in the hosts file of a test machine: it works there, through the balancer it does not.' }],
      repair: [{ on: 'network', act: 'Correct the health check of the balancer (/Autodiscover/healthcheck.htm), and take the broken server out.' }],
      risk: 'None.',
    },
    {
      id: 'fb30-outbound-blocked',
      sameStateAs: 'fb22-outbound-blocked',
      title: 'The Exchange servers cannot go out to Exchange Online',
      why: 'Lookups between people on premises work, those for people in the cloud do not: the server asks on behalf of Outlook, waits for Exchange Online, and Outlook gives up first.',
      see: 'FB22',
      proof: [{ on: 'on-premises', run: 'Test-FederationTrust -UserIdentity <on-premises user> -Verbose', expect: 'On each server: it fails at the token on some of them' }],
      repair: [{ on: 'network', act: 'Allow the servers outbound 443; see FB22 and FB28.' }],
      risk: 'The servers may reach Microsoft’s endpoints.',
    },
  ],
  check: [{ on: 'client', act: 'Test E-mail AutoConfiguration shows an “Availability Service URL”, and it answers 401 when it is opened in a browser.' }, ...premisesLookAgain],
  prevention: 'Set both URLs of every new server before it takes clients.',
  references: [errorTable('30'), resolveErrors],
};
