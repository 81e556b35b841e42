import { errorCode } from '../../../foundation/index.ts';
import { sessionTitles, WizardError } from '../../../wizard/index.ts';
import { wrap } from '../../display-width.ts';
import { createPaint } from '../../terminal.ts';
import type { SetupPlace } from './connect-setup.ts';
import type { PageOptions } from './person.ts';
import { agree, heading } from './person.ts';

type Side = 'OnPremises' | 'Cloud';
type Page = Pick<PageOptions, 'person' | 'terminal' | 'print'>;

const needed = { OnPremises: 'a member of Organization Management', Cloud: 'a Global Administrator' } as const;
const mostTries = 3;

/**
 * Who signs in to either side: shown, and asked where it is not known or shall be somebody else. Tried at once, so that
 * a mistyped password is told here.
 *
 * @throws WizardError `WIZARD_SIGN_IN` after three refusals, `WIZARD_UNREACHABLE` and others as gathering would
 */
export async function askCredentials(page: Page, place: SetupPlace, trySession: (side: Side) => Promise<void>): Promise<void> {
  const sides = (['OnPremises', 'Cloud'] as const).filter((side) => place.sessions[side] !== undefined);
  if (sides.length === 0) return;
  heading(page, 'Credentials', 'Nothing is changed with them before you have seen the review.');
  const paint = createPaint(page.terminal.colour);
  for (const side of sides) page.print(`  ${sessionTitles[side]} ${place.sessions[side]?.name ?? ''}: ${place.logins[side]?.userName ?? 'with a token'}${place.logins[side]?.password === '' ? paint('yellow', ', password needed') : ''}`);
  const changeable = sides.filter((side) => place.logins[side] !== undefined);
  const isComplete = (side: Side): boolean => place.logins[side]?.password !== '' && place.logins[side]?.userName !== '';
  // Where something is missing, that is what is asked for.
  const areKept = changeable.length === 0 || !changeable.every(isComplete) || (await agree(page, 'Use these accounts?', true));
  for (const side of sides) await signIn(page, place, side, !changeable.includes(side) || (areKept && isComplete(side)), trySession);
}

async function signIn(page: Page, place: SetupPlace, side: Side, isKept: boolean, trySession: (side: Side) => Promise<void>): Promise<void> {
  let isAsked = !isKept;
  for (let tries = 1; ; tries += 1) {
    if (isAsked) {
      const login = place.logins[side];
      page.print(`\nThe ${sessionTitles[side]} wants ${needed[side]}.`);
      const userName = await page.person.ask('User', login?.userName ?? '');
      Object.assign(login ?? {}, { userName, password: await page.person.askSecret('Password') });
    }
    try {
      await trySession(side);
      return;
    } catch (error) {
      const isTheirs = errorCode(error) === 'WIZARD_SIGN_IN' || errorCode(error) === 'WIZARD_ROLE';
      if (!(error instanceof WizardError) || !isTheirs || place.logins[side] === undefined || tries === mostTries) throw error;
      page.print(wrap(errorCode(error) === 'WIZARD_SIGN_IN' ? error.message : `${error.message} ${error.remedy ?? ''}`, page.terminal.width).join('\n'));
      isAsked = true;
    }
  }
}
