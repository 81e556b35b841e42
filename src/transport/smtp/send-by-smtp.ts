import { Readable } from 'node:stream';
import type { ConnectionOptions, PeerCertificate } from 'node:tls';
import SMTPConnection from 'nodemailer/lib/smtp-connection';
import type { Dial } from '../../foundation/index.ts';
import type { NextHop } from '../routing/next-hop.ts';
import { certificateHasName } from './certificate-name.ts';

export interface SmtpSending {
  dial: Dial;
  hop: NextHop;
  host: string;
  ehloName: string;
  ca?: string | readonly string[];
  /** PEM, shown to who asks for it. */
  certificate?: { cert: string; key: string };
  sender: string;
  recipients: readonly string[];
  content: AsyncIterable<Uint8Array>;
  /** Of the content, about. */
  size: number;
  signal: AbortSignal;
}

/** What the other side said of one recipient, or of all. */
export interface SmtpRefusal {
  /** 0: it never answered. */
  code: number;
  text: string;
}

export interface SmtpOutcome {
  accepted: readonly string[];
  refused: ReadonlyMap<string, SmtpRefusal>;
}

interface Failure {
  responseCode?: number | undefined;
  response?: unknown;
  message: string;
  /** Of the library: `ETLS` where no TLS came about. */
  code?: string | undefined;
  recipient?: string | undefined;
}

/** Sends one message to one host over one connection. Every recipient is among the accepted or the refused. */
export async function sendBySmtp(sending: SmtpSending): Promise<SmtpOutcome> {
  const { host, hop, recipients, signal } = sending;
  try {
    const socket = await sending.dial(host, hop.port, AbortSignal.any([signal, AbortSignal.timeout(30_000)]));
    const connection = new SMTPConnection({
      host,
      port: hop.port,
      connection: socket,
      name: sending.ehloName,
      requireTLS: hop.tls === 'required',
      ignoreTLS: hop.tls === 'never',
      tls: tlsOptions(sending),
      connectionTimeout: 30_000,
      greetingTimeout: 30_000,
      socketTimeout: 300_000,
    });
    const abort = (): void => connection.close();
    signal.addEventListener('abort', abort, { once: true });
    try {
      return await talk(connection, sending);
    } finally {
      signal.removeEventListener('abort', abort);
      connection.quit();
    }
  } catch (error) {
    const refusal = refusalOf(error as Failure, host);
    return { accepted: [], refused: new Map(recipients.map((recipient) => [recipient, refusal])) };
  }
}

function talk(connection: SMTPConnection, sending: SmtpSending): Promise<SmtpOutcome> {
  const { sender, recipients, content, size } = sending;
  return new Promise((resolve, reject) => {
    connection.once('error', reject);
    connection.once('end', () => reject(new Error('the connection was closed')));
    connection.connect((failure) => {
      if (failure) return reject(failure);
      // A report has no sender (RFC 5321 §4.5.5).
      connection.send({ from: sender === '' ? false : sender, to: [...recipients], size, use8BitMime: true }, Readable.from(content), (error, info) => {
        if (error) return reject(error);
        const refused = new Map((info?.rejectedErrors ?? []).map((each) => [(each as Failure).recipient ?? '', refusalOf(each, sending.host)]));
        resolve({ accepted: info?.accepted ?? [], refused });
      });
    });
  });
}

/** What the other side said; where it said nothing, what Exchange's queues say then. */
function refusalOf(failure: Failure, host: string): SmtpRefusal {
  if (typeof failure.response === 'string') return { code: failure.responseCode ?? 0, text: failure.response.slice(0, 900) };
  const status = failure.code === 'ETLS' ? '454 4.7.5 The connection to' : '441 4.4.1 Error communicating with';
  return { code: failure.responseCode ?? 0, text: `${status} ${host}${failure.code === 'ETLS' ? ' could not be made secure' : ''}: ${failure.message}`.slice(0, 900) };
}

/** What is asked of the certificate of the other side follows the connector: see Set-SendConnector -TlsAuthLevel. */
function tlsOptions({ hop, ca, certificate, host }: SmtpSending): ConnectionOptions {
  const isVerified = hop.validation === 'CertificateValidation' || hop.validation === 'DomainValidation';
  const { tlsDomain } = hop;
  const checkServerIdentity = (_: string, peer: PeerCertificate): Error | undefined => {
    if (hop.validation !== 'DomainValidation' || tlsDomain === undefined || certificateHasName(peer, tlsDomain)) return undefined;
    return new Error(`the certificate of ${host} does not have the name ${tlsDomain}`);
  };
  return {
    minVersion: 'TLSv1.2',
    rejectUnauthorized: isVerified,
    checkServerIdentity,
    ...(ca === undefined ? {} : { ca: typeof ca === 'string' ? ca : [...ca] }),
    ...(certificate === undefined ? {} : certificate),
  };
}
