import { existsSync } from 'node:fs';
import { arch, cpus, hostname, release, totalmem, userInfo } from 'node:os';
import { join } from 'node:path';
import { z } from 'zod';
import type { Finding, ReportFile, Settings } from '#contract';
import { crashedPart } from '#contract/diagnostics';
import { timeLimit } from '#contract/time-limit';
import { ask } from '#engine/ask';
import { readCrashReports } from '../crash-reports';
import type { CheckContext } from './check';
import { inBytes } from './check';
import { lastLines, logPath } from './own-log';
import { proxyOf } from './proxy';
import { Redaction } from './redact';

const logLines = 200;
const infoMs = 5000;

/** What of `/info` helps and is nobody's secret; labels, plugins' settings and sign-ins are not asked for. */
const info = z.object({
  ServerVersion: z.string().optional(),
  OperatingSystem: z.string().optional(),
  KernelVersion: z.string().optional(),
  Architecture: z.string().optional(),
  NCPU: z.number().optional(),
  MemTotal: z.number().optional(),
  Driver: z.string().optional(),
  LoggingDriver: z.string().optional(),
  CgroupDriver: z.string().optional(),
  CgroupVersion: z.string().optional(),
  DockerRootDir: z.string().optional(),
  SecurityOptions: z.array(z.string()).nullish(),
  Warnings: z.array(z.string()).nullish(),
  Containers: z.number().optional(),
  ContainersRunning: z.number().optional(),
  Images: z.number().optional(),
});

const rows = (facts: Record<string, string>): string =>
  `${Object.entries(facts)
    .map(([name, value]) => `${name.padEnd(12)} ${value}`)
    .join('\n')}\n`;

function versions({ services: { engine, settings, version, vm }, platform }: CheckContext): string {
  const { facts, endpoint, status } = engine.state();
  return rows({
    Gantry: version,
    Platform: `${platform} ${release()}, ${arch()}, ${cpus().length} cores, ${inBytes(totalmem())}`,
    'Run by': process.versions.electron ? `Electron ${process.versions.electron}` : `Node ${process.version}`,
    Engine: facts ? `${facts.version}, API ${facts.apiVersion}, ${facts.os}/${facts.arch}` : status,
    'Engine at': endpoint ? `${endpoint.host} (${endpoint.source})` : 'nowhere',
    Choice: settings.now.engineChoice === 'vm' ? 'Gantry’s own engine' : 'an engine that is there',
    VM: `${vm.state.status}${vm.state.accelerator ? `, ${vm.state.accelerator.name}` : ''}`,
  });
}

const findings = (list: readonly Finding[]): string =>
  `${list
    .map(({ id, result, fact, explanation }) =>
      [
        `${result.padEnd(8)} ${id.padEnd(16)} ${fact}`,
        ...(explanation ? [`${' '.repeat(26)}${explanation}`] : []),
      ].join('\n'),
    )
    .join('\n')}\n`;

async function engineFacts({ services: { engine } }: CheckContext, signal: AbortSignal): Promise<string> {
  const limit = timeLimit(infoMs, signal);
  const facts = await ask(engine.docker(), { path: '/info', answer: info, signal: limit });
  return `${JSON.stringify(facts, null, 2)}\n`;
}

const names = ({ services: { engine } }: CheckContext): string =>
  [...engine.projection.snapshot().containers.values()]
    .map(({ name, state, image }) => `${name}  ${state}  ${image}\n`)
    .join('');

/** The newest of each part that crashed. */
async function crashTexts(dataFolder: string): Promise<string> {
  const reports = await readCrashReports(dataFolder);
  return crashedPart.options
    .flatMap((part) => reports.find((report) => report.part === part)?.text ?? [])
    .join('\n');
}

const hostOf = (address: string | null | undefined): string[] =>
  address && URL.canParse(address) ? [new URL(address).hostname].filter((name) => name !== '') : [];

/** Names of computers that only this user's settings know. */
function hostNames({ engineHost, registries, vm }: Settings, env: NodeJS.ProcessEnv): string[] {
  const proxies = [vm.proxy.http, vm.proxy.https, proxyOf(env), env.HTTP_PROXY, env.http_proxy];
  return [
    hostname(),
    ...registries.map(({ host }) => host.replace(/:\d+$/, '')),
    ...[engineHost, env.DOCKER_HOST, ...proxies].flatMap(hostOf),
  ];
}

function nameOfUser(): string {
  try {
    return userInfo().username;
  } catch {
    // A user without an entry in the system's list, as in some containers.
    return '';
  }
}

/** The files of a report as text, with nothing in them that is nobody else's business, and what was taken out. */
export async function writeReport(
  context: CheckContext,
  found: readonly Finding[],
  signal: AbortSignal,
): Promise<{ files: ReportFile[]; hidden: { what: string; count: number }[] }> {
  const { dataFolder, settings } = context.services;
  const log = async (source: 'gantry' | 'vm' | 'serial') =>
    (await lastLines(logPath(dataFolder, source), logLines)).map((line) => `${line}\n`).join('');
  const raw: ReportFile[] = [
    { name: 'versions.txt', title: 'Versions and platform', text: versions(context) },
    { name: 'checks.txt', title: 'Checks', text: findings(found) },
    { name: 'engine.json', title: 'Engine', text: await engineFacts(context, signal).catch(() => '') },
    { name: 'settings.json', title: 'Gantry’s settings', text: `${JSON.stringify(settings.now, null, 2)}\n` },
    { name: 'gantry.log', title: `Gantry’s log, ${logLines} lines`, text: await log('gantry') },
    { name: 'vm.log', title: `The VM’s log, ${logLines} lines`, text: await log('vm') },
    { name: 'serial.log', title: 'What the VM said last', text: await log('serial') },
    { name: 'crashes.txt', title: 'Crashes', text: await crashTexts(dataFolder) },
    { name: 'containers.txt', title: 'Names of containers', text: names(context) },
  ];
  const redaction = new Redaction({
    userName: nameOfUser(),
    home: context.home,
    hostNames: hostNames(settings.now, context.env),
  });
  const files = raw
    .filter(({ text }) => text.trim() !== '')
    .map((file) => ({ ...file, text: redaction.text(file.text) }));
  return { files, hidden: [...redaction.hidden].map(([what, count]) => ({ what, count })) };
}

/** Where a report is put unless the user says otherwise. */
export const reportFolder = (home: string): string => {
  const downloads = join(home, 'Downloads');
  return existsSync(downloads) ? downloads : home;
};
