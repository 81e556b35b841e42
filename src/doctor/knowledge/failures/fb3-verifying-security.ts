import { cloudLooksAgain, testRelationshipFromCloud } from '../checks.ts';
import type { Failure } from '../failure.ts';
import { errorTable, lookupsStop, movingParts, resolveErrors } from '../references.ts';

export const verifyingSecurity: Failure = {
  id: 'FB3',
  title: 'An error occurred when verifying security for the message',
  message: 'Autodiscover failed for email address … with error System.Web.Services.Protocols.SoapHeaderException: An error occurred when verifying security for the message',
  texts: ['An error occurred when verifying security for the message'],
  marks: ['An error occurred when verif', 'security for the message', 'verifying security for the message'],
  directions: ['cloud → on-premises', 'on-premises → cloud'],
  authentication: ['DAuth'],
  underneath: 'The request carried a delegation token of the federation gateway in its WS-Security header, and the responder did not accept it: its time stamp lies outside five minutes, it is addressed to another application URI, or the signature is not one that the stored metadata of the gateway knows. The text is deliberately the same for all of these, so that a stranger learns nothing.',
  causes: [
    {
      id: 'fb3-clock',
      title: 'The clock of an on-premises server is wrong by more than five minutes',
      why: 'The token’s Created and Expires are compared with the server’s own clock.',
      clues: ['time skew', 'w32time', 'Time-Service'],
      proof: [{ on: 'server', run: 'w32tm /stripchart /computer:time.windows.com /samples:3 /dataonly', expect: 'An offset of more than 300 s' }],
      repair: [{ on: 'server', run: 'w32tm /resync /rediscover' }],
      risk: 'Setting a clock back can confuse Kerberos for some minutes.',
    },
    {
      id: 'fb3-stale-metadata',
      sameStateAs: 'fb15-gateway-rolled',
      title: 'The stored metadata of the federation gateway is old',
      why: 'The gateway changes its certificates at any time. A responder that has not fetched the new one cannot verify what it signs.',
      proof: [{ on: 'on-premises', run: 'Test-FederationTrust -UserIdentity <on-premises user>', expect: 'FederationMetadata or TokenValidation: Error' }],
      repair: [{ on: 'on-premises', run: 'Get-FederationTrust | Set-FederationTrust -RefreshMetadata' }, { on: 'on-premises', run: 'Get-FederationTrust | Set-FederationTrust -RefreshMetadata' }],
      risk: 'None. It is run twice so that the certificate that was current becomes the previous one.',
    },
    {
      id: 'fb3-application-uri',
      title: 'The relationship’s TargetApplicationUri is not the other side’s account namespace',
      why: 'The gateway addresses the token to the URI in the relationship; the responder takes tokens for its own namespace only.',
      clues: ['MismatchedFederation'],
      proof: [
        { on: 'cloud', run: 'Get-OrganizationRelationship | Format-List Name, TargetApplicationUri', expect: 'Not the value of the next command' },
        { on: 'on-premises', run: 'Get-FederatedOrganizationIdentifier | Format-List AccountNamespace' },
      ],
      repair: [{ on: 'cloud', run: 'Set-OrganizationRelationship -Identity "<cloud relationship>" -TargetApplicationUri <account namespace>' }],
      risk: 'None: with the wrong URI no lookup of this relationship can work.',
    },
    {
      id: 'fb3-wssecurity-stuck',
      title: 'WSSecurity is switched on but does not work in IIS',
      why: 'What IIS was told and what Active Directory says have drifted apart; switching writes it anew.',
      proof: [{ on: 'on-premises', run: 'Get-WebServicesVirtualDirectory | Format-List Server, WSSecurityAuthentication; Get-AutodiscoverVirtualDirectory | Format-List Server, WSSecurityAuthentication', expect: 'True everywhere, while the other causes are ruled out' }],
      repair: [
        { on: 'on-premises', run: 'Get-WebServicesVirtualDirectory | Set-WebServicesVirtualDirectory -WSSecurityAuthentication $false; Get-WebServicesVirtualDirectory | Set-WebServicesVirtualDirectory -WSSecurityAuthentication $true' },
        { on: 'on-premises', run: 'Get-AutodiscoverVirtualDirectory | Set-AutodiscoverVirtualDirectory -WSSecurityAuthentication $false; Get-AutodiscoverVirtualDirectory | Set-AutodiscoverVirtualDirectory -WSSecurityAuthentication $true' },
        { on: 'server', run: 'iisreset /noforce' },
      ],
      risk: 'Only lookups across organisations use WSSecurity. iisreset interrupts every client of the server for a moment.',
    },
  ],
  check: [testRelationshipFromCloud, ...cloudLooksAgain],
  prevention: 'Refresh the metadata daily by a scheduled task (Microsoft’s article on lookups that stop working has the line), and watch the Windows time service.',
  references: [errorTable('3'), movingParts, resolveErrors, lookupsStop],
};
