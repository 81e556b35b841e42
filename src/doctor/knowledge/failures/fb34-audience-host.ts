import { cloudLooksAgain, testOAuthFromCloud } from '../checks.ts';
import type { Failure } from '../failure.ts';
import { errorTable, resolveErrors } from '../references.ts';

export const audienceHost: Failure = {
  id: 'FB34',
  title: 'The hostname component of the audience claim value is invalid (2000003)',
  texts: ["The hostname component of the audience claim value 'https://…' is invalid", 'The hostname component of the audience claim value … is invalid";error_category="invalid_resource"'],
  marks: ['error_category="invalid_resource"', 'hostname component of the audience'],
  directions: ['cloud → on-premises'],
  authentication: ['OAuth'],
  underneath: 'A token is good for one host over https. The responder compares the audience with the host and the scheme of the request as they arrived, and a device on the way has changed one of them.',
  causes: [
    {
      id: 'fb34-ssl-offload',
      title: 'The load balancer takes TLS off and sends plain HTTP on (SSL offloading)',
      why: 'The request arrives as http, the audience says https. OAuth and SSL offloading do not go together; SSL bridging does.',
      clues: ["Actual 'http:", 'offload'],
      proof: [{ on: 'server', act: 'IIS log: the requests of ASProxy/CrossForest/EmailDomain arrive on port 80.' }],
      repair: [{ on: 'network', act: 'Re-encrypt between balancer and Exchange (bridging), for /EWS and /Autodiscover at least.' }, { on: 'cloud', act: 'As a stopgap disable the connectors on both sides; lookups then use DAuth.' }],
      risk: 'Bridging costs the balancer some CPU. Disabling connectors affects everything that uses OAuth.',
    },
    {
      id: 'fb34-renaming-device',
      title: 'A device on the way gives the request another host name',
      why: 'The publishing rule forwards to an internal name and rewrites Host.',
      proof: [{ on: 'server', act: 'IIS log: cs-host is another name than the one in the error.' }, { on: 'cloud', run: 'Get-IntraOrganizationConnector | Format-List TargetSharingEpr, DiscoveryEndpoint' }],
      repair: [{ on: 'network', act: 'Forward the original Host header.' }, { on: 'cloud', run: 'Set-IntraOrganizationConnector "<cloud connector>" -TargetSharingEpr https://<on-premises host>/EWS/Exchange.asmx' }],
      risk: 'None.',
    },
  ],
  check: [testOAuthFromCloud, ...cloudLooksAgain],
  prevention: 'Use one host name inside and outside, and let balancers encrypt again (bridging) instead of offloading.',
  references: [errorTable('34'), resolveErrors],
};
