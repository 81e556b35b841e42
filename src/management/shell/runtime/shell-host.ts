import type { Clock } from '../../../foundation/index.ts';

/** Something in a folder. */
export interface FileEntry {
  name: string;
  /** Whole, as the system writes it. */
  path: string;
  kind: 'file' | 'folder';
  /** Bytes of a file. */
  length: number;
  written: Date;
  created: Date;
}

/** Folders, and where in them the shell stands: what relative paths begin at, those of `readFile` and its like too. */
export interface ShellFolders {
  readonly location: string;
  /** @throws what the file system says, where it is no folder */
  moveTo(path: string): Promise<void>;
  /** What is in a folder, by name. @throws what the file system says */
  list(path: string): Promise<FileEntry[]>;
  /** Undefined for nothing. */
  entry(path: string): Promise<FileEntry | undefined>;
  makeFolder(path: string): Promise<void>;
  /** A file, or an empty folder. */
  remove(path: string): Promise<void>;
}

/** Everything of the surroundings that the shell needs: a screen, a keyboard, files, the time. */
export interface ShellHost {
  /** Columns of the screen. Asked for at each view, because windows change. */
  readonly width: number;
  /** How many columns a text takes. Default: one for each of its characters. */
  widthOf?(text: string): number;
  readonly clock: Clock;
  /** True where somebody is there to answer. */
  readonly interactive: boolean;
  /** One line, without its end. */
  write(line: string): void;
  /** Shows lines a screen at a time where somebody sits in front of it. */
  page(lines: readonly string[]): Promise<void>;
  /** What Write-Host, errors, warnings and verbose messages say, each with its own place and colour. */
  writeHost(text: string, options?: { newline?: boolean; color?: string }): void;
  writeError(lines: readonly string[]): void;
  writeWarning(text: string): void;
  writeVerbose(text: string): void;
  /** Asks for a line; a secret is not shown. Undefined when nobody answers. */
  ask(question: string, options?: { secret?: boolean }): Promise<string | undefined>;
  /** @throws what the file system says */
  readFile(path: string): Promise<Uint8Array>;
  writeFile(path: string, bytes: Uint8Array, append: boolean): Promise<void>;
  /** What stands at a path; undefined for nothing. */
  pathType(path: string): Promise<'file' | 'folder' | undefined>;
  /** Absent where the shell only reads and writes files that are named. */
  readonly folders?: ShellFolders;
  /** `$env:NAME`. */
  environment(name: string): string | undefined;
  /** Aborted by Ctrl-C while something runs. */
  readonly signal: AbortSignal;
}
