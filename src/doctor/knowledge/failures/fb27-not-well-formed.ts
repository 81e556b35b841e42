import { cloudLooksAgain } from '../checks.ts';
import type { Failure } from '../failure.ts';
import { errorTable, resolveErrors } from '../references.ts';

export const notWellFormed: Failure = {
  id: 'FB27',
  title: 'Response is not well-formed XML',
  message: 'Proxy web request failed. , inner exception: Response is not well-formed XML.',
  texts: ['Response is not well-formed XML.', 'inner exception: Response is not well-formed XML.', "The response received from the service didn't contain valid XML"],
  marks: ['inner exception: Response is', 'Response is not well-formed XML', "service didn't contain valid XML"],
  directions: ['cloud → on-premises'],
  authentication: ['DAuth', 'OAuth'],
  underneath: 'The answer came with status 200 and was a page, not a SOAP message: somebody other than Exchange answered, or Exchange broke off in the middle.',
  causes: [
    {
      id: 'fb27-device-page',
      title: 'A device on the way answers with a page of its own',
      why: 'A sign-in form, a consent or a block page of a reverse proxy is good HTML and bad XML.',
      proof: [{ on: 'client', run: 'curl -s -X POST -H "Content-Type: text/xml" --data "<a/>" https://<on-premises host>/EWS/Exchange.asmx', expect: 'HTML' }, { on: 'server', act: 'IIS log: the request never arrives.' }],
      repair: [{ on: 'network', act: 'Publish /EWS and /Autodiscover by pass-through, without forms or pages.' }, { on: 'cloud', act: 'If only one published name is affected, point TargetSharingEpr to one that is not.' }],
      risk: 'These paths are no longer behind the proxy’s form.',
    },
    {
      id: 'fb27-anonymous-off',
      title: 'Anonymous authentication is off for /EWS in IIS',
      why: 'To IIS a WSSecurity request is anonymous, for its token is inside the message. With anonymous authentication off IIS refuses it before Exchange sees it.',
      proof: [{ on: 'server', run: 'Get-WebConfigurationProperty -Filter /system.webServer/security/authentication/anonymousAuthentication -Name enabled -PSPath IIS:\\ -Location "Default Web Site/EWS"', expect: 'False' }],
      repair: [{ on: 'server', run: 'Set-WebConfigurationProperty -Filter /system.webServer/security/authentication/anonymousAuthentication -Name enabled -Value $true -PSPath IIS:\\ -Location "Default Web Site/EWS"' }],
      risk: 'It is the default; Exchange itself still asks for credentials.',
    },
    {
      id: 'fb27-ews-crash',
      title: 'EWS crashes while it answers',
      why: 'The answer breaks off.',
      proof: [{ on: 'server', act: 'Application log: ASP.NET or .NET Runtime errors of MSExchangeServicesAppPool at the time of the lookup.' }],
      repair: [{ on: 'server', act: 'Install the current cumulative update; if it stays, open a case for Exchange on premises.' }],
      risk: 'An update takes a server out of service for as long as it runs.',
    },
  ],
  check: cloudLooksAgain,
  prevention: 'Let the monitor of the published EWS address ask for 401 or for the content type text/xml; “any answer” would take a sign-in page for good.',
  references: [errorTable('27'), resolveErrors],
};
