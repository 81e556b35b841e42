import { HybridgeError } from '../../foundation/index.ts';

/**
 * - `CONFIGURATION_UNREADABLE`: the configuration file cannot be read, or is larger than a configuration can be
 * - `CONFIGURATION_YAML`: the file is not YAML
 * - `CONFIGURATION_INVALID`: keys that do not exist, keys that are missing, values that do not fit; each with its line
 * - `CONFIGURATION_SECRET`: a secret that is referred to cannot be had
 * - `CONFIGURATION_FILE`: another file that is referred to cannot be read
 * - `CONFIGURATION_FOLDER`: a folder that the service must write to cannot be made or used
 */
export type ConfigurationErrorCode = 'CONFIGURATION_UNREADABLE' | 'CONFIGURATION_YAML' | 'CONFIGURATION_INVALID' | 'CONFIGURATION_SECRET' | 'CONFIGURATION_FILE' | 'CONFIGURATION_FOLDER';

/** One mistake, with the place where an editor can jump to. */
export interface ConfigurationProblem {
  /** Line and column in the file, from 1; absent for a mistake that stands in no file. */
  line?: number;
  column?: number;
  /** The environment variable that holds the value, where it came from there. */
  variable?: string;
  /** `public.port`; empty for the file as a whole. */
  key: string;
  message: string;
  remedy: string;
}

export interface ConfigurationErrorOptions {
  file: string;
  problems: readonly ConfigurationProblem[];
  cause?: unknown;
}

/** A configuration that cannot be used. The message has one line for each problem, `file:line:column: key: what. remedy`. */
export class ConfigurationError extends HybridgeError<ConfigurationErrorCode> {
  override readonly name = 'ConfigurationError';
  readonly file: string;
  readonly problems: readonly ConfigurationProblem[];

  constructor(code: ConfigurationErrorCode, options: ConfigurationErrorOptions) {
    super(code, options.problems.map((problem) => describeProblem(options.file, problem)).join('\n'), {
      facts: { file: options.file, problems: options.problems },
      ...(options.cause === undefined ? {} : { cause: options.cause }),
    });
    this.file = options.file;
    this.problems = options.problems;
  }
}

function describeProblem(file: string, { line, column, variable, key, message, remedy }: ConfigurationProblem): string {
  const place = variable ?? (line === undefined ? file : `${file}:${line}:${column ?? 1}`);
  return `${place}: ${key === '' ? '' : `${key}: `}${message} ${remedy}`.trimEnd();
}
