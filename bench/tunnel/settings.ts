/** What `relay-process.ts` is started with. */
export interface RelaySettings {
  directory: string;
  certificate: { certificate: string; privateKey: string };
  adminKey: string;
}

/** What `agent-process.ts` is started with. */
export interface AgentSettings {
  directory: string;
  ca: string;
  /** As it is in the relay's certificate; where it is reached is `dialPort`. */
  relayUrl: string;
  token: string;
  /** Port on loopback under which the relay is reached: its own, or one of a link with a delay. */
  dialPort: number;
}

/** What `idle-agents-process.ts` is started with. */
export interface IdleAgentsSettings {
  directory: string;
  ca: string;
  relayUrl: string;
  dialPort: number;
  tokens: readonly string[];
}

/** What `delay-link.ts` is started with. */
export interface DelaySettings {
  targetPort: number;
  /** Milliseconds each way. */
  delayMs: number;
}
