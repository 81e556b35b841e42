import { execFile, spawn } from 'node:child_process';
import { chmodSync, closeSync, existsSync, openSync, rmSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { promisify } from 'node:util';
import { readStatusFile } from '../../../../agent/index.ts';
import { errorCode, errorText, makeFolder } from '../../../../foundation/index.ts';
import { WizardError } from '../../../../wizard/index.ts';
import type { AgentHome } from './agent-home.ts';
import { agentProgram } from './agent-home.ts';
import { systemdUnit } from './systemd-unit.ts';

/** What keeps the agent running. */
export interface AgentService {
  /** For people. */
  title: string;
  /** Resolves with one line for people when it has a link. @throws WizardError `WIZARD_AGENT` */
  start(): Promise<string>;
  /** Resolves when it has ended. @throws WizardError `WIZARD_AGENT` */
  stop(): Promise<void>;
}

export type RunCommand = (command: string, given: readonly string[]) => Promise<void>;

const startTimeoutMs = 30_000;
const stopTimeoutMs = 45_000;
const unit = 'hybridge-agent.service';

export function createAgentService(home: AgentHome, run: RunCommand = runCommand): AgentService {
  return home.service === 'systemd' ? systemdService(home, run) : processService(home);
}

function systemdService({ unitFile, configurationFile, stateDirectory }: AgentHome, run: RunCommand): AgentService {
  const systemctl = async (...given: string[]): Promise<void> => {
    try {
      await run('systemctl', given);
    } catch (error) {
      throw new WizardError('WIZARD_AGENT', `systemctl ${given.join(' ')} failed: ${errorText(error)}`, { cause: error, remedy: `See systemctl status ${unit} and journalctl -u ${unit}, then run set-up again.` });
    }
  };
  return {
    title: `systemd unit ${unit}`,
    async start() {
      writeFileSync(unitFile, systemdUnit(agentProgram, configurationFile), { mode: 0o644 });
      await systemctl('daemon-reload');
      await systemctl('enable', '--now', unit);
      await untilReady(stateDirectory, () => undefined, `journalctl -u ${unit}`);
      return `${unit} is enabled and runs`;
    },
    async stop() {
      if (!existsSync(unitFile)) return;
      await systemctl('disable', '--now', unit);
      rmSync(unitFile, { force: true });
      await systemctl('daemon-reload');
    },
  };
}

/** It runs on when the wizard ends. The unit is left beside it for somebody who may install it. */
function processService({ configurationFile, stateDirectory, logFile, unitFile }: AgentHome): AgentService {
  return {
    title: 'a process of its own',
    async start() {
      const running = runningIn(stateDirectory);
      if (running !== undefined) {
        await untilReady(stateDirectory, () => undefined, logFile);
        return `process ${running.processId} runs already`;
      }
      makeFolder(dirname(unitFile), { mode: 0o700 });
      writeFileSync(unitFile, systemdUnit(agentProgram, '/etc/hybridge/agent.yaml'));
      const log = openSync(logFile, 'a', 0o600);
      const child = spawn(agentProgram[0], [agentProgram[1], 'agent', 'run', '--config', configurationFile], { detached: true, stdio: ['ignore', log, log] });
      closeSync(log);
      let ended: string | undefined;
      child.once('error', (error) => (ended = errorText(error))).once('exit', (code, signal) => (ended = `it ended with ${signal ?? `code ${code ?? ''}`}`));
      child.unref();
      await untilReady(stateDirectory, () => ended, logFile);
      return `process ${child.pid ?? ''} runs`;
    },
    async stop() {
      const running = runningIn(stateDirectory);
      if (running === undefined) return;
      try {
        process.kill(running.processId, 'SIGTERM');
      } catch {
        // It has ended by itself.
      }
      const late = Date.now() + stopTimeoutMs;
      while (runningIn(stateDirectory) !== undefined) {
        if (Date.now() > late) throw new WizardError('WIZARD_AGENT', `The agent (process ${running.processId}) does not end.`, { remedy: 'End the process, then run this again.' });
        await pause();
      }
    },
  };
}

/** The status of the agent on this folder; one that was killed has left its last one behind. */
function runningIn(stateDirectory: string): ReturnType<typeof readStatusFile> {
  const status = readStatusFile(stateDirectory);
  if (status === undefined) return undefined;
  try {
    process.kill(status.processId, 0);
    return status;
  } catch (error) {
    return errorCode(error) === 'EPERM' ? status : undefined;
  }
}

/** @throws WizardError `WIZARD_AGENT` where it gets no link in time, or ends */
async function untilReady(stateDirectory: string, ended: () => string | undefined, log: string): Promise<void> {
  const late = Date.now() + startTimeoutMs;
  for (;;) {
    const status = runningIn(stateDirectory);
    if (status?.ready === true) return;
    const why = ended();
    if (why === undefined && Date.now() < late) {
      await pause();
      continue;
    }
    const error = status?.links.find(({ lastError }) => lastError !== undefined)?.lastError;
    throw new WizardError('WIZARD_AGENT', `The agent gets no link to the relay: ${error === undefined ? (why ?? 'it says nothing') : `${error.code}: ${error.message}`}`, { remedy: `${error?.remedy ?? ''} Its log: ${log}. Then run set-up again.`.trim() });
  }
}

const pause = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 50));

async function runCommand(command: string, given: readonly string[]): Promise<void> {
  await promisify(execFile)(command, [...given], { timeout: 60_000 });
}

/** A folder that only this account enters, as the agent's own. */
export function privateFolder(directory: string): void {
  makeFolder(directory, { mode: 0o700 });
  chmodSync(directory, 0o700);
}
