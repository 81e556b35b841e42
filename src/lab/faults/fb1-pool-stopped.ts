import { mailHost, worldly } from './fault.ts';

const fault = '<?xml version="1.0" encoding="utf-8"?><s:Envelope xmlns:s="http://schemas.xmlsoap.org/soap/envelope/"><s:Body><s:Fault><faultcode>s:Server</faultcode><faultstring xml:lang="en-US">An internal server error occurred. The operation failed.</faultstring></s:Fault></s:Body></s:Envelope>';

/** The web server takes requests, and has nobody behind it. */
export const ewsPoolStopped = worldly('fb1-pool-stopped', () => [{ kind: 'device', hosts: [mailHost], answers: [{ path: '^/ews', status: 500, headers: { server: 'Microsoft-IIS/10.0', 'content-type': 'text/xml; charset=utf-8' }, body: fault }] }]);
