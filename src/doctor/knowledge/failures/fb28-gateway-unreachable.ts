import { premisesLookAgain } from '../checks.ts';
import type { Failure } from '../failure.ts';
import { endpoints, errorTable, resolveErrors } from '../references.ts';

export const gatewayUnreachable: Failure = {
  id: 'FB28',
  title: 'Failed to communicate with https://login.microsoftonline.com/extSTS.srf',
  message: 'Failed to communicate with https://login.microsoftonline.com/extSTS.srf., inner exception: Unable to connect to the remote server',
  texts: ['Failed to communicate with https://login.microsoftonline.com/extSTS.srf', 'Failed to communicate with … extSTS.srf'],
  marks: ['extSTS.srf., inner exception'],
  directions: ['on-premises → cloud', 'cloud → on-premises'],
  authentication: ['DAuth'],
  underneath: 'Before it asks the other organisation, a server fetches a delegation token from the federation gateway. It could not connect to the gateway at all; the other organisation has no part in this.',
  causes: [
    {
      id: 'fb28-outbound-blocked',
      title: 'One or more servers may not go out to the gateway',
      why: 'The call is made by the mailbox server as the machine account, past any proxy that only users have.',
      proof: [
        { on: 'on-premises', run: 'Test-FederationTrust -UserIdentity <on-premises user> -Verbose', expect: 'TokenRequest: Error, on some servers only' },
        { on: 'server', run: 'PsExec.exe -s powershell -Command "Invoke-WebRequest https://nexus.microsoftonline-p.com/federationmetadata/2006-12/federationmetadata.xml -UseBasicParsing"', expect: 'Unable to connect' },
      ],
      repair: [
        { on: 'network', act: 'Allow every server outbound 443 to login.microsoftonline.com, nexus.microsoftonline-p.com and domains.live.com.' },
        { on: 'on-premises', run: 'Get-ExchangeServer | Set-ExchangeServer -InternetWebProxy http://<proxy>:<port>', expect: 'Only where servers must use a proxy' },
      ],
      risk: 'The servers may reach these endpoints.',
    },
    {
      id: 'fb28-gateway-down',
      title: 'The gateway itself is down',
      why: 'Then every server fails, and other organisations do too.',
      proof: [{ on: 'client', act: 'The Microsoft 365 service health page; the address fails from another network too.' }],
      repair: [{ on: 'network', act: 'Wait for Microsoft. OAuth lookups do not need the gateway.' }],
      risk: 'None.',
    },
  ],
  check: [{ on: 'on-premises', run: 'Test-FederationTrust -UserIdentity <on-premises user>', expect: 'Success throughout' }, ...premisesLookAgain],
  prevention: 'Test from each server, not from one.',
  references: [errorTable('28'), resolveErrors, endpoints],
};
