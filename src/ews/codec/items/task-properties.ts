import type { PropertyDefinition } from './property-definition.ts';
import { readable, settable } from './property-definition.ts';
import { recurrenceKind } from './recurrence-kind.ts';
import { booleanKind, dateTimeKind, doubleKind, enumerationKind, integerKind, stringsKind, textKind } from './scalar-kinds.ts';

/** TaskType, in order, without ItemType ([MS-OXWSTASK] §2.2.4.6). Tasks that regenerate after completion are refused. */
export const taskProperties: readonly PropertyDefinition[] = [
  settable('task:ActualWork', integerKind),
  readable('task:AssignedTime', dateTimeKind),
  settable('task:BillingInformation', textKind),
  readable('task:ChangeCount', integerKind),
  settable('task:Companies', stringsKind),
  settable('task:CompleteDate', dateTimeKind),
  settable('task:Contacts', stringsKind),
  readable('task:DelegationState', enumerationKind('TaskDelegateStateType', ['NoMatch', 'OwnNew', 'Owned', 'Accepted', 'Declined', 'Max'])),
  readable('task:Delegator', textKind),
  settable('task:DueDate', dateTimeKind, { shape: 'default' }),
  readable('task:IsAssignmentEditable', integerKind),
  readable('task:IsComplete', booleanKind),
  readable('task:IsRecurring', booleanKind),
  readable('task:IsTeamTask', booleanKind),
  settable('task:Mileage', textKind),
  settable('task:Owner', textKind),
  settable('task:PercentComplete', doubleKind, { shape: 'default' }),
  settable('task:Recurrence', recurrenceKind, { isHeavy: true }),
  settable('task:StartDate', dateTimeKind, { shape: 'default' }),
  settable('task:Status', enumerationKind('TaskStatusType', ['NotStarted', 'InProgress', 'Completed', 'WaitingOnOthers', 'Deferred']), { shape: 'default' }),
  readable('task:StatusDescription', textKind),
  settable('task:TotalWork', integerKind),
];
