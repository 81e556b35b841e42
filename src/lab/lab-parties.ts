import type { LabPartyName } from './conditions/condition.ts';
import type { LabAgent } from './parties/start-lab-agent.ts';
import type { LabPremises } from './parties/start-lab-premises.ts';
import type { LabRelay } from './parties/start-lab-relay.ts';
import type { LabSts } from './parties/start-lab-sts.ts';
import type { Switchable } from './parties/switchable.ts';

interface PartyKinds {
  sts: LabSts;
  relay: LabRelay;
  agent: LabAgent;
  onPremises: LabPremises;
  cloud: LabPremises;
}

/** The parties of a lab, each of which can be switched off and on. */
export type LabParties = { [Name in LabPartyName]: Switchable<PartyKinds[Name]> };
