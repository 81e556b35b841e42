import { X509Certificate } from 'node:crypto';
import { chmodSync, existsSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { errorText, makeFolder } from '../../foundation/index.ts';
import type { RelayMessage } from '../../tunnel/index.ts';
import { relayMessageSchema } from '../../tunnel/index.ts';
import { AgentError } from '../agent-error.ts';

const identitySchema = z.object({
  agentId: z.guid(),
  tenantId: z.string(),
  /** `https://relay.example[:port]`. */
  relayUrl: z.string(),
  certificate: z.string(),
  privateKey: z.string(),
  /** Under which it is listed, where it was enrolled with a name of its own. */
  machineName: z.string().optional(),
});

/** Who this agent is. Key and certificate are in one file, so that a renewal replaces both or neither. */
export type AgentIdentity = z.infer<typeof identitySchema>;

export type ConfigurationMessage = Extract<RelayMessage, { type: 'configuration' }>;

/** What an agent keeps on disk: a folder only its account may enter (0700), files only it may read (0600). */
export interface AgentState {
  readonly enrolled: boolean;
  /** @throws AgentError `AGENT_NOT_ENROLLED`, `AGENT_STATE_UNREADABLE` */
  identity(): AgentIdentity;
  saveIdentity(identity: AgentIdentity): void;
  /** The last good configuration; undefined before the first. */
  configuration(): ConfigurationMessage | undefined;
  saveConfiguration(configuration: ConfigurationMessage): void;
  /** Forgets the configuration: it belonged to another identity. */
  removeConfiguration(): void;
  /** Forgets identity and configuration. */
  remove(): void;
}

export function openAgentState(directory: string): AgentState {
  const identityFile = join(directory, 'identity.json');
  const configurationFile = join(directory, 'configuration.json');
  const save = (file: string, value: unknown): void => {
    makeFolder(directory, { mode: 0o700 });
    chmodSync(directory, 0o700);
    const fresh = `${file}.new`;
    writeFileSync(fresh, `${JSON.stringify(value, null, 2)}\n`, { mode: 0o600, flush: true });
    renameSync(fresh, file);
  };
  return {
    get enrolled() {
      return existsSync(identityFile);
    },
    identity() {
      if (!existsSync(identityFile)) {
        throw new AgentError('AGENT_NOT_ENROLLED', 'This agent has not been enrolled.', { facts: { directory }, remedy: 'Have an enrolment token issued and run: hybridge agent enroll --relay <url> --token <token>' });
      }
      const identity = read(identityFile, identitySchema);
      checkIdentity(identityFile, identity);
      return identity;
    },
    saveIdentity: (identity) => save(identityFile, identity),
    configuration() {
      if (!existsSync(configurationFile)) return undefined;
      const message = read(configurationFile, relayMessageSchema);
      return message.type === 'configuration' ? message : undefined;
    },
    saveConfiguration: (configuration) => save(configurationFile, configuration),
    removeConfiguration: () => rmSync(configurationFile, { force: true }),
    remove() {
      for (const file of [identityFile, configurationFile]) rmSync(file, { force: true });
    },
  };
}

function read<Value>(file: string, schema: z.ZodType<Value>): Value {
  try {
    return schema.parse(JSON.parse(readFileSync(file, 'utf8')));
  } catch (error) {
    throw unreadable(file, error);
  }
}

function checkIdentity(file: string, identity: AgentIdentity): void {
  try {
    void new X509Certificate(identity.certificate);
  } catch (error) {
    throw unreadable(file, error);
  }
}

function unreadable(file: string, cause: unknown): AgentError {
  return new AgentError('AGENT_STATE_UNREADABLE', 'A file of the agent cannot be read.', {
    facts: { file, reason: errorText(cause) },
    cause,
    remedy: 'Check the permissions of the state directory; if the file is damaged, enrol the agent again.',
  });
}
