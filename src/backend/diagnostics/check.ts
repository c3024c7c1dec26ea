import { readFile } from 'node:fs/promises';
import type { CheckId, EngineState, Finding } from '#contract';
import type { ProblemAction } from '#contract/problem';
import type { Services } from '../services';

/** What checks look at; tests give their own. */
export interface CheckContext {
  services: Pick<Services, 'dataFolder' | 'engine' | 'settings' | 'version' | 'vm'>;
  env: NodeJS.ProcessEnv;
  home: string;
  platform: NodeJS.Platform;
  /** Whether Docker Hub may be asked. */
  network: boolean;
  /** Whether Gantry's own engine matters, also while another one is used. */
  ownEngine: boolean;
}

export type Found = Omit<Finding, 'id' | 'title'>;

/** One thing that can be wrong, and how to find out. Adding one: a file in `checks`, its id, a line in `list.ts`. */
export interface Check {
  id: CheckId;
  title: string;
  /** Milliseconds after which it counts as failed; 12 seconds unless it says otherwise. */
  limitMs?: number;
  /** A throw counts as failed, with its words. */
  run(context: CheckContext, signal: AbortSignal): Promise<Found>;
}

export const ok = (fact: string, explanation = ''): Found => ({
  result: 'ok',
  fact,
  explanation,
  fix: null,
});

export const skipped = (fact: string, explanation: string): Found => ({
  result: 'skipped',
  fact,
  explanation,
  fix: null,
});

export const warning = (fact: string, explanation: string, fix: ProblemAction): Found => ({
  result: 'warning',
  fact,
  explanation,
  fix,
});

export const failed = (fact: string, explanation: string, fix: ProblemAction): Found => ({
  result: 'failed',
  fact,
  explanation,
  fix,
});

/** For what nobody can change from here: it is looked at again. */
export const tryAgain: ProblemAction = { kind: 'retry', label: 'Try again' };

/** How the engine in Gantry's VM reaches out. */
export const openNetworkSettings: ProblemAction = {
  kind: 'open',
  label: 'Open network settings',
  page: 'settings',
  target: 'network',
};

/** Whether Gantry's own VM is what is used, or is to be, so that what it needs matters. */
export const usesVm = ({ services: { engine, settings }, ownEngine }: CheckContext): boolean =>
  ownEngine || settings.now.engineChoice === 'vm' || engine.state().endpoint?.source === 'Gantry VM';

/** The engine's state once it is known: a command line has just begun to connect. */
export async function settledEngine(
  { services: { engine } }: CheckContext,
  signal: AbortSignal,
): Promise<EngineState> {
  for await (const _ of engine.projection.watch(signal)) {
    const { engine: state, loaded } = engine.projection.snapshot();
    if (state.problem || (state.status === 'connected' && state.facts && loaded)) return state;
  }
  return engine.state();
}

/** Whether there is an engine to be asked. */
export const hasEngine = async (context: CheckContext, signal: AbortSignal): Promise<boolean> =>
  (await settledEngine(context, signal)).status === 'connected';

export const noEngine = skipped('No engine answers', 'This can be looked at while an engine is connected.');

/** Of this text, or null when there is no such file. */
export const textOf = (path: string): Promise<string | null> => readFile(path, 'utf8').catch(() => null);

export const codeOf = (error: unknown): string =>
  error instanceof Error && 'code' in error ? String(error.code) : '';

const units = ['B', 'kB', 'MB', 'GB', 'TB'];

/** 22.8 GB: powers of 1000, as everywhere in Gantry. */
export function inBytes(bytes: number): string {
  const step = Math.min(units.length - 1, Math.floor(Math.log10(Math.max(1, bytes)) / 3));
  return `${(bytes / 1000 ** step).toFixed(step > 2 ? 1 : 0)} ${units[step]}`;
}
