import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ownCodes } from '../knowledge/own-codes/own-codes.ts';
import { recognizeOwnCodes, recognizeText } from './recognize-own-codes.ts';

const named = (text: string): readonly string[] => recognizeOwnCodes(text).map(({ failure }) => failure.id);
const told = (text: string): readonly string[] => recognizeText(text).map(({ failure }) => failure.id);

test('every code is answered in a header, a line of a log, JSON, Markdown, and broken by a mail', () => {
  for (const code of ownCodes.keys()) {
    const forms = [`x-hybridge-error: ${code}`, `{"level":50,"err":{"code":"${code}","message":"x"}}`, `2026-11-21T09:00:00Z 10.0.0.7 GET /EWS 503 ${code} 12`, `**${code.replaceAll('_', '\\_')}**`, `> it says ${code.replace('_', '_\r\n> ')} again`, `${code}: text`];
    for (const form of forms) assert.deepEqual(named(form), [code], form);
  }
});

test('the numbers of a token endpoint’s answer are read, the one that says why first', () => {
  assert.deepEqual(named('{"error":"invalid_client","error_codes":[70002,50012]}'), ['AADSTS50012', 'AADSTS70002']);
  assert.deepEqual(named('{\\"error_codes\\":[50126],\\"timestamp\\":1}'), ['AADSTS50126']);
  assert.deepEqual(named('AGENT_RELAY_REFUSES: the relay refuses the link (RELAY_AGENT_REVOKED)'), ['RELAY_AGENT_REVOKED', 'AGENT_RELAY_REFUSES']);
});

test('parts of words, other cases and other products’ codes are none', () => {
  assert.deepEqual(named('MY_RELAY_NO_AGENT RELAY_NO_AGENT_2 relay_no_agent AADSTS5005 AADSTS500571 XHCW8064 HCW80640 AGENT_STATE RELAY_ AADSTS999999 "error_codes":[1234567]'), []);
});

test('what the relay answered itself comes before what the status means elsewhere, unless a failure treats it at length', () => {
  assert.deepEqual(told('The request failed with HTTP status 503: Service Unavailable. x-hybridge-error: RELAY_OVERLOADED').slice(0, 2), ['RELAY_OVERLOADED', 'M35']);
  assert.deepEqual(told('The request failed with HTTP status 503: Service Unavailable. x-hybridge-error: RELAY_NO_AGENT').slice(0, 2), ['M35', 'RELAY_NO_AGENT']);
  assert.deepEqual(told('The request failed with HTTP status 401: Unauthorized, x-hybridge-error: RELAY_TOKEN_REJECTED').slice(0, 2), ['RELAY_TOKEN_REJECTED', 'FB10']);
  assert.equal(told('HCW8064 - The HCW has completed, but was not able to perform the OAuth portion')[0], 'W1');
});
