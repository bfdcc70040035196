import { userInfo } from 'node:os';
import type { Answers } from './answers.ts';

/**
 * A systemd unit for the folder. What it forbids was measured: the service runs under all of it; MemoryDenyWriteExecute
 * would end Node before it starts (facts/install.md 4).
 */
export function unitFile(
  { folder, language }: Answers,
  program: { readonly node: string; readonly script: string },
): string {
  const { username } = userInfo();
  const user = username === 'root' ? 'huntflow' : username;
  const command = ['serve', '--config', `${folder}/connector.yaml`];
  return [
    '# sudo cp huntflow-connector.service /etc/systemd/system/ && sudo systemctl enable --now huntflow-connector',
    language === 'ru'
      ? '# Пользователь User должен владеть папкой. Папки выгрузки за её пределами добавьте в ReadWritePaths.'
      : '# The user must own the folder. Add drop folders outside it to ReadWritePaths.',
    '[Unit]',
    'Description=huntflow-connector',
    'After=network-online.target',
    'Wants=network-online.target',
    '',
    '[Service]',
    `User=${user}`,
    `WorkingDirectory=${escaped(folder)}`,
    `ExecStart=${[program.node, program.script, ...command].map(quoted).join(' ')}`,
    'ExecReload=/bin/kill -HUP $MAINPID',
    'Restart=always',
    'RestartSec=2',
    // A newer version has been at the database: starting again is vain.
    'RestartPreventExitStatus=78',
    'TimeoutStopSec=20',
    'UMask=0027',
    'NoNewPrivileges=true',
    'ProtectSystem=strict',
    `ReadWritePaths=${quoted(folder)}`,
    'PrivateTmp=true',
    'PrivateDevices=true',
    'ProtectKernelTunables=true',
    'ProtectKernelModules=true',
    'ProtectKernelLogs=true',
    'ProtectControlGroups=true',
    'ProtectClock=true',
    'ProtectHostname=true',
    'RestrictAddressFamilies=AF_INET AF_INET6 AF_UNIX',
    'RestrictNamespaces=true',
    'RestrictRealtime=true',
    'RestrictSUIDSGID=true',
    'LockPersonality=true',
    'CapabilityBoundingSet=',
    'SystemCallArchitectures=native',
    'SystemCallFilter=@system-service',
    'SystemCallErrorNumber=EPERM',
    '',
    '[Install]',
    'WantedBy=multi-user.target',
    '',
  ].join('\n');
}

function escaped(path: string): string {
  return path.replaceAll('%', '%%');
}

function quoted(word: string): string {
  return /^[\w/.:@=-]+$/.test(word) ? word : `"${escaped(word).replaceAll('\\', '\\\\').replaceAll('"', '\\"')}"`;
}
