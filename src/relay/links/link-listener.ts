import { createHash, X509Certificate } from 'node:crypto';
import type { Socket } from 'node:net';
import tls from 'node:tls';
import type { TLSSocket } from 'node:tls';
import type { Clock, Log } from '../../foundation/index.ts';
import { HybridgeError } from '../../foundation/index.ts';
import type { CertificateWithKey } from '../../identity/index.ts';
import { readCertificate } from '../../identity/index.ts';
import type { AgentMessage, ApplicationConfiguration, RelayMessage } from '../../tunnel/index.ts';
import { linkProtocol } from '../../tunnel/index.ts';
import type { Application } from '../registry/application.ts';
import type { Registry } from '../registry/open-registry.ts';
import type { AgentLink } from './agent-link.ts';
import { openAgentLink, retire } from './agent-link.ts';
import type { LinkDirectory } from './link-directory.ts';

export interface LinkListenerOptions {
  registry: Registry;
  links: LinkDirectory;
  certificate: CertificateWithKey;
  relayHost: string;
  clock: Clock;
  log: Log;
  /** Days that renewed certificates are valid. */
  certificateDays: number;
  pingIntervalMs?: number;
}

export interface LinkListener {
  /** Takes over a connection whose ClientHello asked for the link protocol; `address` is the agent's, whatever stands in between. */
  accept(transport: Socket, address: string): void;
  /** Ends all links; resolves when that has been noted. */
  destroy(): Promise<void>;
}

/** Accepts agents: mutual TLS with certificates of the relay's own authority, then configuration and control. */
export function createLinkListener(options: LinkListenerOptions): LinkListener {
  const { registry, links, clock, log } = options;
  const writes = new Set<Promise<void>>();
  /** Addresses of agents by the far end of their connections, which may be a load balancer's. */
  const addresses = new Map<string, string>();
  /** Which authority vouched for the agent of a link. */
  const vouchers = new WeakMap<AgentLink, string>();
  const trust = (): tls.SecureContextOptions => ({
    cert: options.certificate.certificate,
    key: options.certificate.privateKey,
    ca: registry.authorities.list().map(({ certificate }) => certificate),
    minVersion: 'TLSv1.2',
  });
  const server = tls.createServer({
    ...trust(),
    ALPNProtocols: [linkProtocol],
    requestCert: true,
    // Refused with a code of ours instead of a bare TLS alert; nothing is served before `admission` agrees.
    rejectUnauthorized: false,
    handshakeTimeout: 10_000,
  });
  server.on('secureConnection', (socket) => {
    socket.on('error', (error) => log.info({ err: error }, 'link connection failed'));
    if (socket.alpnProtocol !== linkProtocol) {
      socket.destroy();
      return;
    }
    const admitted = admission(socket, registry);
    const externalIp = addresses.get(farEnd(socket)) ?? '';
    if ('code' in admitted) {
      refuse(socket, externalIp, admitted, log);
      return;
    }
    const opened = openAgentLink({
      agentId: admitted.agentId,
      tenantId: admitted.tenantId,
      externalIp,
      socket,
      log,
      ...(options.pingIntervalMs === undefined ? {} : { pingIntervalMs: options.pingIntervalMs }),
      onMessage: receive,
      onClosed: (link) => {
        links.remove(link);
        note(registry.agents.update(link.agentId, { lastSeenAt: clock.now() }));
        log.info({ agentId: link.agentId, tenantId: link.tenantId }, 'link closed');
      },
    });
    vouchers.set(opened, admitted.voucher);
  });
  server.on('tlsClientError', (error) => log.debug({ err: error }, 'link handshake failed'));

  const note = (work: Promise<void>): void => {
    const noted = work.catch((error: unknown) => log.error({ err: error }, 'the registry could not be written')).finally(() => writes.delete(noted));
    writes.add(noted);
  };
  const receive = (message: AgentMessage, link: AgentLink): void => {
    switch (message.type) {
      case 'hello':
        note(registry.agents.update(link.agentId, { machineName: message.machineName, version: message.version, externalIp: link.externalIp, lastSeenAt: clock.now() }));
        link.send({ type: 'welcome', relay: options.relayHost, agentId: link.agentId, externalIp: link.externalIp, time: clock.now() });
        link.send(configurationOf(registry.applications(link.tenantId)));
        if (registry.agents.get(link.agentId)?.revokedAt !== undefined) return link.destroy();
        link.available = true;
        links.add(link);
        log.info({ agentId: link.agentId, tenantId: link.tenantId, machineName: message.machineName, version: message.version }, 'link up');
        return;
      case 'status':
        link.counters = message.counters;
        link.targets = message.targets;
        link.problems = message.problems ?? [];
        return;
      case 'drain':
        return retire(link);
      case 'unregister':
        log.info({ agentId: link.agentId, tenantId: link.tenantId }, 'agent unregisters');
        return note(registry.agents.revoke(link.agentId));
      case 'renew':
        renew(link, message.request).catch((error: unknown) => {
          log.warn({ err: error, agentId: link.agentId }, 'a certificate could not be renewed');
          const known = error instanceof HybridgeError ? error : undefined;
          link.send({ type: 'refused', code: known?.code ?? 'RELAY_ENROLMENT_REQUEST', message: known?.message ?? 'The certificate request was refused.' });
        });
    }
  };
  const renew = async (link: AgentLink, request: string): Promise<void> => {
    const { certificate, authority } = await registry.authorities.issue(request, link.agentId, options.certificateDays);
    await registry.agents.update(link.agentId, { certificateExpiresAt: readCertificate(certificate).notAfter });
    link.send({ type: 'renewed', certificate, authority });
    log.info({ agentId: link.agentId }, 'certificate renewed');
  };
  registry.onApplicationsChanged((tenantId) => {
    const message = configurationOf(registry.applications(tenantId));
    for (const link of links.ofTenant(tenantId)) link.send(message);
  });
  const endWith = (link: AgentLink, message: Refused): void => {
    link.available = false;
    link.send(message);
    // One turn of the loop for the message; no later than that.
    setImmediate(() => link.destroy());
  };
  registry.agents.onRevoked((agentId) => {
    for (const link of links.ofAgent(agentId)) endWith(link, revoked);
  });
  registry.authorities.onChanged(() => {
    server.setSecureContext(trust());
    const accepted = new Set(registry.authorities.list().map(({ thumbprint }) => thumbprint));
    for (const link of links.all()) {
      if (!accepted.has(vouchers.get(link) ?? '')) endWith(link, certificateRefused('its authority was removed', renewedAuthorityRemedy));
    }
  });

  return {
    accept(transport, address) {
      const key = farEnd(transport);
      addresses.set(key, address);
      transport.once('close', () => addresses.delete(key));
      server.emit('connection', transport);
    },
    async destroy() {
      const open = links.all();
      for (const link of open) link.destroy();
      await Promise.all(open.map((link) => link.closed));
      await Promise.all(writes);
    },
  };
}

