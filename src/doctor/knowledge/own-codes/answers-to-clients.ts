import { refusals } from '../../../tunnel/index.ts';
import { code, look, type } from './own-code.ts';
import type { CodeCause, CodeTable, OwnCode } from './own-code.ts';

/** Meaning and remedy are those that the answer itself has. */
function answer(name: keyof typeof refusals, causes: readonly CodeCause[], see?: string): OwnCode {
  const { status, message, remedy } = refusals[name];
  return code(name, `${status}: ${message}`, remedy, causes, see);
}

const tail = (expect: string) => type('relay', 'hybridge relay tail --application <guid>', expect);
const settings = (expect: string) => type('relay', 'hybridge relay application show <guid>', expect);
const agents = (expect: string) => type('on-premises', 'Get-HybridAgent', expect);
const agentTest = (expect: string) => type('agent', 'hybridge agent test', expect);
const update = (options: string) => type('relay', `hybridge relay application update <guid> ${options}`);
const updateTenant = (options: string) => type('relay', `hybridge relay tenant update <id> ${options}`);
const target = (expect: string) => type('agent', 'curl -vk https://<internal host>/EWS/Exchange.asmx', expect);

const mayBeMore = 'A higher limit lets one application take more of what all share.';
const again = look('client', 'Send the request again in a moment; clients of Exchange do so by themselves.');

