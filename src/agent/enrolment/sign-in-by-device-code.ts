import { rootCertificates } from 'node:tls';
import { setTimeout } from 'node:timers/promises';
import { request } from 'undici';
import type { Dispatcher } from 'undici';
import { z } from 'zod';
import type { Dial } from '../../foundation/index.ts';
import { createHttpClient, errorCode, errorText, HybridgeError, systemDial } from '../../foundation/index.ts';
import { enrolmentErrorSchema, signInPath, signInResponseSchema } from '../../tunnel/index.ts';
import type { SignInResponse } from '../../tunnel/index.ts';
import { AgentError } from '../agent-error.ts';
import type { OutboundProxy } from '../links/dial-through-proxy.ts';
import { dialThroughProxy } from '../links/dial-through-proxy.ts';
import { relayConnectionError } from '../links/relay-connection-error.ts';
import { isCertificateError } from '../targets/dial-failure.ts';

/** What a person has to do. */
export interface DeviceSignInPrompt {
  address: string;
  code: string;
  /** Seconds that the code lasts. */
  expiresIn: number;
}

export interface DeviceSignInOptions {
  /** `https://relay.example[:port]`. */
  relayUrl: string;
  /** Shows address and code to whoever enrols the agent. */
  onPrompt: (prompt: DeviceSignInPrompt) => void;
  /** PEM certificates to trust for the relay instead of the built-in roots; for the token service besides them. */
  ca?: string | readonly string[];
  dial?: Dial;
  /** Outbound proxy to reach relay and token service through. */
  proxy?: OutboundProxy;
  /** Waits between two polls, milliseconds. */
  pause?: (milliseconds: number) => Promise<unknown>;
}

/** RFC 8628 §3.2. */
const deviceSchema = z.object({
  device_code: z.string().min(1).max(4096),
  user_code: z.string().min(1).max(100),
  verification_uri: z.string().max(300),
  expires_in: z.number().positive().max(86_400),
  interval: z.number().positive().max(300).default(5),
});
const tokenSchema = z.object({ access_token: z.string().min(1).max(16 * 1024) });
/** RFC 6749 §5.2, with the AADSTS text in `error_description`. */
const refusalSchema = z.object({ error: z.string().max(100), error_description: z.string().optional() });

/** `slow_down` makes the interval longer by this (RFC 8628 §3.5). */
const slowDownSeconds = 5;
const longestPauseSeconds = 60;
const grantType = 'urn:ietf:params:oauth:grant-type:device_code';

/**
 * Has an administrator sign in at the token service that the relay names, with a browser anywhere (RFC 8628).
 *
 * @returns an access token for the relay
 * @throws AgentError `AGENT_SIGN_IN_DECLINED`, `_EXPIRED`, `_REFUSED`, `_UNREACHABLE`, `AGENT_RELAY_…`, `AGENT_PROXY_…`;
 *   HybridgeError `RELAY_SIGN_IN_OFF`
 */
export async function signInByDeviceCode(options: DeviceSignInOptions): Promise<string> {
  const direct = options.dial ?? systemDial;
  const dial = options.proxy === undefined ? direct : dialThroughProxy(options.proxy, direct);
  const own = options.ca === undefined ? undefined : [options.ca].flat();
  const relay = createHttpClient({ dial, connections: 1, ...(own === undefined ? {} : { ca: own }) });
  const tokenService = createHttpClient({ dial, connections: 1, ...(own === undefined ? {} : { ca: [...own, ...rootCertificates] }) });
  try {
    const signIn = await askRelay(options.relayUrl, relay);
    return await signInAt(signIn, tokenService, options);
  } finally {
    await Promise.all([relay.destroy(), tokenService.destroy()]);
  }
}

async function askRelay(relayUrl: string, dispatcher: Dispatcher): Promise<SignInResponse> {
  let answer: unknown;
  try {
    const { body } = await request(new URL(signInPath, relayUrl), { dispatcher, signal: AbortSignal.timeout(30_000) });
    answer = await body.json();
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw relayConnectionError(error, relayUrl);
  }
  const signIn = signInResponseSchema.safeParse(answer);
  if (signIn.success) return signIn.data;
  const refused = enrolmentErrorSchema.safeParse(answer);
  if (!refused.success) throw new AgentError('AGENT_RELAY_ANSWER', 'What answers at this address is not a relay of this version.', { remedy: 'Check the address of the relay; a proxy in between may answer in its place.' });
  const { code, message, remedy } = refused.data.error;
  throw new HybridgeError(code, message, remedy === undefined ? {} : { remedy });
}

