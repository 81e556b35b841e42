import { createInterface } from 'node:readline';
import { Writable } from 'node:stream';
import type { ShellHost } from '../../management/index.ts';

/**
 * Asks the person in front of a terminal on which a script runs. The terminal is taken for one question at a time, so
 * that Ctrl-C is a signal in between. Undefined at the end of the input; Ctrl-C at a question aborts `interrupt`.
 */
export function createAsker(input: NodeJS.ReadStream, output: NodeJS.WriteStream, interrupt: AbortController): ShellHost['ask'] {
  return (question, { secret = false } = {}) => {
    const { promise, resolve, reject } = Promise.withResolvers<string | undefined>();
    const unseen = new Writable({ write: (_chunk, _encoding, done) => done() });
    const lines = createInterface({ input, output: secret ? unseen : output, terminal: true, historySize: 0 });
    if (secret) output.write(question);
    lines.once('line', (line) => {
      resolve(line);
      lines.close();
    });
    lines.once('SIGINT', () => {
      output.write('^C');
      interrupt.abort();
      reject(interrupt.signal.reason);
      lines.close();
    });
    lines.once('close', () => {
      if (secret) output.write('\n');
      resolve(undefined);
    });
    if (!secret) lines.setPrompt(question);
    lines.prompt();
    return promise;
  };
}