type Refused = Extract<RelayMessage, { type: 'refused' }>;

const revoked: Refused = {
  type: 'refused',
  code: 'RELAY_AGENT_REVOKED',
  message: 'This agent has been revoked.',
  remedy: 'Enrol the agent again with a new token, or remove it.',
};

const renewedAuthorityRemedy = 'Enrol the agent again: hybridge agent enroll --replace.';

function certificateRefused(reason: string, remedy: string): Refused {
  return { type: 'refused', code: 'RELAY_AGENT_CERTIFICATE', message: `The certificate of the agent is not accepted (${reason}).`, remedy };
}

/** Why TLS did not accept a certificate, in words, and what to do about it. */
function certificateRefusal(certificate: X509Certificate | undefined, error: string | undefined): Refused {
  if (certificate === undefined) return certificateRefused('none was sent', 'Enrol the agent again: hybridge agent enroll --replace.');
  if (error === 'CERT_HAS_EXPIRED') return certificateRefused(`it, or the authority that issued it, has expired; it was good until ${certificate.validToDate.toISOString()}`, 'If the clock of the agent is right, enrol it again: hybridge agent enroll --replace.');
  if (error === 'CERT_NOT_YET_VALID') return certificateRefused(`it is not valid before ${certificate.validFromDate.toISOString()}`, 'Check the clocks of agent and relay.');
  if (error === 'UNABLE_TO_VERIFY_LEAF_SIGNATURE' || error === 'UNABLE_TO_GET_ISSUER_CERT' || error === 'UNABLE_TO_GET_ISSUER_CERT_LOCALLY') return certificateRefused('no authority of this relay issued it, or that one was removed', `The agent may belong to another relay, or the relay lost its state. ${renewedAuthorityRemedy}`);
  return certificateRefused(error ?? 'no reason given', 'Check the clock of the agent; if its certificate has expired, enrol it again.');
}

/** Who a link belongs to, by its certificate and the registry, and which authority vouches for it. */
function admission(socket: TLSSocket, registry: Registry): { agentId: string; tenantId: string; voucher: string } | Refused {
  const certificate = socket.getPeerX509Certificate();
  const voucher = certificate === undefined ? undefined : registry.authorities.list().find((authority) => certificate.verify(new X509Certificate(authority.certificate).publicKey));
  if (!socket.authorized || certificate === undefined || voucher === undefined) return certificateRefusal(certificate, socket.authorized ? undefined : String(socket.authorizationError));
  const agentId = /^CN=([0-9a-f-]{36})$/m.exec(certificate.subject)?.[1] ?? '';
  const agent = registry.agents.get(agentId);
  if (agent === undefined || agent.revokedAt !== undefined) return revoked;
  return { agentId, tenantId: agent.tenantId, voucher: voucher.thumbprint };
}

/** Says why over a link that carries nothing else, then ends it. */
function refuse(socket: TLSSocket, externalIp: string, message: Refused, log: Log): void {
  log.warn({ code: message.code, address: externalIp }, message.message);
  const link = openAgentLink({
    agentId: '',
    tenantId: '',
    externalIp,
    socket,
    log,
    onMessage: () => {
      link.send(message);
      setTimeout(() => link.destroy(), 100).unref();
    },
    onClosed: () => undefined,
  });
}

function farEnd({ remoteAddress, remotePort }: Socket): string {
  return `${remoteAddress} ${remotePort}`;
}

function configurationOf(applications: readonly Application[]): RelayMessage {
  const configurations: ApplicationConfiguration[] = applications.map((application) => ({
    id: application.id,
    targets: application.targets,
    allowedPaths: application.allowedPaths,
    passThroughHosts: application.passThroughHosts,
    ...(application.healthCheck === null ? {} : { healthCheck: application.healthCheck }),
  }));
  return { type: 'configuration', revision: createHash('sha256').update(JSON.stringify(configurations)).digest('hex').slice(0, 16), applications: configurations };
}