async function signInAt({ authority, clientId, scope }: SignInResponse, dispatcher: Dispatcher, options: DeviceSignInOptions): Promise<string> {
  const post = (path: string, form: Record<string, string>): Promise<unknown> => postForm(`${authority}/oauth2/v2.0/${path}`, { client_id: clientId, ...form }, dispatcher);
  const answer = await post('devicecode', { scope });
  const device = deviceSchema.safeParse(answer);
  if (!device.success) throw refusalOf(answer, authority);
  const { device_code, user_code: code, verification_uri: address, expires_in: expiresIn } = device.data;
  options.onPrompt({ address: printable(address), code: printable(code), expiresIn });
  const pause = options.pause ?? setTimeout;
  let { interval } = device.data;
  let waited = 0;
  let unreachable: unknown;
  while (waited <= expiresIn) {
    await pause(interval * 1000);
    waited += interval;
    try {
      const polled = await post('token', { grant_type: grantType, device_code });
      unreachable = undefined;
      const token = tokenSchema.safeParse(polled);
      if (token.success) return token.data.access_token;
      const error = refusalOf(polled, authority);
      const said = error.facts['error'];
      if (said === 'slow_down') interval += slowDownSeconds;
      else if (said !== 'authorization_pending') throw error;
    } catch (error) {
      if (errorCode(error) !== 'AGENT_SIGN_IN_UNREACHABLE') throw error;
      // A short interruption must not cost the person the sign-in (RFC 8628 §3.5: poll less often).
      unreachable = error;
      interval = Math.min(longestPauseSeconds, interval * 2);
    }
  }
  throw unreachable ?? expired();
}

async function postForm(url: string, form: Record<string, string>, dispatcher: Dispatcher): Promise<unknown> {
  try {
    const { body } = await request(url, {
      method: 'POST',
      dispatcher,
      headers: { 'content-type': 'application/x-www-form-urlencoded', accept: 'application/json' },
      body: new URLSearchParams(form).toString(),
      signal: AbortSignal.timeout(30_000),
    });
    return await body.json();
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    // Of the proxy's refusals it is the proxy that is to be put right.
    if (error instanceof AgentError) throw error;
    const cause = errorCode(error) ?? errorCode((error as { cause?: unknown }).cause) ?? errorText(error);
    throw new AgentError('AGENT_SIGN_IN_UNREACHABLE', `The token service ${new URL(url).host} cannot be reached (${cause}).`, {
      facts: { url, cause },
      cause: error,
      retryable: true,
      remedy: isCertificateError(cause)
        ? 'Check the clock of this machine; let the agent trust the authority of the token service (ca); a proxy that inspects TLS must leave it alone.'
        : 'Check name resolution, the outbound firewall for port 443 and the proxy settings, or enrol with a token.',
    });
  }
}

function expired(): AgentError {
  return new AgentError('AGENT_SIGN_IN_EXPIRED', 'Nobody signed in while the code was valid.', { remedy: 'Run the command again and enter the new code in time.' });
}

function refusalOf(answer: unknown, authority: string): AgentError {
  const parsed = refusalSchema.safeParse(answer);
  if (!parsed.success) {
    return new AgentError('AGENT_SIGN_IN_REFUSED', 'What answers for the token service is none.', { facts: { authority }, remedy: 'Have the relay’s operator check authority under signIn; a proxy in between may answer in its place.' });
  }
  const { error, error_description: description = error } = parsed.data;
  if (error === 'expired_token') return expired();
  if (error === 'authorization_declined' || error === 'access_denied') return new AgentError('AGENT_SIGN_IN_DECLINED', 'The sign-in was declined in the browser.', { facts: { error }, remedy: 'Run the command again and choose to continue, if it was you who started it.' });
  // The first line names the cause; trace ids and the time follow it.
  const reason = printable(description.split(/\r?\n/, 1)[0] ?? '');
  return new AgentError('AGENT_SIGN_IN_REFUSED', `The token service refuses the sign-in: ${reason}`, { facts: { error, authority }, remedy: 'Have the administrator of the token service check the agent’s registration, its consent and the relay’s service principal name.' });
}

/** Texts of the token service go to a terminal: no control characters, no endless lines. */
function printable(text: string): string {
  return text.replace(/\p{C}/gu, '').slice(0, 500);
}
