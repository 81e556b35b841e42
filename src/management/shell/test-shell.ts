import { existsSync, statSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { systemClock } from '../../foundation/index.ts';
import type { ServedExchange } from '../admin-api/served-exchange.ts';
import { serveExchange } from '../admin-api/served-exchange.ts';
import type { Shell } from './create-shell.ts';
import { createShell } from './create-shell.ts';
import { ShellError } from './language/shell-error.ts';
import { describeCmdlets } from './describe-cmdlets.ts';
import type { ShellHost } from './runtime/shell-host.ts';

export interface TestShell {
  shell: Shell;
  exchange: ServedExchange;
  /** What has been shown since the last call. */
  screen(): string;
  /** Runs a text and gives what it shows. */
  type(text: string): Promise<string>;
  /** Answers for the questions to come; none: nobody is there. */
  answers: string[];
  interrupt: AbortController;
  close(): Promise<void>;
}

/** A shell on an organisation in memory behind its admin API, as the tests of this room use it. */
export async function openTestShell(options: { width?: number; interactive?: boolean; showsWarnings?: boolean } = {}): Promise<TestShell> {
  let opened: Shell | undefined;
  const exchange = await serveExchange(options.showsWarnings === true ? { onWarning: (message) => opened?.warn(message) } : {});
  const lines: string[] = [];
  let open = '';
  const answers: string[] = [];
  const interrupt = new AbortController();
  const put = (text: string): void => void lines.push(open + text);
  const host: ShellHost = {
    width: options.width ?? 80,
    // Enough for tests: Chinese characters are two columns wide.
    widthOf: (text) => text.length + (text.match(/\p{Script=Han}/gu)?.length ?? 0),
    clock: { ...systemClock, now: () => Date.UTC(2026, 10, 21, 9, 30, 5) },
    interactive: options.interactive ?? false,
    write: put,
    page: async (texts) => texts.forEach(put),
    writeHost(text, { newline = true } = {}) {
      if (newline) put(text);
      open = newline ? '' : open + text;
    },
    writeError: (texts) => texts.forEach(put),
    writeWarning: (text) => put(`WARNING: ${text}`),
    writeVerbose: (text) => put(`VERBOSE: ${text}`),
    ask: async () => answers.shift(),
    readFile: (path) => readFile(path).catch((error: unknown) => Promise.reject(new ShellError('SHELL_FILE', `The file '${path}' cannot be read.`, { cause: error }))),
    writeFile: (path, bytes, append) => writeFile(path, bytes, { flag: append ? 'a' : 'w' }),
    pathType: async (path) => (existsSync(path) ? (statSync(path).isDirectory() ? 'folder' : 'file') : undefined),
    environment: (name) => (name === 'COMPUTERNAME' ? 'MAIL01' : undefined),
    signal: interrupt.signal,
  };
  const shell = createShell({ host, connections: [{ name: 'ExchangeOnPremises', session: exchange.session, cmdlets: describeCmdlets('OnPremises'), prefix: '', open: false }] });
  opened = shell;
  const screen = (): string => lines.splice(0).join('\n');
  return {
    shell,
    exchange,
    screen,
    async type(text) {
      await shell.run(text);
      return screen();
    },
    answers,
    interrupt,
    close: () => exchange.close(),
  };
}
