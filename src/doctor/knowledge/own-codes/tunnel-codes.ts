import { code, look, type } from './own-code.ts';
import type { CodeTable } from './own-code.ts';

export const tunnelCodes: CodeTable = {
  heading: 'The tunnel',
  underneath: 'Relay and agent read HTTP alike, and refuse what two readers could understand differently. The code stands in their logs only: the client gets RELAY_REQUEST_MALFORMED or another answer.',
  place: 'relay',
  directions: ['cloud → on-premises'],
  authentication: ['none'],
  check: [look('relay', 'The log shows no more such lines.')],
  codes: [
    code('TUNNEL_HTTP_MALFORMED', 'A message that two parsers could read differently; the rule is in the log.', 'Correct the sender.', [{ proof: [look('relay', 'The log line: reason says which rule was broken, and the address who sent it.')] }]),
    code('TUNNEL_HTTP_HEAD_TOO_LARGE', 'More header fields than the limits allow.', 'Correct the sender: often a huge cookie or Kerberos ticket.', [{ proof: [look('relay', 'The log line has the client; people of very many groups have the largest tickets.')] }]),
    code('TUNNEL_HTTP_VERSION', 'Neither HTTP/1.0 nor HTTP/1.1.', 'Correct the sender.', [{ proof: [look('relay', 'The log line has the client.')] }]),
    code('TUNNEL_CONTROL_INVALID', 'A control message of the wrong shape.', 'Update the older one of relay and agent.', [{ proof: [type('relay', 'hybridge relay agents list', 'Versions of agents beside that of the relay')], repair: [look('agent', 'Update the older of the two.')] }]),
    code('TUNNEL_CLIENT_HELLO', 'A connection that does not begin with TLS.', 'Harmless scans; a plain-HTTP client must use https.', [{ proof: [look('relay', 'The address in the log line: unknown ones scan; your own need https in their configuration.')] }]),
  ],
};
