import { statSync } from 'node:fs';
import { mkdir, readFile, readdir, rmdir, stat, unlink, writeFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import { basename, dirname, join, resolve } from 'node:path';
import { HybridgeError, errorCode, systemClock, makeFolder } from '../../foundation/index.ts';
import type { FileEntry, ShellHost } from '../../management/index.ts';
import { displayWidth } from '../display-width.ts';
import type { CommandSurroundings } from '../surroundings.ts';
import { terminalOf } from '../surroundings.ts';
import type { Style } from '../terminal.ts';
import { createPaint } from '../terminal.ts';

export type ShellFileErrorCode = 'CLI_SHELL_FILE';

export interface TerminalHostOptions {
  surroundings: CommandSurroundings;
  /** Asks the person in front of the terminal; absent where there is none. */
  ask?: ShellHost['ask'];
  page?: ShellHost['page'];
  /** The signal of what runs now. */
  signal: () => AbortSignal;
}

/** PowerShell's names of colours, as far as a terminal has them. */
const colours: Readonly<Record<string, Style>> = { red: 'red', darkred: 'red', green: 'green', darkgreen: 'green', yellow: 'yellow', darkyellow: 'yellow', blue: 'blue', darkblue: 'blue', cyan: 'cyan', darkcyan: 'cyan', magenta: 'magenta', darkmagenta: 'magenta', gray: 'dim', darkgray: 'dim' };

/** The shell's surroundings on a terminal or in a pipe: results on standard output, everything else on standard error. */
export function createTerminalHost(options: TerminalHostOptions): ShellHost {
  const { surroundings } = options;
  const { stdout, stderr, env } = surroundings;
  const paint = createPaint(terminalOf(surroundings).colour);
  const write = (line: string): void => void stdout.write(`${line}\n`);
  // The process stays where it is: what else it opens by a relative path must not move with the shell.
  let location = process.cwd();
  const at = (path: string): string => nativePath(path, location, env['HOME'] ?? homedir());
  return {
    get width() {
      // One column is left free, or a full line would be followed by an empty one.
      return terminalOf(surroundings).width - 1;
    },
    widthOf: displayWidth,
    clock: systemClock,
    interactive: options.ask !== undefined,
    write,
    page: options.page ?? (async (lines) => lines.forEach(write)),
    writeHost: (text, { newline = true, color } = {}) => void stdout.write(`${color === undefined || colours[color] === undefined ? text : paint(colours[color], text)}${newline ? '\n' : ''}`),
    writeError: (lines) => void stderr.write(`${lines.map((line) => paint('red', line)).join('\n')}\n`),
    writeWarning: (text) => void stderr.write(`${text.startsWith('What if:') ? text : paint('yellow', `WARNING: ${text}`)}\n`),
    writeVerbose: (text) => void stderr.write(`${paint('yellow', `VERBOSE: ${text}`)}\n`),
    ask: options.ask ?? (async () => undefined),
    readFile: async (path) => {
      const file = at(path);
      return readFile(file).catch((error: unknown) => refuse(path, 'read', error));
    },
    async writeFile(path, bytes, append) {
      const file = at(path);
      try {
        makeFolder(dirname(file));
        await writeFile(file, bytes, { flag: append ? 'a' : 'w' });
      } catch (error) {
        refuse(path, 'written', error);
      }
    },
    async pathType(path) {
      if (process.platform !== 'win32' && /^[A-Za-z]:/.test(path)) return undefined;
      const found = statSync(at(path), { throwIfNoEntry: false });
      return found === undefined ? undefined : found.isDirectory() ? 'folder' : 'file';
    },
    folders: {
      get location() {
        return location;
      },
      async moveTo(path) {
        const folder = at(path);
        const found = await stat(folder).catch(() => undefined);
        if (found?.isDirectory() !== true) throw new HybridgeError<ShellFileErrorCode>('CLI_SHELL_FILE', `Cannot find path '${path}' because it does not exist${found === undefined ? '' : ' as a folder'}.`, { remedy: 'Get-ChildItem lists what is there.' });
        location = folder;
      },
      async list(path) {
        const folder = at(path);
        const names = await readdir(folder).catch((error: unknown) => refuse(path, 'read', error));
        const entries = await Promise.all(names.toSorted((a, b) => a.localeCompare(b, 'en')).map((name) => entryAt(join(folder, name))));
        return entries.filter((entry) => entry !== undefined);
      },
      entry: async (path) => entryAt(at(path)),
      makeFolder: async (path) => void (await mkdir(at(path), { recursive: true }).catch((error: unknown) => refuse(path, 'made', error))),
      async remove(path) {
        const file = at(path);
        const isFolder = statSync(file, { throwIfNoEntry: false })?.isDirectory() === true;
        await (isFolder ? rmdir(file) : unlink(file)).catch((error: unknown) => refuse(path, 'removed', error));
      },
    },
    environment: (name) => env[name] ?? env[name.toUpperCase()],
    get signal() {
      return options.signal();
    },
  };
}

/** `.\folder\file.csv` is `./folder/file.csv` here. @throws HybridgeError `CLI_SHELL_FILE` for a drive where there are none */
function nativePath(path: string, location: string, home: string): string {
  const whole = /^~(?=$|[\\/])/.test(path) ? home + path.slice(1) : path;
  if (process.platform === 'win32') return resolve(location, whole);
  const [drive] = /^[A-Za-z]:/.exec(path) ?? [];
  if (drive !== undefined) throw new HybridgeError<ShellFileErrorCode>('CLI_SHELL_FILE', `The path '${path}' cannot be used: there is no drive ${drive} on this system.`, { remedy: 'Name a path of this system, such as ./mailboxes.csv.' });
  return resolve(location, whole.replaceAll('\\', '/'));
}

async function entryAt(path: string): Promise<FileEntry | undefined> {
  const found = await stat(path).catch(() => undefined);
  return found === undefined ? undefined : { name: basename(path), path, kind: found.isDirectory() ? 'folder' : 'file', length: found.size, written: found.mtime, created: found.birthtime };
}

function refuse(path: string, what: string, error: unknown): never {
  const reasons: Readonly<Record<string, string>> = { ENOENT: 'it does not exist', EACCES: 'access is denied', EISDIR: 'it is a folder', ENOSPC: 'the disk is full', ENOTEMPTY: 'it is a folder that is not empty', ENOTDIR: 'it is no folder' };
  const reason = reasons[errorCode(error) ?? ''];
  throw new HybridgeError<ShellFileErrorCode>('CLI_SHELL_FILE', `The file '${path}' cannot be ${what}${reason === undefined ? '' : `: ${reason}`}.`, { cause: error, remedy: 'Check the path and who may use it.' });
}
