import { createHash } from 'node:crypto';
import type { Socket } from 'node:net';
import tls from 'node:tls';
import type { TLSSocket } from 'node:tls';
import type { Clock, Log } from '../../foundation/index.ts';
import { HybridgeError } from '../../foundation/index.ts';
import type { CertificateWithKey } from '../../identity/index.ts';
import { issueClientCertificate, readCertificate } from '../../identity/index.ts';
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
  /** Takes over a connection whose ClientHello asked for the link protocol. */
  accept(transport: Socket): void;
  /** Ends all links; resolves when that has been noted. */
  destroy(): Promise<void>;
}

/** Accepts agents: mutual TLS with certificates of the relay's own authority, then configuration and control. */
export function createLinkListener(options: LinkListenerOptions): LinkListener {
  const { registry, links, clock, log } = options;
  const writes = new Set<Promise<void>>();
  const server = tls.createServer({
    cert: options.certificate.certificate,
    key: options.certificate.privateKey,
    ca: [registry.authority.certificate],
    minVersion: 'TLSv1.2',
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
    if ('code' in admitted) {
      refuse(socket, admitted, log);
      return;
    }
    openAgentLink({
      agentId: admitted.agentId,
      tenantId: admitted.tenantId,
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
    const certificate = await issueClientCertificate(registry.authority, { request, commonName: link.agentId, days: options.certificateDays, clock });
    await registry.agents.update(link.agentId, { certificateExpiresAt: readCertificate(certificate).notAfter });
    link.send({ type: 'renewed', certificate, authority: registry.authority.certificate });
    log.info({ agentId: link.agentId }, 'certificate renewed');
  };
  registry.onApplicationsChanged((tenantId) => {
    const message = configurationOf(registry.applications(tenantId));
    for (const link of links.ofTenant(tenantId)) link.send(message);
  });
  registry.agents.onRevoked((agentId) => {
    for (const link of links.ofAgent(agentId)) {
      link.available = false;
      link.send(revoked);
      // One turn of the loop for the message; no later than that.
      setImmediate(() => link.destroy());
    }
  });

  return {
    accept(transport) {
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

/** Who a link belongs to, by its certificate and the registry. */
function admission(socket: TLSSocket, registry: Registry): { agentId: string; tenantId: string } | Refused {
  const certificate = socket.getPeerX509Certificate();
  if (!socket.authorized || certificate === undefined) {
    return {
      type: 'refused',
      code: 'RELAY_AGENT_CERTIFICATE',
      message: `The certificate of the agent is not accepted (${String(socket.authorizationError ?? 'none was sent')}).`,
      remedy: 'Check the clock of the agent; if its certificate has expired, enrol it again.',
    };
  }
  const agentId = /^CN=([0-9a-f-]{36})$/m.exec(certificate.subject)?.[1] ?? '';
  const agent = registry.agents.get(agentId);
  if (agent === undefined || agent.revokedAt !== undefined) return revoked;
  return { agentId, tenantId: agent.tenantId };
}

/** Says why over a link that carries nothing else, then ends it. */
function refuse(socket: TLSSocket, message: Refused, log: Log): void {
  log.warn({ code: message.code, address: socket.remoteAddress }, message.message);
  const link = openAgentLink({
    agentId: '',
    tenantId: '',
    socket,
    log,
    onMessage: () => {
      link.send(message);
      setTimeout(() => link.destroy(), 100).unref();
    },
    onClosed: () => undefined,
  });
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
