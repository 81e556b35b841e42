import { valuesOf } from '../../binding/parameter-definition.ts';
import { ManagementError } from '../../management-error.ts';
import { defineExchangeCmdlet } from '../exchange-context.ts';

export const searchAdminAuditLog = defineExchangeCmdlet({
  name: 'Search-AdminAuditLog',
  synopsis: 'Shows who changed what, with the values before and after. Secrets are masked. Newest first.',
  parameters: {
    StartDate: { type: 'dateTime', description: 'From when on.' },
    EndDate: { type: 'dateTime', description: 'Until when.' },
    Cmdlets: { type: 'string', many: true, description: 'Only these cmdlets.' },
    UserIds: { type: 'string', many: true, description: 'Only what these people ran.' },
    ObjectIds: { type: 'string', many: true, description: 'Only changes of these objects, as ObjectModified names them.' },
    Parameters: { type: 'string', many: true, description: 'Only calls with all these parameters; together with Cmdlets.' },
    IsSuccess: { type: 'boolean', description: 'Only what succeeded, or only what failed.' },
    StartIndex: { type: 'integer', description: 'How many results to pass over.' },
    ResultSize: { type: 'integer', description: 'How many at most; default 1000.' },
  },
  outputs: ['ObjectModified', 'CmdletName', 'CmdletParameters', 'ModifiedProperties', 'Caller', 'Succeeded', 'Error', 'RunDate', 'Identity', 'IsValid', 'ObjectState'],
  example: 'Search-AdminAuditLog -Cmdlets Set-IntraOrganizationConnector -StartDate 2026-11-01',
  roles: ['Audit Logs', 'View-Only Audit Logs'],
  async run({ organization }, { StartDate, EndDate, Cmdlets, UserIds, ObjectIds, Parameters, IsSuccess, StartIndex, ResultSize }) {
    if (Parameters !== undefined && Cmdlets === undefined) throw new ManagementError('MANAGEMENT_PARAMETER_INVALID', "You can't use the Parameters parameter without the Cmdlets parameter.");
    const entries = await organization.audit.search({
      ...(StartDate === undefined ? {} : { from: StartDate }),
      ...(EndDate === undefined ? {} : { to: EndDate }),
      ...(Cmdlets === undefined ? {} : { cmdlets: valuesOf(Cmdlets) }),
      ...(UserIds === undefined ? {} : { who: valuesOf(UserIds) }),
      ...(ObjectIds === undefined ? {} : { objects: valuesOf(ObjectIds) }),
      ...(Parameters === undefined ? {} : { parameters: valuesOf(Parameters) }),
      ...(IsSuccess === undefined ? {} : { succeeded: IsSuccess }),
      ...(StartIndex === undefined ? {} : { offset: Math.max(StartIndex, 0) }),
      limit: Math.min(Math.max(ResultSize ?? 1000, 1), 250_000),
    });
    return entries.map((entry) => ({
      ObjectModified: entry.object ?? null,
      CmdletName: entry.cmdlet,
      CmdletParameters: Object.entries(entry.parameters).map(([Name, Value]) => ({ Name, Value })),
      ModifiedProperties: modifiedProperties(entry.before ?? {}, entry.after ?? {}),
      Caller: entry.who,
      Succeeded: entry.succeeded,
      Error: entry.error ?? null,
      RunDate: new Date(entry.at).toISOString(),
      Identity: String(entry.id),
      IsValid: true,
      ObjectState: 'New',
    }));
  },
});

const noise = new Set(['WhenChanged', 'WhenChangedUTC']);

function modifiedProperties(before: Readonly<Record<string, unknown>>, after: Readonly<Record<string, unknown>>): { Name: string; OldValue: unknown; NewValue: unknown }[] {
  const names = [...new Set([...Object.keys(before), ...Object.keys(after)])].filter((name) => !noise.has(name));
  return names.filter((name) => JSON.stringify(before[name]) !== JSON.stringify(after[name])).map((Name) => ({ Name, OldValue: before[Name] ?? null, NewValue: after[Name] ?? null }));
}
