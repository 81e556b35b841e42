import type { Failure } from '../failure.ts';
import { agentCodes } from './agent-codes.ts';
import { answersToClients } from './answers-to-clients.ts';
import type { CodeTable, OwnCode } from './own-code.ts';
import { relayCodes } from './relay-codes.ts';
import { tokenServiceCodes } from './token-service-codes.ts';
import { tunnelCodes } from './tunnel-codes.ts';
import { wizardCodes } from './wizard-codes.ts';

/** What our own parties say when something fails, in the order of docs/error-codes.md. */
export const codeTables: readonly CodeTable[] = [answersToClients, agentCodes, relayCodes, tunnelCodes, wizardCodes, tokenServiceCodes];

/** Codes that only say that somebody else refused, or that a step failed: a code beside them says why. */
const introducing: ReadonlySet<string> = new Set(['IDENTITY_STS_REFUSED', 'AADSTS70002', 'AGENT_RELAY_REFUSES', 'AGENT_SIGN_IN_REFUSED', 'WIZARD_STEP_FAILED', 'WIZARD_PREREQUISITE', 'WIZARD_AGENT']);

/** Every code of our own parties, told as a failure whose id is the code. */
export const ownCodes: ReadonlyMap<string, Failure> = new Map(codeTables.flatMap((table) => table.codes.map((own) => [own.code, failureOf(own, table)] as const)));

function failureOf({ code, meaning, remedy, causes, see }: OwnCode, { underneath, place, directions, authentication, check }: CodeTable): Failure {
  return {
    id: code,
    title: meaning,
    texts: [code],
    ...(introducing.has(code) ? { isGeneral: true } : {}),
    directions,
    authentication,
    underneath: causes.length === 1 ? underneath : `${underneath} ${plain(remedy)}`,
    causes: causes.map(({ title, proof, repair, risk }, index) => ({
      id: `${code.toLowerCase()}-${index + 1}`,
      title: title ?? meaning.replace(/^\d{3}: /, '').replace(/\.$/, ''),
      why: causes.length === 1 ? plain(remedy) : '',
      ...(see === undefined ? {} : { see }),
      proof,
      repair: repair ?? [{ on: place, act: plain(remedy) }],
      risk: risk ?? 'None.',
    })),
    check,
    prevention: '',
    references: [{ title: `docs/error-codes.md, ${code}` }],
  };
}

function plain(markdown: string): string {
  return markdown.replaceAll('`', '');
}
