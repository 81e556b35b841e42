import { openOrganization } from '../../organization/index.ts';
import type { Organization } from '../../organization/index.ts';
import { startPremises } from '../../premises/index.ts';
import type { RunningPremises } from '../../premises/index.ts';
import { labPasswordCost, openPartyLogs } from '../lab-context.ts';
import type { LabContext } from '../lab-context.ts';
import { labNames, thisMachine } from '../lab-names.ts';

export interface LabPremises {
  organization: Organization;
  running: RunningPremises;
  logs: string;
  close(): Promise<void>;
}

/** What a client does on one machine is done by then; kept connections of agents are not waited for. */
const graceMs = 500;

export type LabSide = 'onPremises' | 'cloud';

/** Folder and log name of a side. */
export const folderOfSide: Readonly<Record<LabSide, string>> = { onPremises: 'on-premises', cloud: 'cloud' };

/** Opens the data of one organisation of the lab. */
export function openLabOrganization(context: LabContext, side: LabSide): Promise<Organization> {
  return openOrganization({
    file: context.folder.path(folderOfSide[side], 'organization.sqlite'),
    clock: context.clockOf(side),
    passwordCost: { cost: labPasswordCost, blockSize: 8, parallelization: 1 },
    ...(takesNtlm(context, side) ? { ntlm: { keyFile: context.folder.path('nt-hash.key') } } : {}),
  });
}

/** Starts one organisation of the lab, whose data has been filled, under its names. The data stays open when it closes. */
export async function startLabPremises(context: LabContext, side: LabSide, organization: Organization): Promise<LabPremises> {
  const names = labNames[side];
  const publicNames = [names.mail, names.autodiscover, ...(side === 'cloud' ? [labNames.routingAutodiscover] : [])];
  const smtpPort = side === 'cloud' ? 'cloudSmtp' : 'onPremisesSmtp';
  const { certificate: cert, privateKey: key } = await context.certificates.server(folderOfSide[side], [...publicNames, ...thisMachine]);
  const smtp = await context.certificates.mailServer(`${folderOfSide[side]}-smtp`, [names.smtp, ...thisMachine]);
  const logs = openPartyLogs(context, folderOfSide[side]);
  const running = await startPremises({
    organization,
    side: side === 'cloud' ? 'Cloud' : 'OnPremises',
    tenantId: context.state.tenantId,
    public: { cert, key, port: context.ports[side] },
    // As IIS has one: load balancers that take TLS off send requests there.
    ...(side === 'onPremises' ? { plain: { port: context.ports.onPremisesPlain } } : {}),
    ...(context.lookUpTimeouts === undefined ? {} : { lookUpTimeouts: context.lookUpTimeouts }),
    admin: { cert, key, port: side === 'cloud' ? context.ports.cloudAdmin : context.ports.onPremisesAdmin },
    smtp: { cert: smtp.certificate, key: smtp.privateKey, port: context.ports[smtpPort] },
    resolveMx: context.network.resolveMx,
    dial: context.network.dialFrom(side),
    ca: context.certificates.ca,
    ntlm: takesNtlm(context, side),
    passwordHashSync: side === 'onPremises',
    ...(side === 'onPremises' && context.serverHabits?.settingsCacheMs !== undefined ? { settingsCacheMs: context.serverHabits.settingsCacheMs } : {}),
    ...(side === 'onPremises' && context.serverHabits?.readsUnknownKeys !== undefined ? { readsUnknownKeys: context.serverHabits.readsUnknownKeys } : {}),
    clock: context.clockOf(side),
    log: logs.log,
    accessLog: logs.accessLog,
  });
  const { ports } = running;
  Object.assign(context.ports, side === 'cloud' ? { cloud: ports.public, cloudAdmin: ports.admin } : { onPremises: ports.public, onPremisesAdmin: ports.admin, onPremisesPlain: ports.plain });
  if (ports.smtp !== undefined) {
    context.ports[smtpPort] = ports.smtp;
    context.network.register(`${names.smtp}:25`, { host: '127.0.0.1', port: ports.smtp });
  }
  const address = { host: '127.0.0.1', port: ports.public };
  for (const name of publicNames) context.network.register(name, address);
  context.network.register(`${names.mail}:444`, { host: '127.0.0.1', port: ports.admin });
  if (ports.plain !== undefined) for (const name of publicNames) context.network.register(`${name}:80`, { host: '127.0.0.1', port: ports.plain });
  return {
    organization,
    running,
    logs: logs.directory,
    async close() {
      await running.close(graceMs);
      await logs.close();
    },
  };
}

/** As in the field, only servers on premises do. */
function takesNtlm(context: LabContext, side: LabSide): boolean {
  return context.ntlm && side === 'onPremises';
}
