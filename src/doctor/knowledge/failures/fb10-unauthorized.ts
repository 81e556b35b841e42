import { cloudLooksAgain, testOAuthFromCloud } from '../checks.ts';
import type { Failure } from '../failure.ts';
import { errorTable, resolveErrors } from '../references.ts';

export const unauthorized: Failure = {
  id: 'FB10',
  title: 'The request failed with HTTP status 401: Unauthorized',
  message: 'Proxy web request failed. , inner exception: System.Net.WebException: The request failed with HTTP status 401: Unauthorized',
  texts: ['The request failed with HTTP status 401: Unauthorized', 'The remote server returned an error: (401) Unauthorized.'],
  // “Fehler bei der Anforderung mit HTTP-Status …” and “La demande a échoué avec l’état HTTP …” stand so in Microsoft’s translated documents (WSUS, message 6703); unverified in .NET itself.
  translations: ['Der Remoteserver hat einen Fehler zurückgegeben: (401) Nicht autorisiert.', 'Le serveur distant a retourné une erreur : (401) Non autorisé.', 'Error en el servidor remoto: (401) No autorizado.', 'Fehler bei der Anforderung mit HTTP-Status 401', 'La demande a échoué avec l’état HTTP 401'],
  marks: ['HTTP status 401', 'returned an error: (401)', 'status 401: Unauthorized'],
  isGeneral: true,
  directions: ['cloud → on-premises', 'on-premises → cloud'],
  authentication: ['OAuth', 'DAuth'],
  underneath: 'Somebody on the path refused the credentials. With “Proxy web request failed” it was the EWS request, with “Autodiscover failed” the one before it. The IIS log shows who refused: if it has a line with 401 at that time, Exchange did; if it has none, a device before it. A first 401 followed by 200 is part of every normal lookup. The diagnostics, where there are any, tell these causes apart. Over OAuth a signing certificate, a key, a user or an audience that is wrong ends in 401 too, and the user sees no more than that; x-ms-diagnostics and Test-OAuthConnectivity name those: Missing signing certificate (FB17), 2000000 (FB25), AADSTS50012 (FB26), 2000005 (FB6, FB33), 2000003 (FB34).',
  causes: [
    {
      id: 'fb10-preauthentication',
      title: 'A reverse proxy in front of Exchange asks for a sign-in of its own',
      why: 'Pre-authentication expects a user with a password. Exchange Online brings a token that only Exchange understands.',
      clues: ['TMG', 'ISA', 'Web Application Proxy', 'F5', 'pre-authentication'],
      proof: [
        { on: 'server', act: 'IIS log, UTC: no line of ASAutoDiscover/CrossForest/EmailDomain or ASProxy/CrossForest/EmailDomain at the time of the lookup.' },
        { on: 'client', run: 'curl -sI -H "Authorization: Bearer" https://<on-premises host>/EWS/Exchange.asmx', expect: 'No challenge with client_id="00000002-0000-0ff1-ce00-000000000000"' },
      ],
      repair: [{ on: 'network', act: 'Publish /EWS and /Autodiscover by pass-through, without pre-authentication.' }],
      risk: 'These paths can then be reached from outside without the proxy’s sign-in; Exchange authenticates them itself.',
    },
    {
      id: 'fb10-authorization-removed',
      title: 'A device on the way removes the Authorization header',
      why: 'The request reaches Exchange without its token, and Exchange asks for one. Devices do it that sign users in themselves, or whose publishing rule says “No delegation, and client cannot authenticate directly”.',
      clues: ['no delegation', 'Authorization header'],
      proof: [
        { on: 'client', run: 'curl -sI -H "Authorization: Bearer x" https://<on-premises host>/EWS/Exchange.asmx', expect: '401 with X-FEServer and without x-ms-diagnostics: Exchange saw no token' },
        { on: 'server', act: 'IIS log, UTC: 401 for ASProxy/CrossForest/EmailDomain each time, never followed by 200.' },
      ],
      repair: [{ on: 'network', act: 'Let /EWS and /Autodiscover pass with all their headers (TMG: “No delegation, but client may authenticate directly”).' }],
      risk: 'None: Exchange itself decides about the token.',
    },
    {
      id: 'fb10-oauth-off',
      title: 'OAuth is switched off on the virtual directory',
      why: 'A virtual directory without OAuth ignores Bearer tokens and challenges as if there were none.',
      proof: [{ on: 'on-premises', run: 'Get-WebServicesVirtualDirectory | Format-List Server, OAuthAuthentication; Get-AutodiscoverVirtualDirectory | Format-List Server, OAuthAuthentication', expect: 'False for one server' }],
      repair: [
        { on: 'on-premises', run: 'Get-WebServicesVirtualDirectory | Set-WebServicesVirtualDirectory -OAuthAuthentication $true' },
        { on: 'on-premises', run: 'Get-AutodiscoverVirtualDirectory | Set-AutodiscoverVirtualDirectory -OAuthAuthentication $true' },
        { on: 'on-premises', act: 'If it is True everywhere and the 401 stays, switch it off and on again on the back end too: Set-WebServicesVirtualDirectory "<server>\\EWS (Exchange Back End)" -OAuthAuthentication $false, then $true; the same with Set-AutodiscoverVirtualDirectory "<server>\\Autodiscover (Exchange Back End)".' },
      ],
      risk: 'Clients with modern authentication can sign in there again as well.',
    },
    {
      id: 'fb10-wssecurity-off',
      title: 'WSSecurity is switched off on the virtual directory (lookups over DAuth)',
      why: 'Delegation tokens travel in a WS-Security header to a path of its own, which exists only while this is on.',
      clues: ['/WSSecurity'],
      proof: [{ on: 'on-premises', run: 'Get-WebServicesVirtualDirectory | Format-List Server, WSSecurityAuthentication; Get-AutodiscoverVirtualDirectory | Format-List Server, WSSecurityAuthentication', expect: 'False for one server. If it is True everywhere, look at anonymous authentication of /EWS in IIS (FB27): some servers answer 401 without it' }],
      repair: [
        { on: 'on-premises', run: 'Get-WebServicesVirtualDirectory | Set-WebServicesVirtualDirectory -WSSecurityAuthentication $true' },
        { on: 'on-premises', run: 'Get-AutodiscoverVirtualDirectory | Set-AutodiscoverVirtualDirectory -WSSecurityAuthentication $true' },
      ],
      risk: 'None: only lookups across organisations use it.',
    },
    {
      id: 'fb10-stale-cloud-trust',
      title: 'The tenant’s own federation trust is of an old kind',
      why: 'The trusts in Exchange Online must have ApplicationIdentifier 260563 and ApplicationUri outlook.com. A tenant with 292841 and outlook.live.com points to a gateway that no longer serves it.',
      clues: ['292841', 'outlook.live.com'],
      proof: [{ on: 'cloud', run: 'Get-FederationTrust | Format-List Name, ApplicationIdentifier, ApplicationUri', expect: '292841 or outlook.live.com' }],
      repair: [{ on: 'cloud', act: 'Only Microsoft can change this trust: open a support case and attach the output.' }],
      risk: 'None.',
    },
  ],
  check: [testOAuthFromCloud, ...cloudLooksAgain],
  prevention: 'Check the virtual directories of every server after each update; one of ten that differs fails one lookup in ten.',
  references: [errorTable('10'), resolveErrors],
};
