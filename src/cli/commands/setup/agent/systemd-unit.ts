/** What the unit may not do; the same as in deploy/systemd. */
const confinement = `DynamicUser=yes
StateDirectory=hybridge-agent
StateDirectoryMode=0700
LogsDirectory=hybridge-agent
CacheDirectory=hybridge-agent
ConfigurationDirectory=hybridge
Restart=on-failure
RestartSec=2
# Not enrolled, or a configuration that is wrong: somebody must act first.
RestartPreventExitStatus=64 78
TimeoutStopSec=45
KillMode=mixed
LimitNOFILE=65536
CapabilityBoundingSet=
NoNewPrivileges=yes
ProtectSystem=strict
ProtectHome=yes
PrivateTmp=yes
PrivateDevices=yes
PrivateIPC=yes
PrivateUsers=yes
ProtectClock=yes
ProtectControlGroups=yes
ProtectHostname=yes
ProtectKernelLogs=yes
ProtectKernelModules=yes
ProtectKernelTunables=yes
ProtectProc=invisible
ProcSubset=pid
RestrictAddressFamilies=AF_INET AF_INET6
RestrictNamespaces=yes
RestrictRealtime=yes
RestrictSUIDSGID=yes
LockPersonality=yes
SystemCallArchitectures=native
SystemCallFilter=@system-service
SystemCallFilter=~@privileged @resources
SystemCallErrorNumber=EPERM
UMask=0077`;

/** The unit of the agent for a program and a configuration (systemd.service(5)). */
export function systemdUnit(program: readonly string[], configurationFile: string): string {
  return `# Written by hybridge setup.
[Unit]
Description=Hybridge Hybrid Agent
After=network-online.target
Wants=network-online.target

[Service]
Type=exec
ExecStart=${[...program, 'agent', 'run', '--config', configurationFile].map(quoted).join(' ')}
Environment=HYBRIDGE_AGENT_STATE_DIRECTORY=%S/hybridge-agent
Environment=HYBRIDGE_AGENT_ACCESS_LOG_DIRECTORY=%L/hybridge-agent
# Held small, the young generation costs 30 MB less under load; what has been compiled is kept between starts.
Environment=NODE_OPTIONS=--max-semi-space-size=4
Environment=NODE_COMPILE_CACHE=%C/hybridge-agent
Environment=MALLOC_ARENA_MAX=2 MALLOC_TRIM_THRESHOLD_=131072
${confinement}

[Install]
WantedBy=multi-user.target
`;
}

/** systemd.service(5), "Command lines": quotes, `%` doubled, `$` doubled. */
function quoted(word: string): string {
  const escaped = word.replaceAll('%', '%%').replaceAll('$', '$$$$');
  return /^[\w@%+=:,./$-]+$/.test(word) ? escaped : `"${escaped.replace(/["\\]/g, '\\$&')}"`;
}
