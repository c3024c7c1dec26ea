import type { Tool } from './tools';

/** What there is of a tool, in a few words that follow its name. */
export function toolWords({ state, link, found, version, newer, why }: Tool): string {
  if (state === 'absent') return why === null ? 'not there' : `not there. ${why}`;
  if (state === 'other') return `there already: ${found ?? link}`;
  return [link, ...(version ? [version] : []), ...(newer ? [`${newer} is ready`] : [])].join(', ');
}

/** How a folder gets on the PATH. */
export const pathWords = (folder: string): string =>
  `${folder} is not on the PATH. Many systems add it at the next login; else add this line to the shell’s start-up file, such as ~/.profile: export PATH="${folder}:$PATH"`;
