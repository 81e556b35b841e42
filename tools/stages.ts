import { spawn } from 'node:child_process';
import { delimiter, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The folder of package.json; every stage runs there. */
export const root = fileURLToPath(new URL('..', import.meta.url));

export interface Stage {
  title: string;
  /** A program of node_modules/.bin, or `node`. */
  program: string;
  arguments: readonly string[];
}

/** What must hold before any test runs. */
export const checks: readonly Stage[] = [
  { title: 'Types (tsc)', program: 'tsc', arguments: ['--noEmit'] },
  { title: 'Lint (oxlint)', program: 'oxlint', arguments: ['--type-aware'] },
  { title: 'Dead code (knip)', program: 'knip', arguments: ['--no-progress'] },
];

export interface StageResult {
  title: string;
  passed: boolean;
  seconds: number;
}

/** Runs the stages one after another, all of them even when one fails. Their output goes straight to ours. */
export async function runStages(stages: readonly Stage[]): Promise<StageResult[]> {
  const results: StageResult[] = [];
  for (const stage of stages) {
    console.log(`\n=== ${stage.title} ===`);
    const started = performance.now();
    const passed = await runStage(stage);
    const seconds = (performance.now() - started) / 1000;
    results.push({ title: stage.title, passed, seconds });
  }
  return results;
}

async function runStage(stage: Stage): Promise<boolean> {
  const program = stage.program === 'node' ? process.execPath : join(root, 'node_modules', '.bin', stage.program);
  // Tools are scripts that look for `node`: they shall find the one that runs this file, whoever started it.
  const path = [join(root, 'node_modules', '.bin'), dirname(process.execPath), process.env['PATH'] ?? ''].join(delimiter);
  const child = spawn(program, stage.arguments, { cwd: root, stdio: ['ignore', 'inherit', 'inherit'], env: { ...process.env, PATH: path } });
  return new Promise((resolve) => {
    child.once('error', (error) => {
      console.log(`${stage.program} could not be started (${error.message}). Run \`npm ci\` first.`);
      resolve(false);
    });
    child.once('exit', (code) => resolve(code === 0));
  });
}

export function printResults(results: readonly StageResult[]): void {
  console.log('');
  for (const { title, passed, seconds } of results) console.log(`${passed ? 'passed' : 'FAILED'}  ${title} (${seconds.toFixed(1)} s)`);
}