export const answersToClients: CodeTable = {
  heading: 'Answers to clients',
  underneath: 'Relay or agent gave this answer instead of the target: the code stands in the header x-hybridge-error and, with the request id, in the JSON body. The same code and request id stand in the access logs of both, so that the one request can be found there.',
  place: 'relay',
  directions: ['cloud → on-premises'],
  authentication: ['none'],
  check: [type('cloud', 'Test-OAuthConnectivity -Service EWS -TargetUri https://<external host>/EWS/Exchange.asmx -Mailbox <cloud user>', 'ResultType: Success'), type('relay', 'hybridge relay tail --application <guid>', 'Requests without an error code')],
  codes: [
    answer('RELAY_REQUEST_MALFORMED', [{ proof: [tail('400 with this code; the log of the relay has the rule that was broken (TUNNEL_HTTP_MALFORMED, reason)')], repair: [look('client', 'Correct or update what sends it: often a proxy that sends two Content-Length fields, or both Content-Length and Transfer-Encoding.')] }]),
    answer('RELAY_REQUEST_VERSION', [{ proof: [type('client', 'curl -v --http1.1 https://<external host>/EWS/Exchange.asmx', 'Any answer but 505')] }]),
    answer('RELAY_REQUEST_HEADERS_TOO_LARGE', [
      { title: 'A ticket or cookie of the client has grown beyond the limit', proof: [tail('431, of single people only: those who are in very many groups, or have old cookies')] },
      { title: 'The application takes less than the relay could', proof: [settings('A head size below 128 KB')], repair: [update('--head-size 128KB')], risk: mayBeMore },
    ]),
    answer('RELAY_REQUEST_TIMEOUT', [{ proof: [tail('408: of one address, its line is slow; of many, something before the relay holds requests back')] }]),
    answer('RELAY_METHOD_NOT_ALLOWED', [{ proof: [tail('405, with the method')] }]),
    answer('RELAY_PATH_AMBIGUOUS', [{ proof: [tail('400, with the path as it was sent')] }]),
    answer('RELAY_PATH_NOT_ALLOWED', [{ proof: [settings('The paths that are published; the one of the request is not below any')], repair: [type('relay', 'hybridge relay application presets'), update('--allow ews autodiscover <path>')], risk: 'What is published can be reached from the internet. --allow replaces the list: name all paths.' }]),
    answer('RELAY_UNKNOWN_ENDPOINT', [
      { title: 'The address has a GUID that is no application’s', proof: [type('on-premises', 'Get-HybridApplication', 'Another endpoint GUID than the one in TargetSharingEpr or in the connector')], repair: [type('on-premises', 'Get-HybridApplication'), type('cloud', 'Set-IntraOrganizationConnector <name> -TargetSharingEpr https://<endpoint>/EWS/Exchange.asmx')] },
      { title: 'The application was removed, or the host name is not given to it', proof: [type('relay', 'hybridge relay audit', 'The removal'), type('relay', 'hybridge relay application list')], repair: [type('relay', 'hybridge relay application create --target https://<internal host>')] },
    ]),
    answer('RELAY_MISDIRECTED', [{ proof: [tail('421: TLS was opened for one host name, the request is for another')], repair: [look('client', 'Something before the relay puts requests of several hosts into one connection: switch connection reuse across hosts off there.')] }]),
    answer('RELAY_REQUEST_TOO_LARGE', [{ proof: [settings('The body limit; the request’s Content-Length is above it')], repair: [update('--body-size 150MB')], risk: mayBeMore }]),
    answer('RELAY_RATE_LIMIT', [{ proof: [tail('429 in bursts'), settings('Its limit of requests per second')], repair: [update('--requests-per-second <number>')], risk: mayBeMore }]),
    answer('RELAY_CONCURRENCY_LIMIT', [{ proof: [tail('429, while earlier requests take long'), settings('Its limit of requests in work')], repair: [update('--requests-in-flight <number>')], risk: mayBeMore }]),
    answer('RELAY_CONNECTION_LIMIT', [{ proof: [settings('Its limit of connections')], repair: [update('--connections <number>')], risk: mayBeMore }]),
    answer('RELAY_TENANT_RATE_LIMIT', [{ proof: [type('relay', 'hybridge relay tenant list', 'The limits of the tenant')], repair: [again, updateTenant('--requests-per-second <number>')], risk: mayBeMore }]),
    answer('RELAY_TENANT_CONCURRENCY_LIMIT', [{ proof: [type('relay', 'hybridge relay tenant list', 'The limits of the tenant')], repair: [updateTenant('--requests-in-flight <number>')], risk: mayBeMore }]),
    answer('RELAY_TENANT_CONNECTION_LIMIT', [{ proof: [type('relay', 'hybridge relay tenant list', 'The limits of the tenant')], repair: [updateTenant('--connections <number>')], risk: mayBeMore }]),
    answer('RELAY_OVERLOADED', [{ proof: [tail('503 with this code, and long times of the requests before: the target is slow')], repair: [again, look('server', 'Find out why the target takes so long; another agent does not help where the server is the bottleneck.')] }]),
    answer('RELAY_TOKEN_REQUIRED', [{ proof: [settings('It has token issuers, and refuses anonymous requests'), tail('401 of a request without Authorization: Bearer')], repair: [look('client', 'Follow the challenge (WWW-Authenticate: authorization_uri). What must come without a token: hybridge relay application update <guid> --anonymous forward.')], risk: '--anonymous forward leaves judging to the server behind.' }]),
    answer('RELAY_TOKEN_REJECTED', [
      { title: 'The token is for another host name', proof: [type('client', 'hybridge doctor "<token>"', 'aud is not https://<external host>')], repair: [update('--token-audience <host>')] },
      { title: 'The token is of an issuer that the application does not trust', proof: [type('client', 'hybridge doctor "<token>"', 'iss is none of the application’s token issuers'), settings('Its token issuers')], repair: [update('--token-issuer <metadata url>')], risk: 'Whoever that issuer names gets through to the server behind.' },
      { title: 'The token has expired, or a clock is wrong', proof: [type('client', 'hybridge doctor "<token>"', 'exp is past, or nbf is to come, by a good clock')], repair: [look('relay', 'Set the clock right (NTP), and have a new token issued.')] },
    ]),
    answer('RELAY_TOKEN_KEYS_UNAVAILABLE', [{ proof: [settings('Its token issuers'), type('relay', 'curl -v <metadata url>', 'From the relay’s machine: no answer, or none that is JSON')], repair: [look('relay', 'Open the way from the relay to the issuer (DNS, 443, trusted authorities). Keys that it has read are used on, so this is met after a start or a roll of keys.')] }]),
    answer('RELAY_NO_AGENT', [
      { title: 'The agent does not run', proof: [agents('status inactive, or no agent at all'), type('agent', 'hybridge agent status', 'It does not run')], repair: [type('agent', 'systemctl start hybridge-agent')] },
      { title: 'The agent runs and gets no link', proof: [type('agent', 'hybridge agent test', 'The stage that fails: name resolution, proxy, TLS, clock, or its identity')], repair: [type('agent', 'hybridge agent test'), look('agent', 'Repair what it names.')] },
      { title: 'The agent’s permission was revoked', proof: [type('relay', 'hybridge relay agents list', 'revoked')], repair: [type('relay', 'hybridge relay token issue'), type('agent', 'hybridge agent enroll --replace --token-file <file>')] },
    ], 'M35'),
    answer('RELAY_AGENT_BUSY', [{ proof: [type('relay', 'hybridge relay agents list', 'Every agent has as many requests in work as it takes')], repair: [look('agent', 'Install another agent on another machine: docs/agent.md.')] }]),
    answer('RELAY_LINK_LOST', [
      { title: 'The agent ended, or its machine did', proof: [agents('inactive, or with a start that is new'), type('agent', 'hybridge agent status')], repair: [type('agent', 'systemctl start hybridge-agent')] },
      { title: 'A firewall or proxy on the way drops connections', proof: [look('agent', 'The log of the agent has AGENT_RELAY_SILENT, again and again after the same time.')], repair: [look('network', 'Raise the idle time-out for connections of the agent to the relay, port 443.')] },
    ]),
    answer('RELAY_TARGET_TIMEOUT', [
      { title: 'The server behind takes too long', proof: [tail('504 after the response time-out'), target('From the agent’s machine it takes as long')], repair: [look('server', 'Look at the server: application pools, its domain controllers, its disks.')] },
      { title: 'The time-out is too short for what is asked', proof: [settings('Its response time-out')], repair: [update('--response-timeout 15m')] },
    ], 'M35'),
    answer('RELAY_TOTAL_TIMEOUT', [{ proof: [settings('Its total time-out'), tail('504 after just that time')], repair: [update('--total-timeout none')] }]),
    answer('RELAY_TARGET_RESPONSE_INVALID', [{ proof: [target('The answer breaks HTTP: doubled Content-Length, blanks in a name, a line without a colon'), look('agent', 'The log of relay and agent has the reason.')], repair: [look('server', 'Correct or take out the device or module that writes the answer.')] }]),
    answer('RELAY_SHUTTING_DOWN', [{ proof: [look('relay', 'Its log: it was stopped, for an update perhaps.')], repair: [again] }]),
    answer('AGENT_TARGET_UNREACHABLE', [
      { title: 'The server, or its web service, is off', proof: [target('Connection refused'), agentTest('The target fails at TCP')], repair: [type('server', 'Start-Service W3SVC')] },
      { title: 'A firewall stands between agent and server', proof: [type('agent', 'curl -vk https://<internal host>/', 'No answer, while it answers on the server itself')], repair: [look('network', 'Open port 443 from the agent to the server.')] },
      { title: 'The name of the target does not resolve on the agent’s machine', proof: [type('agent', 'getent hosts <internal host>', 'Nothing, or an old address')], repair: [look('network', 'Correct the record in the internal DNS, or the resolver of the agent’s machine.'), type('on-premises', 'Update-HybridApplication -AppId <guid> -TargetUri https://<internal host>')] },
    ], 'M35'),
    answer('AGENT_TARGET_CERTIFICATE', [
      { title: 'It has expired', proof: [type('agent', 'openssl s_client -connect <internal host>:443 -servername <internal host> </dev/null | openssl x509 -noout -dates -subject -ext subjectAltName', 'notAfter is past'), agentTest('The target fails at TLS, with the reason')], repair: [look('server', 'Renew it: New-ExchangeCertificate, Enable-ExchangeCertificate -Services IIS.')] },
      { title: 'The agent does not know its authority', proof: [agentTest('unable to verify, or self-signed')], repair: [look('agent', 'Put the authority into the file of targetCa in agent.yaml, then restart the agent.')], risk: 'The agent trusts what that authority signs.' },
      { title: 'It is for another name', proof: [agentTest('the name is not among those of the certificate')], repair: [type('on-premises', 'Update-HybridApplication -AppId <guid> -TargetUri https://<a name of the certificate>')] },
    ], 'M35'),
    answer('AGENT_TARGET_TIMEOUT', [{ proof: [target('It hangs before “Connected”'), agentTest('The target fails at TCP after the time-out')], repair: [look('network', 'A firewall that drops: open port 443 from the agent to the server. Else the server’s machine is off.')] }], 'M35'),
    answer('AGENT_TARGET_CLOSED', [{ proof: [target('Empty reply from server'), look('server', 'The log of HTTP.sys (httperr) at that time: Connection_Dropped, AppOffline, Timer_EntityBody.')], repair: [look('server', 'Repair what its log names; a recycled application pool does this once.')] }]),
    answer('AGENT_TARGET_NOT_ALLOWED', [
      { title: 'The host is not in allowedTargets', proof: [look('agent', 'allowedTargets in agent.yaml, beside the target of Get-HybridApplication.')], repair: [look('agent', 'Add the host to allowedTargets in agent.yaml, and restart the agent.')], risk: 'The relay’s administrators may then let requests through to that host.' },
      { title: 'Its name leads to an address of forbiddenAddresses', proof: [type('agent', 'getent hosts <internal host>', 'Loopback, link-local, or what forbiddenAddresses names')], repair: [look('network', 'Correct where the name leads.')] },
    ]),
    answer('AGENT_APPLICATION_UNKNOWN', [{ proof: [type('agent', 'hybridge agent status', 'The application is not listed yet'), settings('It was made just now')], repair: [again] }]),
    answer('AGENT_PATH_NOT_ALLOWED', [{ proof: [settings('The paths that are published'), type('agent', 'hybridge agent status', 'What the agent was told of the application')], repair: [update('--allow ews autodiscover <path>')], risk: 'What is published can be reached from the internet.' }]),
    answer('AGENT_REQUEST_MALFORMED', [{ proof: [look('agent', 'Its log has the rule that was broken (TUNNEL_HTTP_MALFORMED, reason).')], repair: [look('client', 'Correct or update what sends it.')] }]),
    answer('AGENT_DRAINING', [{ proof: [type('agent', 'hybridge agent status', 'It ends, or has been started just now')], repair: [again] }]),
  ],
};
