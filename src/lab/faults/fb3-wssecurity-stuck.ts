import { mailHost, worldly } from './fault.ts';

const fault = '<?xml version="1.0" encoding="utf-8"?><s:Envelope xmlns:s="http://www.w3.org/2003/05/soap-envelope"><s:Body><s:Fault><s:Code><s:Value>s:Sender</s:Value></s:Code><s:Reason><s:Text xml:lang="en-US">An error occurred when verifying security for the message.</s:Text></s:Reason></s:Fault></s:Body></s:Envelope>';

/** IIS does with the path for delegation tokens what it likes, whatever the directory says. */
export const wssecurityStuck = worldly('fb3-wssecurity-stuck', () => [{ kind: 'device', hosts: [mailHost], answers: [{ path: '/wssecurity$', method: 'POST', status: 500, headers: { 'content-type': 'application/soap+xml; charset=utf-8' }, body: fault }] }], { trust: 'DAuth' });
