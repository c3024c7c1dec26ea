import type { Command } from 'commander';

export const shells = ['bash', 'zsh', 'fish'] as const;
export type Shell = (typeof shells)[number];

/** A word that may come next, with what it means. */
interface Word {
  word: string;
  about: string;
}

/** What a completion knows of a command: the words of its way (`context use`), and what may follow. */
interface Place {
  path: string[];
  /** Commands below it, or the choices of its first argument. */
  words: Word[];
  /** Spellings with what they take: choices, a folder, or nothing. */
  options: { flags: string[]; about: string; takes: 'nothing' | 'folder' | 'text' | readonly string[] }[];
}

function placesOf(command: Command, path: string[] = []): Place[] {
  const below = command.commands.map((inner) => ({ word: inner.name(), about: inner.description() }));
  const choices = (command.registeredArguments[0]?.argChoices ?? []).map((word) => ({ word, about: '' }));
  const options = command.options.map(({ short, long, description, argChoices, required, flags }) => ({
    flags: [short, long].filter((flag) => flag !== undefined),
    about: description,
    takes:
      argChoices ??
      (flags.includes('<folder>')
        ? ('folder' as const)
        : required
          ? ('text' as const)
          : ('nothing' as const)),
  }));
  const help = { flags: ['-h', '--help'], about: 'display help for command', takes: 'nothing' as const };
  return [
    { path, words: below.length > 0 ? below : choices, options: [...options, help] },
    ...command.commands.flatMap((inner) => placesOf(inner, [...path, inner.name()])),
  ];
}

/** A script that a shell reads, made of the table of commands. */
export function completionScript(shell: Shell, program: Command): string {
  const places = placesOf(program);
  return { bash, zsh, fish }[shell](program.name(), places);
}

const wordsOf = ({ words, options }: Place) =>
  [...words.map(({ word }) => word), ...options.flatMap(({ flags }) => flags)].join(' ');

/** What may come next, by the word before: the value of an option that takes one, or else any word. */
const bashCases = (place: Place) => [
  ...place.options
    .filter(({ takes }) => takes !== 'nothing')
    .map(({ flags, takes }) => {
      const offer =
        takes === 'folder' ? 'folders=1' : typeof takes === 'string' ? ':' : `words='${takes.join(' ')}'`;
      return `        ${flags.join('|')}) ${offer} ;;`;
    }),
  `        *) words='${wordsOf(place)}' ;;`,
];

/**
 * Without mapfile, which the bash of macOS, 3.2, does not have; nor has it compopt, and is then silent. readline cuts
 * words at an equals sign, and quotes what has spaces only where it is told that they are files' names.
 */
function bash(name: string, places: Place[]): string {
  const known = places.filter(({ path }) => path.length > 0).map(({ path }) => `"${path.join(' ')}"`);
  const cases = places.flatMap((place) => [
    `    "${place.path.join(' ')}")`,
    '      case "$before" in',
    ...bashCases(place),
    '      esac ;;',
  ]);
  return `# bash completion of ${name}
_${name}() {
  local word="\${COMP_WORDS[COMP_CWORD]}" before="\${COMP_WORDS[COMP_CWORD-1]}" at='' next words='' folders='' i
  [[ $word != '=' ]] || word=''
  [[ $before != '=' ]] || before="\${COMP_WORDS[COMP_CWORD-2]}"
  for ((i = 1; i < COMP_CWORD; i++)); do
    next="\${at:+$at }\${COMP_WORDS[i]}"
    case "$next" in ${known.join('|')}) at="$next" ;; esac
  done
  case "$at" in
${cases.join('\n')}
  esac
  [[ -z $folders ]] || compopt -o filenames 2>/dev/null
  COMPREPLY=()
  while IFS= read -r next; do COMPREPLY+=("$next"); done < <(
    if [[ $folders ]]; then compgen -d -- "$word"; else compgen -W "$words" -- "$word"; fi
  )
}
complete -F _${name} ${name}`;
}

const single = (text: string) => `'${text.replaceAll("'", "'\\''")}'`;

/** Read from a start-up file, which may not have started zsh's completion, or from a folder of completions ($fpath). */
function zsh(name: string, places: Place[]): string {
  const described = ({ words, options }: Place) =>
    [...words, ...options.flatMap(({ flags, about }) => flags.map((word) => ({ word, about })))]
      .map(({ word, about }) => single(`${word}:${about.replaceAll(':', '\\:')}`))
      .join(' ');
  const known = places.filter(({ path }) => path.length > 0).map(({ path }) => single(path.join(' ')));
  const values = ({ options }: Place) =>
    options
      .filter(({ takes }) => takes !== 'nothing')
      .map(({ flags, takes }) => {
        const reply =
          takes === 'folder'
            ? '_files -/'
            : typeof takes === 'string'
              ? ':'
              : `compadd -- ${takes.join(' ')}`;
        return `        ${flags.join('|')}) ${reply}; return ;;`;
      });
  const cases = places.flatMap((place) => [
    `    ${single(place.path.join(' '))})`,
    '      case "$before" in',
    ...values(place),
    '      esac',
    `      found=(${described(place)}) ;;`,
  ]);
  return `#compdef ${name}
_${name}() {
  local at='' next before="\${words[CURRENT-1]}" i
  local -a found
  if [[ "\${words[CURRENT]}" == --*=* ]]; then
    before="\${words[CURRENT]%%=*}"
    compset -P '*='
  fi
  for ((i = 2; i < CURRENT; i++)); do
    next="\${at:+$at }\${words[i]}"
    case "$next" in ${known.join('|')}) at="$next" ;; esac
  done
  case "$at" in
${cases.join('\n')}
  esac
  _describe ${name} found
}
if [[ "\${funcstack[1]}" == _${name} ]]; then
  _${name} "$@"
else
  (( $+functions[compdef] )) || { autoload -Uz compinit && compinit; }
  compdef _${name} ${name}
fi`;
}

/** fish has no way of commands: a place is where its last word was typed, and none of those below it. */
function fish(name: string, places: Place[]): string {
  const quoted = (text: string) => `'${text.replace(/[\\']/g, '\\$&')}'`;
  const lines = places.flatMap(({ path, words, options }) => {
    const inside = path.map((word) => `__fish_seen_subcommand_from ${word}`);
    const below = words.map(({ word }) => word).join(' ');
    const here = path.length === 0 ? '__fish_use_subcommand' : inside.join('; and ');
    const open = path.length > 0 && below ? `${here}; and not __fish_seen_subcommand_from ${below}` : here;
    return [
      ...words.map(
        ({ word, about }) =>
          `complete -c ${name} -f -n ${quoted(open)} -a ${quoted(word)} -d ${quoted(about)}`,
      ),
      ...options.map(({ flags, about, takes }) => {
        const spelt = flags.map((flag) =>
          flag.startsWith('--') ? `-l ${flag.slice(2)}` : `-s ${flag.slice(1)}`,
        );
        const value =
          takes === 'nothing'
            ? ''
            : takes === 'folder'
              ? " -x -a '(__fish_complete_directories)'"
              : typeof takes === 'string'
                ? ' -x'
                : ` -x -a ${quoted(takes.join(' '))}`;
        return `complete -c ${name} -f -n ${quoted(here)} ${spelt.join(' ')}${value} -d ${quoted(about)}`;
      }),
    ];
  });
  return [`# fish completion of ${name}`, `complete -c ${name} -f`, ...lines].join('\n');
}
