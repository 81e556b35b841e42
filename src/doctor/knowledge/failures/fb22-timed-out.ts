import { premisesLookAgain } from '../checks.ts';
import type { Failure } from '../failure.ts';
import { endpoints, errorTable, resolveErrorsAt } from '../references.ts';

export const timedOut: Failure = {
  id: 'FB22',
  title: "Request could not be processed in time. Timeout occurred during 'Waiting-For-Request-Completion'",
  message: "Microsoft.Exchange.InfoWorker.Common.Availability.TimeoutExpiredException: Request could not be processed in time. Timeout occurred during 'Waiting-For-Request-Completion'.",
  texts: ["Request could not be processed in time. Timeout occurred during 'Waiting-For-Request-Completion'.", 'The request timed out Request could not be processed in time'],
  marks: ['LID: 43404', 'Waiting-For-Request-Completion'],
  directions: ['on-premises → cloud', 'cloud → on-premises'],
  authentication: ['OAuth', 'DAuth'],
  underneath: 'The Availability service gives a lookup a fixed time, of which name resolution, token, Autodiscover and the request itself are all part. One of them hung until it was over. If it happens once, look again later; if it happens every time, a path is blocked.',
  causes: [
    {
      id: 'fb22-outbound-blocked',
      title: 'Servers cannot reach the token service, the gateway or Exchange Online',
      why: 'Mailbox servers make these calls themselves, as the machine account. A firewall or a proxy that lets only users out drops them silently.',
      proof: [
        { on: 'server', run: 'PsExec.exe -s powershell -Command "Invoke-WebRequest https://outlook.office365.com/EWS/Exchange.asmx -UseBasicParsing"', expect: 'Hangs; 401 is what is wanted' },
        { on: 'server', run: 'PsExec.exe -s powershell -Command "Invoke-WebRequest https://login.microsoftonline.com/extSTS.srf -UseBasicParsing"', expect: 'Hangs (DAuth)' },
        { on: 'server', run: 'PsExec.exe -s powershell -Command "Invoke-WebRequest https://accounts.accesscontrol.windows.net/<tenant id>/tokens/OAuth/2 -UseBasicParsing"', expect: 'Hangs; 400 is what is wanted (OAuth)' },
      ],
      repair: [
        { on: 'network', act: 'Allow every mailbox server outbound 443 to Microsoft’s published endpoints.' },
        { on: 'on-premises', run: 'Get-ExchangeServer | Set-ExchangeServer -InternetWebProxy http://<proxy>:<port>', expect: 'Only where servers must use a proxy' },
      ],
      risk: 'The servers may reach these endpoints.',
    },
    {
      id: 'fb22-slow-path',
      title: 'The path is there and too slow',
      why: 'Inspection, a proxy under load, or a far target mailbox that takes longer than the time allowed.',
      proof: [{ on: 'on-premises', run: 'Measure-Command { Test-OAuthConnectivity -Service EWS -TargetUri https://outlook.office365.com/EWS/Exchange.asmx -Mailbox <on-premises user> }', expect: 'More than a few seconds' }],
      repair: [{ on: 'network', act: 'Exempt Microsoft’s endpoints from inspection; find the slow hop with the times of the proxy’s log.' }],
      risk: 'That traffic is no longer inspected.',
    },
  ],
  check: premisesLookAgain,
  prevention: 'Monitor the three addresses of the proof from each server, as the machine account.',
  references: [errorTable('22'), resolveErrorsAt('43404'), endpoints],
};
