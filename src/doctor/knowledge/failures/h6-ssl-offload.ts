import type { Failure } from '../failure.ts';
import { announcingHma, configureHma } from '../references.ts';

export const sslOffload: Failure = {
  id: 'H6',
  title: 'The audience claim: Expected https, Actual http (2000003)',
  texts: ["The hostname component of the audience claim value is invalid. Expected 'https://…'. Actual 'http://", 'The hostname component of the audience claim value is invalid. Expected'],
  marks: ['error_category="invalid_resource"', "valid. Expected 'https", 'hostname component of the audience', 'value is invalid. Expected'],
  directions: ['client → on-premises'],
  authentication: ['modern authentication'],
  underneath: 'The token is for https://host. The balancer took TLS off, so Exchange received the request over plain HTTP and takes it for another resource.',
  causes: [
    {
      id: 'h6-ssl-offload',
      title: 'The load balancer offloads SSL',
      why: 'The scheme is part of the audience.',
      proof: [{ on: 'server', act: 'IIS log: s-port is 80 for requests of clients.' }, { on: 'on-premises', run: 'Get-OutlookAnywhere | Format-List Server, SSLOffloading', expect: 'True' }],
      repair: [{ on: 'network', act: 'Change the balancer to SSL bridging: decrypt, then encrypt again toward Exchange.' }],
      risk: 'Costs the balancer some CPU; Exchange needs a certificate that the balancer trusts.',
    },
  ],
  check: [{ on: 'client', act: 'Restart Outlook; Connection Status shows Bearer in the column Authn.' }],
  prevention: 'Never offload in front of Exchange that takes tokens.',
  references: [configureHma, announcingHma],
};
