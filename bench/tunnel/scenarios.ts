import { setTimeout as pause } from 'node:timers/promises';
import type { Measurement, Target } from './figures.ts';
import { createMeasurement, ourPlane, record } from './figures.ts';
import type { Transfer } from './load.ts';
import { downloadSteadily, sendRequests, transfer } from './load.ts';
import { measureLostAgents } from './lost-agents.ts';
import { measureIdleLinks } from './idle-links.ts';
import { measureNeighbour } from './noisy-neighbour.ts';
import type { Plane } from './planes/plane.ts';
import { cpuSeconds, residentBytes } from './processes.ts';
import { measureTwoByTwo } from './two-by-two.ts';
import type { World } from './world.ts';

export interface ScenarioOptions {
  rounds: number;
  /** Length of one load of small requests. */
  seconds: number;
  quick: boolean;
  /** Only scenarios with this in their title. */
  only?: string;
}

const atLeast = (peer: string, bound: number): Target => ({ peer, kind: 'at least', bound });
const atMost = (peer: string, bound: number): Target => ({ peer, kind: 'at most', bound });

/** Runs all scenarios; each round goes through the planes in turn. */
export async function measureAll(world: World, options: ScenarioOptions): Promise<Measurement[]> {
  const measurements: Measurement[] = [];
  const scenario = async (title: string, work: () => Promise<Measurement[]>): Promise<void> => {
    if (options.only !== undefined && !title.includes(options.only)) return;
    console.log(`… ${title}`);
    measurements.push(...(await work()));
  };
  measurements.push(...idleMemory(world));
  for (const plane of world.planes) await warmUp(plane);
  for (const connections of [1, 16, 64, 256]) await scenario(`keep-alive, ${connections} at a time`, () => keepAlive(world, options, connections));
  await scenario('new connection for each request', () => newConnections(world, options));
  for (const count of [1, 8]) for (const direction of ['down', 'up'] as const) await scenario(`transfer ${direction}, ${count} at once`, () => transfers(world, options, direction, count));
  await scenario('small requests beside 8 transfers', () => besideTransfers(world, options));
  await scenario('transfer at 50 ms round trip', () => farTransfer(world, options));
  await scenario('localtunnel', () => besideLocaltunnel(world, options));
  await scenario('two relays, two agents', () => measureTwoByTwo(world, options));
  await scenario('noisy neighbour', () => measureNeighbour(world, { ...options, connections: 256 }));
  await scenario('lost agents', () => measureLostAgents(world, options.rounds));
  await scenario('idle links', () => measureIdleLinks(world, options.quick ? 100 : 1000));
  return measurements;
}

async function inTurn(planes: readonly Plane[], rounds: number, work: (plane: Plane) => Promise<void>): Promise<void> {
  for (let round = 0; round < rounds; round += 1) for (const plane of planes) await work(plane);
}

/** Requests, and at most so many seconds, after which a plane is as quick as it will be: V8 compiles what runs often. */
const warmUpRequests = 30_000;
const warmUpSeconds = 30;

async function warmUp(plane: Plane): Promise<void> {
  const end = performance.now() + warmUpSeconds * 1000;
  for (let requests = 0; requests < warmUpRequests && performance.now() < end; ) requests += (await sendRequests(plane, { connections: 16, seconds: 2 })).requests;
}

function idleMemory(world: World): Measurement[] {
  const relay = createMeasurement('resident memory of the relay side, idle', 'MB');
  const agent = createMeasurement('resident memory of the agent side, idle', 'MB');
  for (const plane of world.planes) {
    record(relay, plane.name, residentBytes(plane.relay()) / 1e6);
    record(agent, plane.name, residentBytes(plane.agent()) / 1e6);
  }
  return [relay, agent];
}

async function keepAlive(world: World, options: ScenarioOptions, connections: number): Promise<Measurement[]> {
  const bounds = new Map([
    [1, [atLeast('nginx', 0.85), atLeast('ssh', 0.85)]],
    [16, [atLeast('nginx', 0.95), atLeast('ssh', 0.9)]],
    [64, [atLeast('nginx', 0.95), atLeast('ssh', 0.9)]],
  ]);
  const title = `keep-alive, ${connections} connection${connections === 1 ? '' : 's'}`;
  const rate = createMeasurement(title, 'requests/s', bounds.get(connections));
  const p50 = createMeasurement(`${title}: p50`, 'ms');
  const p99 = createMeasurement(`${title}: p99`, 'ms', connections === 16 || connections === 64 ? [atMost('nginx', 1.5), atMost('ssh', 2)] : []);
  const relayCpu = createMeasurement(`${title}: CPU of the relay side`, 's/1,000 requests');
  const agentCpu = createMeasurement(`${title}: CPU of the agent side`, 's/1,000 requests');
  const relayMemory = createMeasurement(`${title}: resident memory of the relay side`, 'MB', [{ kind: 'at most', bound: 140 }]);
  const agentMemory = createMeasurement(`${title}: resident memory of the agent side`, 'MB', [{ kind: 'at most', bound: 140 }]);
  await inTurn(world.planes, options.rounds, async (plane) => {
    const [relay, agent] = [plane.relay(), plane.agent()];
    const before = [cpuSeconds(relay), cpuSeconds(agent)] as const;
    const figures = await sendRequests(plane, { connections, seconds: options.seconds });
    noteFailures(plane, title, figures.failed);
    record(rate, plane.name, figures.perSecond);
    record(p50, plane.name, figures.p50);
    record(p99, plane.name, figures.p99);
    record(relayCpu, plane.name, ((cpuSeconds(relay) - before[0]) / figures.requests) * 1000);
    record(agentCpu, plane.name, ((cpuSeconds(agent) - before[1]) / figures.requests) * 1000);
    record(relayMemory, plane.name, residentBytes(relay) / 1e6);
    record(agentMemory, plane.name, residentBytes(agent) / 1e6);
  });
  return connections === 16 || connections === 64 ? [rate, p50, p99, relayCpu, agentCpu, relayMemory, agentMemory] : [rate, p50, p99];
}

