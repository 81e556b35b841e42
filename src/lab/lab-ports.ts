import { LabError } from './lab-error.ts';

const listeners = ['onPremises', 'onPremisesAdmin', 'cloud', 'cloudAdmin', 'sts', 'stsAdmin', 'relay', 'relayAdmin', 'agentAdmin', 'onPremisesPlain', 'conditions', 'onPremisesSmtp', 'cloudSmtp'] as const;

/** The listeners of a lab, in the order of their ports. */
export type LabListener = (typeof listeners)[number];

/** The port of each listener: `base` and the ones after it, or 0 (the system chooses) without a base. */
export function labPorts(base: number | undefined): Record<LabListener, number> {
  if (base !== undefined && (!Number.isInteger(base) || base < 1 || base + listeners.length - 1 > 65_535)) {
    throw new LabError('LAB_PORT_BASE', `${base} cannot be the first of ${listeners.length} ports.`, { remedy: `Choose a number from 1024 to ${65_535 - listeners.length + 1}.` });
  }
  return Object.fromEntries(listeners.map((name, index) => [name, base === undefined ? 0 : base + index])) as Record<LabListener, number>;
}
