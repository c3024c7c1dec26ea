import type { RunSpec } from '#contract';
import { commandArguments, commands, commandWords } from '#contract/commands';
import { inContext } from '../../ui/commandContext';

/** One line of the command as it is shown: a flag and its value. */
export interface PreviewLine {
  flag: string | null;
  text: string;
  /** Field of the run that it comes from, where it is one of a list. */
  field: string | null;
}

const switches = new Set(['--detach', '--interactive', '--tty', '--rm', '--privileged']);

/** Places of the entries that are far enough to be in a command. */
const places = <T>(items: readonly T[], finished: (item: T) => boolean) =>
  items.flatMap((item, index) => (finished(item) ? [index] : []));

/** `docker run …` of a run, a flag on each line, secrets as dots. The first line is without "docker run". */
export function previewLines(spec: RunSpec): PreviewLine[] {
  const ports = places(spec.ports, ({ containerPort }) => containerPort > 0);
  const env = places(spec.env, ({ name }) => name !== '');
  const parts = commands.run({
    ...spec,
    ports: ports.flatMap((index) => spec.ports[index] ?? []),
    env: env.flatMap((index) => spec.env[index] ?? []),
    labels: spec.labels.filter(({ name }) => name !== ''),
    mounts: spec.mounts.filter(({ target }) => target !== ''),
  });
  const shown = commandWords(parts);
  const plain = commandArguments(parts);
  const lines: PreviewLine[] = [];
  const counts: Record<string, number> = {};
  let at = 2;
  while (plain[at]?.startsWith('--')) {
    const flag = plain[at] ?? '';
    const count = counts[flag] ?? 0;
    counts[flag] = count + 1;
    const alone = switches.has(flag);
    const field =
      flag === '--publish' ? `ports.${ports[count]}` : flag === '--env' ? `env.${env[count]}` : null;
    lines.push({ flag, text: alone ? '' : (shown[at + 1] ?? ''), field });
    at += alone ? 1 : 2;
  }
  lines.push({ flag: null, text: shown.slice(at).join(' '), field: null });
  return lines;
}

/** The whole line for the clipboard, with its secrets: copying is on purpose. `context`: as in inContext. */
export const runLine = (spec: RunSpec, context: string | null): string =>
  inContext(commandWords(commands.run(spec), { reveal: true }), context).join(' ');
