import type { Failure } from '../failure.ts';
import { announcingHma, configureHma } from '../references.ts';

export const authorizationUri: Failure = {
  id: 'H2',
  title: 'The Bearer challenge has no authorization_uri, or a wrong one',
  texts: ['WWW-Authenticate: Bearer client_id="00000002-0000-0ff1-ce00-000000000000", trusted_issuers="…", token_types="app_asserted_user_v1 service_asserted_app_v1"'],
  unless: ['authorization_uri="http'],
  isGeneral: true,
  directions: ['client → on-premises'],
  authentication: ['modern authentication'],
  underneath: 'The server’s 401 tells the client where to get a token. It says so only when an AuthServer is the default authorization endpoint, and only on virtual directories that take OAuth.',
  causes: [
    {
      id: 'h2-no-default',
      title: 'EvoSts is not the default authorization endpoint',
      why: 'The wizard makes the AuthServer and never makes it the default: that is the step that switches clients over.',
      proof: [{ on: 'on-premises', run: 'Get-AuthServer | Format-List Name, Type, IsDefaultAuthorizationEndpoint, AuthorizationEndpoint', expect: 'No AzureAD server with True' }],
      repair: [{ on: 'on-premises', run: 'Set-AuthServer -Identity "<evosts>" -IsDefaultAuthorizationEndpoint $true' }],
      risk: 'Outlook for Mac and ActiveSync clients that can are sent to the cloud to sign in at once. Do it outside working hours.',
    },
    {
      id: 'h2-oauth-off',
      title: 'OAuth is off on the virtual directory that the client asks',
      why: 'One of Autodiscover, EWS, MAPI and OAB, on one server of many, is enough.',
      proof: [{ on: 'on-premises', run: 'Get-MapiVirtualDirectory | Format-List Server, IISAuthenticationMethods; Get-WebServicesVirtualDirectory | Format-List Server, OAuthAuthentication; Get-OabVirtualDirectory | Format-List Server, OAuthAuthentication; Get-AutodiscoverVirtualDirectory | Format-List Server, OAuthAuthentication', expect: 'One without OAuth' }],
      repair: [
        { on: 'on-premises', run: 'Get-WebServicesVirtualDirectory | Set-WebServicesVirtualDirectory -OAuthAuthentication $true' },
        { on: 'on-premises', run: 'Get-AutodiscoverVirtualDirectory | Set-AutodiscoverVirtualDirectory -OAuthAuthentication $true' },
        { on: 'on-premises', run: 'Get-OabVirtualDirectory | Set-OabVirtualDirectory -OAuthAuthentication $true' },
        { on: 'on-premises', run: 'Get-MapiVirtualDirectory | Set-MapiVirtualDirectory -IISAuthenticationMethods Ntlm, OAuth, Negotiate', expect: 'The whole list, always' },
      ],
      risk: 'Write the whole list for MAPI: what is left out is switched off.',
    },
    {
      id: 'h2-wrong-default',
      title: 'Another AuthServer is the default',
      why: 'An on-premises ADFS as the default sends hybrid users to a place whose tokens nobody takes here.',
      proof: [{ on: 'on-premises', run: 'Get-AuthServer | Where-Object { $_.IsDefaultAuthorizationEndpoint } | Format-List Name, AuthorizationEndpoint', expect: 'Not https://login.windows.net/common/oauth2/authorize' }],
      repair: [{ on: 'on-premises', run: 'Set-AuthServer -Identity "<evosts>" -IsDefaultAuthorizationEndpoint $true' }],
      risk: 'Clients that signed in at the other one sign in anew.',
    },
  ],
  check: [{ on: 'client', run: 'curl -sI -H "Authorization: Bearer" https://<on-premises host>/EWS/Exchange.asmx', expect: 'authorization_uri="https://login.windows.net/common/oauth2/authorize"' }],
  prevention: 'Compare all virtual directories of all servers before and after the switch.',
  references: [configureHma, announcingHma],
};
