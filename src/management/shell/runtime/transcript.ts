import { errorText } from '../../../foundation/index.ts';
import type { ShellHost } from './shell-host.ts';

/** A file to which everything is written that the screen shows: `Start-Transcript`. */
export interface Transcript {
  readonly path: string;
  add(text: string): void;
  /** Waits until all is written. */
  flush(): Promise<void>;
}

/** Lines go to the end of the file in the order in which they come. A file that cannot be written is told once. */
export function createTranscript(path: string, host: ShellHost): Transcript {
  let waiting = '';
  let written: Promise<void> = Promise.resolve();
  let failed = false;
  const write = async (): Promise<void> => {
    const text = waiting;
    waiting = '';
    if (text === '' || failed) return;
    try {
      await host.writeFile(path, Buffer.from(text), true);
    } catch (error) {
      failed = true;
      host.writeWarning(`The transcript is not written any more. ${errorText(error)}`);
    }
  };
  return {
    path,
    add(text) {
      if (waiting === '') written = written.then(write);
      waiting += text;
    },
    flush: () => written,
  };
}

/** The host as it is, whose words go to the transcript too, while there is one. Secrets that are typed do not. */
export function recordedHost(host: ShellHost, transcript: () => Transcript | undefined): ShellHost {
  const line = (text: string): void => transcript()?.add(`${text}\r\n`);
  // What changes (width, signal) is asked for at the host itself.
  return Object.assign(Object.create(host) as ShellHost, {
    write(text) {
      line(text);
      host.write(text);
    },
    async page(lines) {
      lines.forEach(line);
      await host.page(lines);
    },
    writeHost(text, options = {}) {
      transcript()?.add(options.newline === false ? text : `${text}\r\n`);
      host.writeHost(text, options);
    },
    writeError(lines) {
      lines.forEach(line);
      host.writeError(lines);
    },
    writeWarning(text) {
      line(text.startsWith('What if:') ? text : `WARNING: ${text}`);
      host.writeWarning(text);
    },
    writeVerbose(text) {
      line(`VERBOSE: ${text}`);
      host.writeVerbose(text);
    },
    async ask(question, options = {}) {
      const answer = await host.ask(question, options);
      line(`${question}${options.secret === true ? '' : (answer ?? '')}`);
      return answer;
    },
  } satisfies Partial<ShellHost>);
}
