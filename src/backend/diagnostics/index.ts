import { randomUUID } from 'node:crypto';
import { homedir } from 'node:os';
import type { Finding, Repair, Report } from '#contract';
import { ProblemError } from '#contract/problem';
import { mendGuestImage } from '#vm/image-health';
import { removeLeftovers } from '#vm/leftovers';
import { places } from '#vm/places';
import { folderTrouble, mendFolder } from '../data-folder';
import { chosenHost, showEngine } from '../engine-choice';
import type { Services } from '../services';
import { guestImage } from '../vm-files';
import { saveBundle } from './bundle';
import type { CheckContext } from './check';
import { contextFor, leadTo } from './docker-command';
import { checks, firstChecks } from './list';
import { reportFolder, writeReport } from './report';
import { runChecks } from './run';

const remembered = 4;

/** Help that fixes: the checks, their repairs, and a report for somebody else. */
export class Diagnostics {
  /** The newest last. What is saved is what was shown, so they are kept as they are. */
  readonly #reports = new Map<string, Report>();

  constructor(private readonly services: Omit<Services, 'diagnostics'>) {}

  async *run({ network, first }: { network: boolean; first: boolean }, signal: AbortSignal) {
    await this.services.vm.known;
    yield* runChecks(first ? firstChecks : checks, this.#context({ network, ownEngine: first }), signal);
  }

  async fix(repair: Repair, signal: AbortSignal): Promise<void> {
    const { dataFolder, settings, vm } = this.services;
    if (repair === 'leftovers') await removeLeftovers(places(dataFolder), signal);
    else if (repair === 'guest-image') await mendGuestImage(guestImage(), places(dataFolder), signal);
    else if (repair === 'clock') await vm.setClock();
    else if (repair === 'data-folder') await this.#mendFolder();
    else if (repair === 'settings') await settings.forget();
    else await this.#leadDockerCommand(signal);
  }

  async report(signal: AbortSignal): Promise<Report> {
    await this.services.vm.known;
    const context = this.#context({ network: false, ownEngine: false });
    const findings: Finding[] = [];
    for await (const event of runChecks(checks, context, signal)) {
      if (event.type === 'found') findings.push(event.finding);
    }
    const place = ({ id }: Finding) => checks.findIndex((check) => check.id === id);
    findings.sort((a, b) => place(a) - place(b));
    const written = await writeReport(context, findings, signal);
    const report = { id: randomUUID(), folder: reportFolder(context.home), ...written };
    this.#reports.set(report.id, report);
    for (const old of [...this.#reports.keys()].slice(0, -remembered)) this.#reports.delete(old);
    return report;
  }

  async saveReport(wanted: { id: string; files: string[]; folder: string }): Promise<string> {
    const files = this.#reports.get(wanted.id)?.files.filter(({ name }) => wanted.files.includes(name)) ?? [];
    if (files.length > 0) return saveBundle(files, wanted.folder);
    throw new ProblemError({
      code: 'report-gone',
      title: 'This report is not there any more',
      explanation: 'Gantry keeps the newest few until it ends. Make a new one, look at it, and save that.',
      actions: [],
    });
  }

  #context(options: Pick<CheckContext, 'network' | 'ownEngine'>): CheckContext {
    return {
      services: this.services,
      env: process.env,
      home: homedir(),
      platform: process.platform,
      ...options,
    };
  }

  async #mendFolder(): Promise<void> {
    const { dataFolder, settings, vm } = this.services;
    mendFolder(dataFolder);
    const trouble = folderTrouble(dataFolder);
    if (trouble) throw new ProblemError(trouble);
    const before = chosenHost(settings.now, vm);
    await settings.keep();
    // Settings that could be read only now may choose another engine.
    const after = chosenHost(settings.now, vm);
    if (after !== before) await showEngine(this.services, after);
  }

  async #leadDockerCommand(signal: AbortSignal): Promise<void> {
    const { env, home, platform } = this.#context({ network: false, ownEngine: false });
    const host = this.services.engine.state().endpoint?.host;
    const name = host ? await contextFor(host, { env, home, platform }) : null;
    if (name !== null) return leadTo(name, env, signal);
    throw new ProblemError({
      code: 'no-docker-context',
      title: 'The docker command has no context for this engine',
      explanation: `Make one in a terminal: docker context create NAME --docker host=${host ?? 'unix:///var/run/docker.sock'}`,
      actions: [],
    });
  }
}
