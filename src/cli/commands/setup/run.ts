import { sessionTitles, WizardError } from '../../../wizard/index.ts';
import type { HcwLog, RunAnswers, Sessions } from '../../../wizard/index.ts';
import type { SetupPlace } from './connect-setup.ts';
import type { Person } from './person.ts';
import type { SetupOptions } from './run-setup.ts';
import type { Screen } from './screen.ts';

/** What the pages of one start of the wizard share. */
export interface Run {
  options: SetupOptions;
  place: SetupPlace;
  screen: Screen;
  log: HcwLog;
  sessions: Partial<Sessions>;
  signal: AbortSignal;
  person?: Person;
  /** Of the run that is gone on with. */
  answers?: RunAnswers;
}

/** To change something all of them are needed. @throws WizardError `WIZARD_PREREQUISITE` */
export function allSessions(sessions: Partial<Sessions>): Sessions {
  const { OnPremises, Cloud, Tenant } = sessions;
  if (OnPremises !== undefined && Cloud !== undefined && Tenant !== undefined) return { ...sessions, OnPremises, Cloud, Tenant, Relay: sessions.Relay ?? noRelay };
  const missing = (['OnPremises', 'Cloud', 'Tenant'] as const).filter((name) => sessions[name] === undefined).map((name) => sessionTitles[name]);
  throw new WizardError('WIZARD_PREREQUISITE', `Nothing can be changed without a connection: ${missing.join(', ')}.`, { remedy: 'Evidence is enough for a plan. Run the script of the plan, or name the connections in the file given with --config.' });
}

const noRelay: Sessions['Relay'] = {
  name: 'no relay',
  invoke: () => Promise.reject(new WizardError('WIZARD_PREREQUISITE', 'There is no connection with a relay.', { remedy: 'Name it in the file given with --config.' })),
};

