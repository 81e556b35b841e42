import type { AddressInfo } from 'node:net';
import type { TLSSocket } from 'node:tls';
import { SMTPServer } from 'smtp-server';
import type { SMTPServerSession } from 'smtp-server';
import { createRequestId, errorText } from '../../foundation/index.ts';
import { acceptedDomain, resolveRecipient } from '../routing/resolve-recipient.ts';
import { nextHop } from '../routing/next-hop.ts';
import { deliveryStatuses, statusLine } from '../delivery-status.ts';
import type { DeliveryStatus } from '../delivery-status.ts';
import { addressKey, isSmtpAddress, smtpDomainOf } from '../../organization/index.ts';
import type { QueuedMessage, QueuedRecipient } from '../../organization/index.ts';
import { storedCertificate } from '../stored-certificate.ts';
import type { TransportContext } from '../submission.ts';
import { receiveMessage } from './receive-message.ts';
import type { SenderTrust, VerifiedPeer } from './sender-trust.ts';
import { trustSender } from './sender-trust.ts';

export interface SmtpListenerOptions {
  context: TransportContext;
  host?: string;
  port?: number;
  /** PEM certificate chain and key of the listener. */
  certificate: { cert: string; key: string };
  /** Certificates that clients' own are verified by. Default: the built-in roots. */
  ca?: string | readonly string[];
  /** What has been taken is on its way. */
  onReceived: (message: QueuedMessage) => void;
}

export interface SmtpListener {
  host: string;
  port: number;
  close(graceMs: number): Promise<void>;
}

/** What is known of one connection. */
interface Connection {
  peer?: VerifiedPeer;
  trust?: SenderTrust;
  recipients: QueuedRecipient[];
}

/** Limits where there is no Receive connector to say them: Exchange Online's, as far as they are published. */
const defaults = { MaxMessageSize: 37_748_736, MaxRecipientsPerMessage: 500, MaxHopCount: 60, MaxInboundConnection: 5000, MaxInboundConnectionPerSource: 20, Enabled: true, Banner: null, Fqdn: null } as const;

/**
 * Takes mail by SMTP with STARTTLS (RFC 5321, RFC 3207): for recipients of the organisation from anybody, for others only
 * from the other half of the hybrid, which a certificate tells.
 */
