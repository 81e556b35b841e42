import { readTail } from '../../../relay/index.ts';
import type { TailLine } from '../../../relay/index.ts';
import { exitCodes } from '../../../service/index.ts';
import type { CommandSurroundings } from '../../surroundings.ts';
import { terminalOf } from '../../surroundings.ts';
import type { Paint } from '../../terminal.ts';
import { createPaint } from '../../terminal.ts';
import type { RelayPlace } from './relay-place.ts';
import { withRelay } from './relay-place.ts';

export interface TailOptions extends RelayPlace {
  tenant?: string;
  application?: string;
}

/** `hybridge relay tail`: requests as they finish, until Ctrl-C. With `--json`, one object a line. Returns the exit code. */
export async function tail(options: TailOptions, surroundings: CommandSurroundings): Promise<number> {
  const stop = new AbortController();
  const onSignal = (): void => stop.abort();
  surroundings.once('SIGINT', onSignal);
  surroundings.once('SIGTERM', onSignal);
  const paint = createPaint(terminalOf(surroundings).colour);
  try {
    await withRelay(options, surroundings.env, async ({ url, key, httpClient }) => {
      const { tenant, application } = options;
      for await (const line of readTail({ url, key, httpClient, signal: stop.signal, ...(tenant === undefined ? {} : { tenantId: tenant }), ...(application === undefined ? {} : { applicationId: application }) })) {
        if (options.json === true) surroundings.stdout.write(`${JSON.stringify(line)}\n`);
        else surroundings.stdout.write(describeLine(line, paint));
      }
    });
    return exitCodes.ok;
  } finally {
    surroundings.off('SIGINT', onSignal);
    surroundings.off('SIGTERM', onSignal);
  }
}

function describeLine(line: TailLine, paint: Paint): string {
  if (line.type === 'alive') return '';
  if (line.type === 'dropped') return `${paint('yellow', `… ${line.count} requests not shown: this terminal is too slow for them`)}\n`;
  const status = paint(line.status >= 500 ? 'red' : line.status >= 400 ? 'yellow' : 'green', String(line.status));
  const through = line.agent === undefined ? '' : ` agent ${line.agent.slice(0, 8)}`;
  const code = line.errorCode === undefined ? '' : ` ${paint('red', line.errorCode)}`;
  return `${new Date(line.time).toISOString()} ${status} ${line.method} ${printable(line.host)}${printable(line.path)} ${Math.round(line.durationMs)} ms${through}${code} ${paint('dim', `${line.clientAddress} ${line.requestId}`)}\n`;
}

/** What a client sent must not steer the operator's terminal. */
function printable(text: string): string {
  return text.replace(/[^\x20-\x7e]/g, '?');
}
