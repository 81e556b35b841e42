import type { ConnectionOptions, TLSSocket } from 'node:tls';
import type { Dispatcher } from 'undici';
import { createHttpClient, dialTls, errorCode } from '../../foundation/index.ts';
import type { Dial, DialTlsOptions } from '../../foundation/index.ts';
import type { FreeBusyCase } from './free-busy-case.ts';
import { noAnswer } from './no-answer.ts';
import { text } from './probe.ts';

const timeoutMs = 10_000;
/** What is spoken and what is shown does not matter. OpenSSL takes versions and hashes of old only at its level 0. */
const whatever = { rejectUnauthorized: false, minVersion: 'TLSv1', ciphers: 'DEFAULT:@SECLEVEL=0' } as const;

/** What stands behind a failure to connect. */
export interface Beyond {
  /** What else is wrong with the connection, by Node's and OpenSSL's codes. */
  errors: readonly unknown[];
  /** Another name by which the same address was reached. */
  through?: string;
  /** Asks the endpoint all the same. It verifies nobody: what it sends must be nobody's secret. */
  httpClient?: Dispatcher;
  /** Why nothing can be seen there. */
  because?: string;
}

/**
 * Looks past a name that does not resolve (by the relay's own name, which leads to the address of all that it publishes)
 * and past a handshake that is refused, to what the next repair would meet. Past a connection that is not made, or is
 * reset, nobody sees.
 */
export async function lookBeyond(given: Pick<FreeBusyCase, 'sessions' | 'network' | 'clock'>, url: URL, error: unknown): Promise<Beyond> {
  const { network } = given;
  const isUnresolved = errorCode(error) === 'ENOTFOUND';
  const through = isUnresolved ? await relayName(given, url) : undefined;
  if (network === undefined || (isUnresolved ? through === undefined : !isHandshake(error))) return { errors: [], because: becauseOf(error) };
  const dial: Dial = through === undefined ? network.dial : (_, port, signal) => network.dial(through, port, signal);
  const errors: unknown[] = [];
  try {
    const at = { dial, host: url.hostname, port: Number(url.port) || 443, ca: [...network.ca] };
    const socket = await handshake(at, { rejectUnauthorized: false }).catch((refused: unknown) => {
      if (!isHandshake(refused)) throw refused;
      errors.push(refused);
      return handshake(at, whatever);
    });
    errors.push(...certificateErrors(socket, url.hostname, given.clock.now()));
    socket.destroy();
  } catch (refused) {
    return { errors: [...errors, refused], because: becauseOf(refused), ...(through === undefined ? {} : { through }) };
  }
  return { errors, httpClient: createHttpClient({ dial, ca: network.ca, tls: whatever }), ...(through === undefined ? {} : { through }) };
}

/** The relay's own name, where it publishes this address: all that it publishes is below it. */
async function relayName({ sessions }: Pick<FreeBusyCase, 'sessions'>, url: URL): Promise<string | undefined> {
  const published = (await sessions.Relay?.invoke('Get-HybridApplication').catch(() => [])) ?? [];
  return published.some((each) => URL.parse(text(each, 'externalUrl'))?.host === url.host) ? url.hostname.replace(/^[^.]+\./, '') : undefined;
}

async function handshake(at: Pick<DialTlsOptions, 'dial' | 'host' | 'port' | 'ca'>, how: Pick<ConnectionOptions, 'rejectUnauthorized' | 'minVersion' | 'ciphers'>): Promise<TLSSocket> {
  const socket = await dialTls({ ...at, ...how, signal: AbortSignal.timeout(timeoutMs), ALPNProtocols: ['http/1.1'] });
  socket.on('error', () => undefined);
  return socket;
}

/** All that is wrong with it: who verifies stops at the first. */
function certificateErrors(socket: TLSSocket, host: string, now: number): readonly unknown[] {
  const certificate = socket.getPeerX509Certificate();
  if (certificate === undefined) return [];
  const wrong = (code: string, message: string): unknown => Object.assign(new Error(message), { code });
  const verified = socket.authorized ? '' : String(socket.authorizationError);
  const own = ['CERT_HAS_EXPIRED', 'ERR_TLS_CERT_ALTNAME_INVALID'];
  return [
    ...(verified === '' || own.includes(verified) ? [] : [wrong(verified, verified)]),
    ...(Date.parse(certificate.validTo) > now ? [] : [wrong('CERT_HAS_EXPIRED', `certificate has expired (${new Date(certificate.validTo).toISOString().slice(0, 10)})`)]),
    ...(certificate.checkHost(host) === undefined ? [wrong('ERR_TLS_CERT_ALTNAME_INVALID', `the certificate is for ${certificate.subjectAltName ?? certificate.subject}`)] : []),
  ];
}

/** The connection is there, and TLS or a certificate is why it is of no use. */
export function isHandshake(error: unknown): boolean {
  return /^(?:ERR_TLS|ERR_SSL|EPROTO)|CERT|SIGNATURE|ISSUER/.test(errorCode(error) ?? '');
}

function becauseOf(error: unknown): string {
  if (errorCode(error) === 'ENOTFOUND') return 'its name does not resolve, and no other name is known that leads to its address';
  if (isHandshake(error)) return 'TLS cannot be agreed upon';
  const kind = noAnswer(error);
  if (kind === 'closed') return 'connections to it are reset';
  if (kind === 'no HTTP') return 'what comes back is no HTTP';
  return kind === 'silent' ? 'nothing comes back' : 'no connection is made';
}
