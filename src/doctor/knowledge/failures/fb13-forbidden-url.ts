import { cloudLooksAgain } from '../checks.ts';
import type { Failure } from '../failure.ts';
import { errorTable, resolveErrors } from '../references.ts';

export const forbiddenUrl: Failure = {
  id: 'FB13',
  title: '403: Forbidden (The server denied the specified Uniform Resource Locator)',
  texts: ['The server denied the specified Uniform Resource Locator (URL). Contact the server administrator.'],
  marks: ['server denied the specified Uniform Resource Locator'],
  directions: ['cloud → on-premises'],
  authentication: ['OAuth', 'DAuth'],
  underneath: 'This sentence is not Exchange’s. It is error 12202 of Forefront TMG and ISA Server: no publishing rule let the request through as it was.',
  causes: [
    {
      id: 'fb13-preauthentication',
      title: 'TMG or ISA pre-authenticates /EWS or /Autodiscover',
      why: 'The rule wants a user to sign in at the firewall, and Exchange Online brings a token that only Exchange understands.',
      proof: [
        { on: 'server', act: 'IIS log, UTC: no request of the lookup arrives.' },
        { on: 'network', act: 'TMG log: the request is denied with 12202 by the rule that publishes Exchange.' },
      ],
      repair: [{ on: 'network', act: 'Add a rule above it for /EWS/* and /Autodiscover/* with No Authentication, All Users and “No delegation, but client may authenticate directly”.' }],
      risk: 'These two paths reach Exchange without the firewall’s sign-in; Exchange authenticates them itself.',
    },
    {
      id: 'fb13-path-rule',
      title: 'A publishing rule or web application firewall does not allow the path',
      why: 'Rules that list /EWS/Exchange.asmx alone refuse /EWS/Exchange.asmx/WSSecurity and /autodiscover/autodiscover.svc.',
      proof: [{ on: 'client', run: 'curl -s -o /dev/null -w "%{http_code}" https://<on-premises host>/EWS/Exchange.asmx/WSSecurity', expect: '403 instead of 401 or 500' }],
      repair: [{ on: 'network', act: 'Allow /EWS/* and /Autodiscover/* with all that is below them.' }],
      risk: 'None beyond publishing these paths.',
    },
  ],
  check: cloudLooksAgain,
  prevention: 'Publish Exchange’s hybrid paths by pass-through everywhere.',
  references: [errorTable('13'), resolveErrors],
};
