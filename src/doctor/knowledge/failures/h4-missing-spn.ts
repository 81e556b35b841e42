import type { Failure } from '../failure.ts';
import { announcingHma, configureHma } from '../references.ts';

export const missingSpn: Failure = {
  id: 'H4',
  title: 'AADSTS500011: the resource principal was not found (missing SPN)',
  texts: ['urn:ietf:wg:oauth:2.0:oob?error=invalid_resource', 'AADSTS500011: The resource principal named … was not found in the tenant named', 'AADSTS500011'],
  marks: ['AADSTS500011', 'oob?error=invalid_resource'],
  directions: ['client → on-premises'],
  authentication: ['modern authentication'],
  underneath: 'The client asks for a token for https://<host>. The tenant issues one only if that very name is registered as a service principal name of Exchange.',
  causes: [
    {
      id: 'h4-spn-missing',
      title: 'The host name is not registered on the Exchange principal',
      why: 'Every internal and external name of EWS, MAPI, OAB and Autodiscover needs its own https entry. Entries of the form 00000002-…/host do not count. (Older instructions say Set-MsolServicePrincipal; the MSOnline module is retired.)',
      proof: [
        { on: 'tenant', run: 'Get-MgServicePrincipal -Filter "appId eq \'00000002-0000-0ff1-ce00-000000000000\'" | Select-Object -ExpandProperty ServicePrincipalNames', expect: 'No https://<on-premises host>' },
        { on: 'on-premises', run: 'Get-MapiVirtualDirectory | Format-List Server, *Url*; Get-WebServicesVirtualDirectory | Format-List Server, *Url*; Get-OabVirtualDirectory | Format-List Server, *Url*' },
      ],
      repair: [{ on: 'tenant', run: '$x = Get-MgServicePrincipal -Filter "appId eq \'00000002-0000-0ff1-ce00-000000000000\'"; $x.ServicePrincipalNames += "https://<on-premises host>"; Update-MgServicePrincipal -ServicePrincipalId $x.Id -ServicePrincipalNames $x.ServicePrincipalNames' }],
      risk: 'Tokens can be issued for that name: enter only names of your own servers.',
    },
  ],
  check: [{ on: 'client', act: 'Restart Outlook and sign in.' }],
  prevention: 'Take the list of names from the certificates of Exchange, and compare it with the principal whenever a certificate changes.',
  references: [configureHma, announcingHma],
};
