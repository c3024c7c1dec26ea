import type { RunSpec } from '#contract';
import { commandArguments, commands, commandWords } from '#contract/commands';

/** One line of the command as it is shown: a flag and its value. */
export interface PreviewLine {
  flag: string | null;
  text: string;
  /** Field of the run that it comes from, where it is one of a list. */
  field: string | null;
}

const switches = new Set(['--detach', '--interactive', '--tty', '--rm', '--privileged']);
const listOf: Record<string, string> = { '--publish': 'ports', '--env': 'env' };

/** `docker run …` of a run, a flag on each line, secrets as dots. The first line is without "docker run". */
export function previewLines(spec: RunSpec): PreviewLine[] {
  const parts = commands.run(spec);
  const shown = commandWords(parts);
  const plain = commandArguments(parts);
  const lines: PreviewLine[] = [];
  const counts: Record<string, number> = {};
  let at = 2;
  while (plain[at]?.startsWith('--')) {
    const flag = plain[at] ?? '';
    const list = listOf[flag];
    const count = counts[flag] ?? 0;
    counts[flag] = count + 1;
    const alone = switches.has(flag);
    lines.push({ flag, text: alone ? '' : (shown[at + 1] ?? ''), field: list ? `${list}.${count}` : null });
    at += alone ? 1 : 2;
  }
  lines.push({ flag: null, text: shown.slice(at).join(' '), field: null });
  return lines;
}

/** The whole line for the clipboard, with its secrets: copying is on purpose. */
export const runLine = (spec: RunSpec): string =>
  commandWords(commands.run(spec), { reveal: true }).join(' ');
