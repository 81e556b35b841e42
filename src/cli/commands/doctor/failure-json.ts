import type { Failure, Recognition } from '../../../doctor/index.ts';

/** A failure for scripts; `signature` texts are what is recognised. */
export function failureJson({ id, title, texts, directions, authentication, underneath, causes, check, prevention, references }: Failure): object {
  return { id, title, signature: texts, directions, authentication, underneath, causes, check, prevention, references };
}

export function recognitionJson({ failure, score, coverage, by, causes }: Recognition): object {
  return { ...failureJson({ ...failure, causes }), recognizedBy: by, score, coverage: Math.round(coverage * 100) / 100 };
}
