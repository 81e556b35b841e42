import type { Failure } from '../failure.ts';
import { announcingHma, configureHma } from '../references.ts';

export const renamedHost: Failure = {
  id: 'H5',
  title: 'The hostname component of the audience claim value is invalid (2000003), at sign-in',
  texts: ["The hostname component of the audience claim value '…' is invalid", 'The hostname component of the audience claim value … is invalid";error_category="invalid_resource"'],
  marks: ['error_category="invalid_resource"', 'hostname component of the audience'],
  directions: ['client → on-premises'],
  authentication: ['modern authentication'],
  underneath: 'The client has a token for the name that it called. Between client and Exchange that name was replaced, and Exchange finds a token that is for somebody else.',
  causes: [
    {
      id: 'h5-host-rewrite',
      title: 'A reverse proxy forwards to another host name',
      why: 'Web Application Proxy and others send the name of the backend URL in Host unless told otherwise.',
      clues: ['WAP', 'Web Application Proxy', 'X-FEServer'],
      proof: [{ on: 'server', act: 'IIS log: cs-host is the internal name while the client called the external one.' }],
      repair: [{ on: 'network', act: 'Use the same host name inside and outside, in pass-through mode.' }],
      risk: 'The internal zone needs a record for the external name.',
    },
  ],
  check: [{ on: 'client', act: 'Restart Outlook; Connection Status shows Bearer in the column Authn.' }],
  prevention: 'One name per service, inside and outside.',
  references: [configureHma, announcingHma],
};
