import { cloudLooksAgain } from '../checks.ts';
import type { Failure } from '../failure.ts';
import { errorTable, resolveErrors } from '../references.ts';

export const objectMoved: Failure = {
  id: 'FB31',
  title: 'Object moved',
  texts: ['Object moved Object Moved', 'System.Net.WebException: The request failed with the error message: -- <head><title>Object moved</title></head><body><h1>Object Moved</h1>', 'The request failed with the error message: -- Object moved to here'],
  marks: ['WebException: The request failed with the error message'],
  directions: ['cloud → on-premises'],
  authentication: ['OAuth', 'DAuth'],
  underneath: 'The EWS request got a redirect. A lookup does not follow redirects, for it would hand its token to whoever is named there.',
  causes: [
    {
      id: 'fb31-target-sharing-epr',
      title: 'TargetSharingEpr is an address that redirects',
      why: 'Somebody entered the address of Outlook on the web, a bare host name, or http, and the server sends browsers on to /owa.',
      proof: [
        { on: 'cloud', run: 'Get-IntraOrganizationConnector | Format-List Name, TargetSharingEpr; Get-OrganizationRelationship | Format-List Name, TargetSharingEpr', expect: 'Not https://…/EWS/Exchange.asmx' },
        { on: 'client', run: 'curl -sI <target sharing epr>', expect: 'HTTP 302 with a Location' },
      ],
      repair: [{ on: 'cloud', run: 'Set-IntraOrganizationConnector "<cloud connector>" -TargetSharingEpr https://<on-premises host>/EWS/Exchange.asmx' }],
      risk: 'None. The wizard leaves it empty on Classic and fills it with the agent’s address on Modern.',
    },
    {
      id: 'fb31-device-redirect',
      title: 'A device on the way redirects to its sign-in page or to another host',
      why: 'The address is right; the proxy before Exchange answers instead.',
      proof: [{ on: 'client', run: 'curl -sI https://<on-premises host>/EWS/Exchange.asmx', expect: 'HTTP 302 from outside, 401 from inside' }],
      repair: [{ on: 'network', act: 'Publish /EWS and /Autodiscover by pass-through.' }],
      risk: 'These paths are no longer behind the proxy’s form.',
    },
  ],
  check: cloudLooksAgain,
  prevention: 'Open an address with curl before you enter it: 401 is right, 302 is not.',
  references: [errorTable('31'), resolveErrors],
};
