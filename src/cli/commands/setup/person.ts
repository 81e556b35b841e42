import { createInterface } from 'node:readline/promises';
import { Writable } from 'node:stream';
import { WizardError } from '../../../wizard/index.ts';
import type { AgentInstaller, SetupChoices, Snapshot } from '../../../wizard/index.ts';
import { wrap } from '../../display-width.ts';
import type { Terminal } from '../../terminal.ts';
import { createPaint } from '../../terminal.ts';

/** A person in front of a terminal. */
export interface Person {
  /** The answer, or what stands for an empty one. @throws WizardError `WIZARD_STOPPED` when the person goes */
  ask(question: string, usual: string): Promise<string>;
  /** The same for a password, which is not shown. */
  askSecret(question: string): Promise<string>;
  close(): void;
}

/** `onInterrupt` is called at Ctrl-C, which the terminal does not make a signal of while it is read here. */
export function createPerson(input: NodeJS.ReadableStream, output: NodeJS.WritableStream & { columns?: number }, onInterrupt: () => void): Person {
  let isHidden = false;
  const shown = Object.assign(new Writable({ write: (chunk: Buffer, _, done) => void (isHidden ? done() : output.write(chunk, () => done())) }), { columns: output.columns });
  const lines = createInterface({ input, output: shown, terminal: true });
  const gone = new AbortController();
  lines.once('SIGINT', () => {
    gone.abort();
    onInterrupt();
  });
  lines.once('close', () => gone.abort());
  const read = async (question: string): Promise<string> => {
    try {
      return await lines.question(question, { signal: gone.signal });
    } catch {
      throw new WizardError('WIZARD_STOPPED', 'The wizard was left.', { remedy: 'Start it again whenever you like: it goes on where it stopped. What was changed already, hybridge setup --undo takes back.' });
    }
  };
  return {
    async ask(question, usual) {
      const answer = (await read(`${question}${usual === '' ? '' : ` [${usual}]`} `)).trim();
      return answer === '' ? usual : answer;
    },
    async askSecret(question) {
      output.write(`${question}: `);
      isHidden = true;
      try {
        return await read('');
      } finally {
        isHidden = false;
        output.write('\n');
      }
    },
    close: () => lines.close(),
  };
}

export interface PageOptions {
  /** The agent of this machine, where one can be installed from here. */
  localAgent?: AgentInstaller;
  snapshot: Snapshot;
  choices: SetupChoices;
  person: Person;
  terminal: Terminal;
  print: (text: string) => void;
}

export interface Option<Value> {
  value: Value;
  title: string;
  text: string;
}

export function heading({ print, terminal }: Pick<PageOptions, 'print' | 'terminal'>, title: string, text: string): void {
  const paint = createPaint(terminal.colour);
  print(`\n${paint('bold', title)}\n${wrap(text, terminal.width).map((line) => paint('dim', line)).join('\n')}`);
}

export async function choose<Value>(options: PageOptions, title: string, text: string, choices: readonly Option<Value>[], usual: number): Promise<Value> {
  heading(options, title, text);
  const paint = createPaint(options.terminal.colour);
  for (const [index, choice] of choices.entries()) {
    const [first = '', ...rest] = wrap(`${choice.title}: ${choice.text}`, options.terminal.width - 5);
    options.print([`  ${paint('cyan', String(index + 1))}  ${first}`, ...rest.map((line) => `     ${line}`)].join('\n'));
  }
  for (;;) {
    const answer = await options.person.ask('Which?', String(usual + 1));
    const found = choices[Number(answer) - 1] ?? choices.find((choice) => choice.title.toLowerCase() === answer.toLowerCase());
    if (found !== undefined) return found.value;
    options.print(`Answer with a number from 1 to ${choices.length}.`);
  }
}

/** Asks until the answer is one. */
export async function agree({ person, print }: Pick<PageOptions, 'person' | 'print'>, question: string, usual: boolean): Promise<boolean> {
  for (;;) {
    const answer = (await person.ask(`${question} (yes/no)`, usual ? 'yes' : 'no')).toLowerCase();
    if (/^(?:y|yes|n|no)$/.test(answer)) return answer.startsWith('y');
    print('Answer with yes or no.');
  }
}