async function newConnections(world: World, options: ScenarioOptions): Promise<Measurement[]> {
  const title = 'new connection for each request, 16 at a time';
  const rate = createMeasurement(title, 'requests/s', [atLeast('nginx', 0.45), atLeast('ssh', 0.9)]);
  const relayCpu = createMeasurement(`${title}: CPU of the relay side`, 's/1,000 requests');
  const agentCpu = createMeasurement(`${title}: CPU of the agent side`, 's/1,000 requests');
  await inTurn(world.planes, options.rounds, async (plane) => {
    const [relay, agent] = [plane.relay(), plane.agent()];
    const before = [cpuSeconds(relay), cpuSeconds(agent)] as const;
    const figures = await sendRequests(plane, { connections: 16, seconds: options.seconds, newConnections: true });
    noteFailures(plane, title, figures.failed);
    record(rate, plane.name, figures.perSecond);
    record(relayCpu, plane.name, ((cpuSeconds(relay) - before[0]) / figures.requests) * 1000);
    record(agentCpu, plane.name, ((cpuSeconds(agent) - before[1]) / figures.requests) * 1000);
  });
  return [rate, relayCpu, agentCpu];
}

async function transfers(world: World, options: ScenarioOptions, direction: Transfer['direction'], count: number): Promise<Measurement[]> {
  const size = count === 1 ? 'large' : 'medium';
  const bulk = createMeasurement(`${count === 1 ? '256 MB' : `${count} × 64 MB`} ${direction}`, 'MB/s', [atLeast('nginx', 0.9), atLeast('ssh', 1)]);
  await inTurn(world.planes, options.rounds, async (plane) => record(bulk, plane.name, await transfer(plane, transferOf(world, direction, size), count)));
  return [bulk];
}

async function besideTransfers(world: World, options: ScenarioOptions): Promise<Measurement[]> {
  const title = 'keep-alive, 16 connections, beside 8 downloads of 6 MB/s';
  const rate = createMeasurement(title, 'requests/s', [atLeast('nginx', 0.9), atLeast('ssh', 0.9)]);
  const p99 = createMeasurement(`${title}: p99`, 'ms');
  await inTurn(world.planes, options.rounds, async (plane) => {
    const stop = downloadSteadily(plane, transferOf(world, 'down', 'large'), 8, 6e6);
    await pause(500);
    const figures = await sendRequests(plane, { connections: 16, seconds: options.seconds });
    await stop();
    noteFailures(plane, title, figures.failed);
    record(rate, plane.name, figures.perSecond);
    record(p99, plane.name, figures.p99);
  });
  return [rate, p99];
}

async function farTransfer(world: World, options: ScenarioOptions): Promise<Measurement[]> {
  const bulk = createMeasurement('64 MB down at 50 ms round trip', 'MB/s', [atLeast('ssh', 3)]);
  const upload = createMeasurement('64 MB up at 50 ms round trip', 'MB/s', [atLeast('ssh', 3)]);
  await inTurn(world.farPlanes, options.rounds, async (plane) => {
    const name = plane.name === 'far' ? ourPlane : plane.name;
    record(bulk, name, await transfer(plane, transferOf(world, 'down', 'medium'), 1));
    record(upload, name, await transfer(plane, transferOf(world, 'up', 'medium'), 1));
  });
  return [bulk, upload];
}

async function besideLocaltunnel(world: World, options: ScenarioOptions): Promise<Measurement[]> {
  const localtunnel = await world.startLocaltunnel();
  if (localtunnel === undefined) return [];
  const rate = createMeasurement('keep-alive, 8 connections (localtunnel has no TLS)', 'requests/s', [atLeast('localtunnel', 10)]);
  const planes = [...world.planes.filter((plane) => plane.name === ourPlane), localtunnel];
  await inTurn(planes, options.rounds, async (plane) => record(rate, plane.name, (await sendRequests(plane, { connections: 8, seconds: options.seconds })).perSecond));
  return [rate];
}

function transferOf(world: World, direction: Transfer['direction'], size: Transfer['size']): Transfer {
  return { direction, size, file: `${world.context.directory}/${size}`, caFile: world.context.caFile };
}

function noteFailures(plane: Plane, title: string, failed: number): void {
  if (failed > 0) console.log(`  ${failed} failed requests with ${plane.name}: ${title}`);
}
