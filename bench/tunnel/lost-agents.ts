import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { Agent, get } from 'node:https';
import { setTimeout as pause } from 'node:timers/promises';
import type { Measurement } from './figures.ts';
import { createMeasurement, ourPlane, record } from './figures.ts';
import { startAgentUnderTest, startHybridgePlane } from './planes/hybridge.ts';
import type { Plane } from './planes/plane.ts';
import type { World } from './world.ts';

/** Requests in work at a time. */
const clients = 16;
/** Milliseconds of requests before an agent is lost, and after. */
const beforeMs = 1000;
const afterMs = 8000;
/** A request that takes longer has waited for the loss to be noticed. */
const waitedMs = 500;

interface Outcome {
  /** Monotonic milliseconds. */
  startedAt: number;
  endedAt: number;
  result: 'answered' | 'told' | 'failed';
}

/**
 * What clients see when one of two agents of their tenant is lost under load: killed, which the relay is told by the system, or
 * stopped with its connections open, as behind a path that drops everything. Requests that the agent had in work may have
 * reached the target: their clients must be told so (`RELAY_LINK_LOST`). No other may fail.
 */
export async function measureLostAgents(world: World, rounds: number): Promise<Measurement[]> {
  const { context, relay, ca } = world;
  const name = 'two-agents';
  const plane = await startHybridgePlane({ context, relay, ca, name });
  const measurements: Measurement[] = [];
  for (const [signal, title] of [['SIGKILL', 'one of two agents killed'], ['SIGSTOP', 'one of two agents silent']] as const) {
    const told = createMeasurement(`${title}: requests in work there, told so`, `of ${clients} in work`);
    const failed = createMeasurement(`${title}: other requests that failed`, 'requests', [{ kind: 'at most', bound: 0 }]);
    const recovered = createMeasurement(`${title}: until no request waits for it`, 'ms', [{ kind: 'at most', bound: 5000 }]);
    for (let round = 0; round < rounds; round += 1) {
      const child = await startAgentUnderTest({ context, relay, ca }, name);
      const { lostAt, outcomes } = await lose(plane, ca, child, signal);
      for (const [measurement, result] of [[told, 'told'], [failed, 'failed']] as const) record(measurement, ourPlane, outcomes.filter((outcome) => outcome.result === result).length);
      record(recovered, ourPlane, Math.max(0, ...outcomes.filter(({ startedAt, endedAt, result }) => endedAt > lostAt && (result !== 'answered' || endedAt - startedAt > waitedMs)).map(({ endedAt }) => endedAt - lostAt)));
    }
    measurements.push(told, failed, recovered);
  }
  return measurements;
}

async function lose(plane: Plane, ca: string, child: ChildProcess, signal: 'SIGKILL' | 'SIGSTOP'): Promise<{ lostAt: number; outcomes: Outcome[] }> {
  const agent = new Agent({ keepAlive: true, maxSockets: clients });
  const outcomes: Outcome[] = [];
  const end = performance.now() + beforeMs + afterMs;
  const client = async (): Promise<void> => {
    while (performance.now() < end) {
      const startedAt = performance.now();
      const result = await send(plane, ca, agent);
      outcomes.push({ startedAt, endedAt: performance.now(), result });
      await pause(5);
    }
  };
  const load = Array.from({ length: clients }, client);
  await pause(beforeMs);
  const lostAt = performance.now();
  const exit = once(child, 'exit');
  child.kill(signal);
  await Promise.all(load);
  agent.destroy();
  child.kill('SIGKILL');
  await exit;
  return { lostAt, outcomes };
}

function send(plane: Plane, ca: string, agent: Agent): Promise<Outcome['result']> {
  const { hostname, port } = new URL(plane.url);
  return new Promise((resolve) => {
    get({ host: '127.0.0.1', port, servername: hostname, headers: { host: `${hostname}:${port}` }, path: '/EWS/Exchange.asmx', ca, agent }, (answer) => {
      answer.resume();
      answer.once('close', () => resolve(answer.statusCode === 200 && answer.complete ? 'answered' : answer.headers['x-hybridge-error'] === 'RELAY_LINK_LOST' ? 'told' : 'failed'));
    }).once('error', () => resolve('failed'));
  });
}
