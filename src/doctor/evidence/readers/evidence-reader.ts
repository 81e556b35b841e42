import type { FileSink } from '../evidence-collector.ts';

/** Reads a file line by line, each once, in order; keeps nothing that grows with the file. */
export interface LineReader {
  line(text: string, number: number): void;
  end?(): void;
}

export type CreateLineReader = (sink: FileSink) => LineReader;
