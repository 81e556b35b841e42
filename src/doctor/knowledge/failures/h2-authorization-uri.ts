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
  underneath: 'Exchange’s 401 tells the client where to get a token, in authorization_uri of its Bearer challenge. It does so only while an AuthServer is the default authorization endpoint, and only on virtual directories that take OAuth. Without it Outlook asks for a password although modern authentication is “on”.',
  causes: [
    {
      id: 'h2-no-default',
      title: 'EvoSts is not the default authorization endpoint',
      why: 'The Hybrid Configuration Wizard creates the AuthServer and leaves it at that: making it the default is the step that switches clients over, and is done by hand.',
      proof: [{ on: 'on-premises', run: 'Get-AuthServer | Format-List Name, Type, IsDefaultAuthorizationEndpoint, AuthorizationEndpoint', expect: 'No AzureAD server with True' }],
      repair: [{ on: 'on-premises', run: 'Set-AuthServer -Identity "<evosts>" -IsDefaultAuthorizationEndpoint $true' }],
      risk: 'From that moment Outlook for Mac and phones that know modern authentication must sign in to the cloud; who has no synchronised account there is shut out. Do it outside working hours. Undo: the same command with $false.',
    },
    {
      id: 'h2-oauth-off',
      title: 'OAuth is off on the virtual directory that the client asks',
      why: 'Autodiscover, EWS, MAPI and OAB each have the setting, on every server: one of them on one server is enough to send some clients back to a password.',
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
      why: 'Only one AuthServer can be the default. If it is an on-premises AD FS, hybrid users are sent there, and the AuthServer of the tenant is never named.',
      proof: [{ on: 'on-premises', run: 'Get-AuthServer | Where-Object { $_.IsDefaultAuthorizationEndpoint } | Format-List Name, AuthorizationEndpoint', expect: 'Not https://login.windows.net/common/oauth2/authorize' }],
      repair: [{ on: 'on-premises', run: 'Set-AuthServer -Identity "<evosts>" -IsDefaultAuthorizationEndpoint $true' }],
      risk: 'Everybody who signed in at the other one signs in anew. Make sure that no users depend on it who have no account in the tenant.',
    },
  ],
  check: [{ on: 'client', run: 'curl -sI -H "Authorization: Bearer" https://<on-premises host>/EWS/Exchange.asmx', expect: 'authorization_uri="https://login.windows.net/common/oauth2/authorize"' }],
  prevention: 'Compare all virtual directories of all servers before and after the switch.',
  references: [configureHma, announcingHma],
};
