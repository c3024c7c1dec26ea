export interface CommandWord {
  text: string;
  kind: 'program' | 'verb' | 'flag' | 'word';
}

/** `docker <group> <verb>`: the groups whose next word is the verb. */
const GROUPS = new Set(['container', 'image', 'volume', 'network', 'system', 'compose', 'buildx', 'context']);

/** Tells program, verb and flags of a docker command apart, for colouring. */
export function colourCommand(argv: readonly string[]): CommandWord[] {
  let verbs = 0;
  let wanted = 1;
  return argv.map((text, index) => {
    if (index === 0) return { text, kind: 'program' };
    if (text.startsWith('-') && text.length > 1) return { text, kind: 'flag' };
    if (verbs < wanted) {
      if (verbs === 0 && GROUPS.has(text)) wanted = 2;
      verbs++;
      return { text, kind: 'verb' };
    }
    return { text, kind: 'word' };
  });
}

const PLAIN = /^[\w@%+=:,./•-]+$/u;

/** An argument as a POSIX shell needs it written. */
export function quoteArgument(argument: string): string {
  if (PLAIN.test(argument)) return argument;
  return `'${argument.replaceAll("'", "'\\''")}'`;
}

/** The whole line, ready to paste into a shell. */
export function commandLine(argv: readonly string[]): string {
  return argv.map(quoteArgument).join(' ');
}