export async function startSmtpListener(options: SmtpListenerOptions): Promise<SmtpListener> {
  const { context, certificate, ca } = options;
  const { organization, side, serverName, log } = context;
  const connections = new WeakMap<SMTPServerSession, Connection>();
  const perSource = new Map<string, number>();
  let open = 0;
  const settings = async () => (await organization.configuration.list('ReceiveConnector'))[0]?.properties ?? defaults;
  const connectionOf = (session: SMTPServerSession): Connection => {
    let found = connections.get(session);
    if (found === undefined) connections.set(session, (found = { recipients: [] }));
    return found;
  };
  /** Runs a handler: refusals are answered with their code, what goes wrong inside with a passing one. */
  const answer = (session: SMTPServerSession, callback: (error?: Error | null) => void, work: () => Promise<DeliveryStatus | undefined>): void => {
    work().then(
      (refused) => callback(refused === undefined ? null : asReply(refused)),
      (error: unknown) => {
        log.error({ err: error, client: session.remoteAddress }, 'SMTP: a command failed');
        callback(asReply(deliveryStatuses.temporary));
      },
    );
  };
  const initial = await settings();
  const server = new SMTPServer({
    name: initial.Fqdn ?? serverName,
    banner: initial.Banner?.slice(4) ?? 'Microsoft ESMTP MAIL Service ready',
    size: initial.MaxMessageSize,
    key: certificate.key,
    cert: certificate.cert,
    ...(ca === undefined ? {} : { ca: typeof ca === 'string' ? ca : [...ca] }),
    requestCert: true,
    rejectUnauthorized: false,
    minVersion: 'TLSv1.2',
    disabledCommands: ['AUTH'],
    authOptional: true,
    disableReverseLookup: true,
    // The library would put codes of its own before those of the field.
    hideENHANCEDSTATUSCODES: true,
    hideSMTPUTF8: true,
    socketTimeout: 300_000,
    maxAllowedUnauthenticatedCommands: 20_000,
    onConnect(session, callback) {
      answer(session, callback, async () => {
        const { Enabled, MaxInboundConnection, MaxInboundConnectionPerSource } = await settings();
        const ofSource = perSource.get(session.remoteAddress) ?? 0;
        if (!Enabled || open >= MaxInboundConnection || ofSource >= MaxInboundConnectionPerSource) return deliveryStatuses.notNow;
        open += 1;
        perSource.set(session.remoteAddress, ofSource + 1);
        connectionOf(session);
        return undefined;
      });
    },
    onClose(session) {
      if (!connections.delete(session)) return;
      open -= 1;
      const rest = (perSource.get(session.remoteAddress) ?? 1) - 1;
      if (rest > 0) perSource.set(session.remoteAddress, rest);
      else perSource.delete(session.remoteAddress);
    },
    onSecure(socket, session, callback) {
      const secure = socket as TLSSocket;
      if (secure.authorized) connectionOf(session).peer = secure.getPeerCertificate();
      callback();
    },
    onMailFrom({ address, args }, session, callback) {
      answer(session, callback, async () => {
        const connection = connectionOf(session);
        connection.recipients = [];
        if (address !== '' && !isSmtpAddress(address)) return deliveryStatuses.invalidAddress;
        const announced = args === false ? undefined : args['SIZE'];
        if (Number(announced) > (await settings()).MaxMessageSize) return deliveryStatuses.tooLarge;
        const trust = await trustSender(organization, side, address, connection.peer, session.secure);
        if ('refused' in trust) return trust.refused;
        connection.trust = trust;
        return undefined;
      });
    },
    onRcptTo({ address }, session, callback) {
      answer(session, callback, async () => {
        const connection = connectionOf(session);
        if (connection.recipients.length >= (await settings()).MaxRecipientsPerMessage) return deliveryStatuses.tooManyRecipients;
        const refused = await refusalOf(context, address, { address: session.envelope.mailFrom === false ? '' : session.envelope.mailFrom.address, trust: connection.trust });
        if (refused === undefined) connection.recipients.push({ address });
        return refused;
      });
    },
    onData(stream, session, callback) {
      const { trust, recipients } = connectionOf(session);
      const requestId = createRequestId();
      answer(session, (error) => callback(error, error === null || error === undefined ? `2.6.0 <${requestId}> Queued mail for delivery` : undefined), async () => {
        // Who stops reading does not end the connection: the client is told why.
        const content = stream.iterator({ destroyOnReturn: false }) as AsyncGenerator<Uint8Array>;
        try {
          const { MaxMessageSize, MaxHopCount } = await settings();
          const taken = await receiveMessage(context, {
            sender: session.envelope.mailFrom === false ? '' : session.envelope.mailFrom.address,
            recipients,
            trust: trust ?? { isCrossPremises: false, isInternal: false },
            client: { name: session.hostNameAppearsAs, address: session.remoteAddress, protocol: session.transmissionType, ...(session.tlsOptions === false ? {} : { cipher: session.tlsOptions.name }) },
            content,
            maximumBytes: MaxMessageSize,
            maximumHops: MaxHopCount,
          });
          if ('refused' in taken) return taken.refused;
          log.info({ message: taken.number, messageId: taken.messageId, sender: taken.sender, recipients: recipients.length, client: session.remoteAddress }, 'mail received');
          options.onReceived(taken);
          return undefined;
        } finally {
          // The rest of a refused message has to go by before the answer can be heard.
          await content.return(undefined);
          stream.resume();
        }
      });
    },
  });
  const showCertificate = async (): Promise<void> => {
    const [connector] = await organization.configuration.list('ReceiveConnector');
    const name = connector?.properties.TlsCertificateName ?? null;
    const chosen = (name === null ? undefined : await storedCertificate(organization, name)) ?? certificate;
    if (name !== null && chosen === certificate) log.warn({ name }, 'SMTP: no certificate of that name serves SMTP; the listener shows its own');
    server.updateSecureContext({ cert: chosen.cert, key: chosen.key });
  };
  const forget = organization.configuration.onChange(({ kind }) => {
    if (kind === 'ReceiveConnector' || kind === 'ExchangeCertificate') void showCertificate().catch((error: unknown) => log.error({ err: error }, 'SMTP: the certificate was not changed'));
  });
  server.on('error', (error) => log.debug({ err: error }, `SMTP: ${errorText(error)}`));
  await showCertificate();
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(options.port ?? 0, options.host ?? '127.0.0.1', () => {
      server.off('error', reject);
      resolve();
    });
  });
  const { address, port } = server.server.address() as AddressInfo;
  return {
    host: address,
    port,
    close: (graceMs) =>
      new Promise((resolve) => {
        forget();
        const cut = setTimeout(() => {
          for (const connection of server.connections) connection.close();
        }, graceMs);
        server.close(() => {
          clearTimeout(cut);
          resolve();
        });
      }),
  };
}

/** Why mail to an address is not taken from this client; undefined where it is. */
async function refusalOf(context: TransportContext, address: string, { address: sender, trust }: { address: string; trust: SenderTrust | undefined }): Promise<DeliveryStatus | undefined> {
  const { organization, side } = context;
  const key = addressKey(address);
  if (!isSmtpAddress(key)) return deliveryStatuses.invalidAddress;
  const isOurs = (await acceptedDomain(organization, smtpDomainOf(key))) !== undefined;
  if (!isOurs && trust?.isCrossPremises !== true) return deliveryStatuses.noRelay;
  const destinations = await resolveRecipient(organization, key, { address: sender, isInternal: trust?.isInternal === true || trust?.isCrossPremises === true });
  const [only] = destinations;
  // What the other half of the hybrid says of a message stands in its head, which is yet to come.
  if (only?.kind === 'failed' && destinations.length === 1) return only.why;
  if (only?.kind === 'remote' && destinations.length === 1 && (await nextHop(organization, side, smtpDomainOf(addressKey(only.address)), only.isAccepted)) === undefined) return isOurs ? deliveryStatuses.unknownRecipient : deliveryStatuses.noRelay;
  return undefined;
}

function asReply(status: DeliveryStatus): Error {
  const { code } = status;
  return Object.assign(new Error(statusLine(status).slice(String(code).length + 1)), { responseCode: code });
}
