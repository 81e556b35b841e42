import type { Failure } from '../failure.ts';

export const agentReports: Failure = {
  id: 'P4',
  title: 'The agent works, and something is wrong with its machine',
  texts: ['Lines of the access log are lost.', 'The configuration cannot be saved (ENOSPC).', 'The certificate cannot be saved (ENOSPC).', 'Make room on its disk, and check the permissions of its folder; the log has the cause.'],
  marks: ['Lines of the access log are lost', 'configuration cannot be saved', 'certificate cannot be saved'],
  directions: ['cloud → on-premises'],
  authentication: ['none'],
  underneath: 'An agent goes on carrying requests for as long as it can, whatever happens to its machine. What it lacks shows later: a log with holes, a renewed certificate that is gone after a restart, an old release that misses repairs. Hybridge’s agent tells the relay, and Get-HybridAgent shows it; of Microsoft’s agent the Windows event log and the installed programs tell.',
  causes: [
    {
      id: 'p4-agent-disk',
      title: 'The disk of the agent’s machine is full',
      why: 'Lines of the access log are lost; a renewed certificate or a new configuration would not outlive a restart.',
      clues: ['ENOSPC', 'EDQUOT', 'AGENT_LOG_UNWRITABLE', 'AGENT_STATE_UNWRITABLE'],
      proof: [
        { on: 'relay', run: 'Get-HybridAgent | Format-List machineName, problems', expect: 'AGENT_LOG_UNWRITABLE or AGENT_STATE_UNWRITABLE' },
        { on: 'agent', run: 'df -h', expect: 'Use% 100; where it is not, look at the owner of the folder' },
      ],
      repair: [{ on: 'agent', act: 'Make room, or give the folder back to the account of the service. The agent tries again by itself, within ten seconds.' }],
      risk: 'None. What was lost of the log stays lost.',
    },
    {
      id: 'p4-agent-release',
      title: 'The agent is of an old release',
      why: 'It misses repairs, also of security, that the relay’s release has. Microsoft’s agent updates itself where its machine may go out to the download servers; ours comes with the packages of its system.',
      proof: [{ on: 'relay', run: 'Get-HybridAgent | Format-List machineName, version', expect: 'Older than the others, or than the relay' }],
      repair: [{ on: 'agent', act: 'Install the present package and restart the service; with two agents one after the other, so that no request notices. Microsoft’s: download the installer anew from the admin center (Hybrid, or the wizard).' }],
      risk: 'The agent’s links end for a moment: run two of them.',
    },
  ],
  check: [{ on: 'relay', run: 'Get-HybridAgent | Format-List machineName, status, version, problems', expect: 'active, and no problems' }],
  prevention: 'Watch hybridge_agent_problems of the agent’s metrics, or hybridge doctor watch agent; put logs on a file system of their own.',
  references: [{ title: 'docs/error-codes.md' }, { title: 'docs/agent.md' }],
};
