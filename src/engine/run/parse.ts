import type { RunSpec } from '#contract';
import { ProblemError } from '#contract/problem';
import { looksSecret } from '#contract/secret-names';
import { quoteWord, readShell, shellLine } from '#contract/shell-words';
import { mountOf, type ReadMount, tmpfsOf, volumeOf } from './parse-mounts';
import { portsOf } from './parse-ports';
import { globalValueFlags, shortFlags, switchFlags, valueFlags } from './run-flags';
import { bytesOf, pairOf, secondsOf } from './values';

export interface ReadLine {
  spec: RunSpec;
  /** Parts that a run has no field for: `--gpus all`. */
  ignored: string[];
  /** Sentences about what a shell or the docker CLI would read otherwise. */
  notes: string[];
}

type Health = NonNullable<RunSpec['health']>;

/** A line while it is read. */
interface Draft extends ReadLine {
  health: Partial<Health>;
  entrypoint: string | null;
  stdin: boolean;
}

/** Puts a flag's value into the draft; false when a run has no field for this value. */
type Reader = (draft: Draft, value: string) => boolean;

const text =
  (field: 'name' | 'user' | 'workdir' | 'network' | 'hostname' | 'platform'): Reader =>
  ({ spec }, value) => {
    spec[field] = value;
    return true;
  };

const mount =
  (flag: string, read: (value: string) => ReadMount | null): Reader =>
  (draft, value) => {
    const found = read(value);
    if (!found) return false;
    draft.spec.mounts.push(found.mount);
    if (found.ignored.length > 0) draft.ignored.push(`${found.ignored.join(',')} of --${flag} ${value}`);
    return true;
  };

const healthSeconds =
  (field: 'intervalSeconds' | 'timeoutSeconds' | 'startPeriodSeconds'): Reader =>
  ({ health }, value) => {
    const seconds = secondsOf(value);
    if (seconds === null) return false;
    // Zero means the default, which is what an absent one becomes.
    if (seconds > 0) health[field] = seconds;
    return true;
  };

function readEnv({ spec, notes }: Draft, value: string): boolean {
  const pair = pairOf(value);
  if (pair.value === null) notes.push(`${pair.name} would take its value from the terminal; enter it here.`);
  const secret = looksSecret(pair.name) ? { secret: true } : {};
  spec.env.push({ name: pair.name, value: pair.value ?? '', ...secret });
  return true;
}

function readRestart({ spec, notes }: Draft, value: string): boolean {
  const [policy = '', times] = value.split(':');
  if (policy !== 'no' && policy !== 'on-failure' && policy !== 'unless-stopped' && policy !== 'always') {
    return false;
  }
  spec.restart = policy;
  if (times) notes.push(`It will restart on an error without the limit of ${times} times.`);
  return true;
}

function readMemory({ spec }: Draft, value: string): boolean {
  const bytes = bytesOf(value);
  if (bytes === null) return false;
  if (bytes > 0) spec.memoryBytes = bytes;
  return true;
}

function readCpus({ spec }: Draft, value: string): boolean {
  const cpus = Number(value);
  if (!Number.isFinite(cpus) || cpus < 0 || value.trim() === '') return false;
  if (cpus > 0) spec.cpus = cpus;
  return true;
}

function readPorts({ spec, notes }: Draft, value: string): boolean {
  const ports = portsOf(value);
  if (!ports) return false;
  spec.ports.push(...ports);
  if (/\d-\d+:\d+(?:\/\w+)?$/.test(value)) notes.push(`The engine chooses a port for ${value}.`);
  return true;
}

const valueReaders: Record<string, Reader> = {
  name: text('name'),
  user: text('user'),
  workdir: text('workdir'),
  network: text('network'),
  net: text('network'),
  hostname: text('hostname'),
  platform: text('platform'),
  publish: readPorts,
  env: readEnv,
  volume: mount('volume', volumeOf),
  mount: mount('mount', mountOf),
  tmpfs: mount('tmpfs', tmpfsOf),
  restart: readRestart,
  memory: readMemory,
  cpus: readCpus,
  label: ({ spec }, value) => {
    const pair = pairOf(value);
    return spec.labels.push({ name: pair.name, value: pair.value ?? '' }) > 0;
  },
  'cap-add': ({ spec }, value) => spec.capAdd.push(value) > 0,
  'cap-drop': ({ spec }, value) => spec.capDrop.push(value) > 0,
  entrypoint: (draft, value) => {
    draft.entrypoint = value;
    return true;
  },
  'health-cmd': ({ health }, value) => {
    health.command = value;
    return true;
  },
  'health-interval': healthSeconds('intervalSeconds'),
  'health-timeout': healthSeconds('timeoutSeconds'),
  'health-start-period': healthSeconds('startPeriodSeconds'),
  'health-retries': ({ health }, value) => {
    if (!/^\d+$/.test(value)) return false;
    if (Number(value) > 0) health.retries = Number(value);
    return true;
  },
};

const switchReaders: Record<string, (draft: Draft, on: boolean) => void> = {
  // Gantry always detaches: the log page shows what the terminal would.
  detach: () => undefined,
  rm: ({ spec }, on) => {
    spec.autoRemove = on;
  },
  privileged: ({ spec }, on) => {
    spec.privileged = on;
  },
  tty: ({ spec }, on) => {
    spec.tty = on;
  },
  interactive: (draft, on) => {
    draft.stdin = on;
  },
};

const emptySpec = (): RunSpec => ({
  image: '',
  ports: [],
  env: [],
  mounts: [],
  restart: 'no',
  labels: [],
  privileged: false,
  capAdd: [],
  capDrop: [],
  tty: false,
  autoRemove: false,
});

function notARunLine(explanation: string): ProblemError {
  return new ProblemError({
    code: 'not-a-run-line',
    title: 'That is not a “docker run” line',
    explanation,
    actions: [],
  });
}

/** What follows `docker run`, or null when the words are another command. */
function argumentsOf(words: string[]): string[] | null {
  const rest = [...words];
  while (rest[0] === '$' || rest[0] === '>' || rest[0] === 'sudo' || /^\w+=/.test(rest[0] ?? ''))
    rest.shift();
  if (!/^(?:.*[/\\])?(?:docker|podman|nerdctl)(?:\.exe)?$/.test(rest.shift() ?? '')) return null;
  while (rest[0]?.startsWith('-')) {
    if (globalValueFlags.has(rest[0])) rest.shift();
    rest.shift();
  }
  if (rest[0] === 'container') rest.shift();
  const verb = rest.shift();
  return verb === 'run' || verb === 'create' ? rest : null;
}

/** Reads one flag at the start of `rest` and takes it away, with its value. */
function readFlag(draft: Draft, rest: string[]): void {
  const word = rest.shift() ?? '';
  if (word.startsWith('--')) {
    const { name, value } = pairOf(word.slice(2));
    readNamed(draft, name, value, rest);
  } else readShort(draft, word.slice(1), rest);
}

/** `-it`, `-p8080:80`, `-dp 8080:80`: switches, and at the end perhaps a flag with its value. */
function readShort(draft: Draft, letters: string, rest: string[]): void {
  for (const [index, letter] of [...letters].entries()) {
    const name = shortFlags[letter];
    if (name === undefined) {
      draft.ignored.push(`-${letter}`);
      continue;
    }
    const after = letters.slice(index + 1);
    if (name in switchReaders || switchFlags.has(name)) {
      if (!after.startsWith('=')) {
        readNamed(draft, name, null, rest);
        continue;
      }
      readNamed(draft, name, after.slice(1), rest);
    } else readNamed(draft, name, after === '' ? null : after.replace(/^=/, ''), rest);
    return;
  }
}

function readNamed(draft: Draft, name: string, given: string | null, rest: string[]): void {
  const turn = switchReaders[name];
  if (turn) {
    turn(draft, given === null || /^(?:1|t|true)$/i.test(given));
    return;
  }
  if (switchFlags.has(name)) {
    draft.ignored.push(given === null ? `--${name}` : `--${name}=${given}`);
    return;
  }
  const read = valueReaders[name];
  if (!read && !valueFlags.has(name)) {
    draft.ignored.push(given === null ? `--${name}` : `--${name}=${quoteWord(given)}`);
    return;
  }
  const value = given ?? rest.shift();
  if (value === undefined) throw notARunLine(`The line ends after --${name}, where a value should follow.`);
  if (!read?.(draft, value)) draft.ignored.push(`--${name} ${quoteWord(value)}`);
}

const healthDefaults = { intervalSeconds: 30, timeoutSeconds: 30, retries: 3, startPeriodSeconds: 0 };

function finish(draft: Draft, words: string[]): ReadLine {
  const { spec, ignored, notes, health, entrypoint } = draft;
  const [image, ...command] = words;
  if (image === undefined) throw notARunLine('It names no image.');
  spec.image = image;
  if (command.length > 0) spec.command = command;
  if (entrypoint !== null) spec.entrypoint = [entrypoint];
  const { command: test, ...others } = health;
  if (test) spec.health = { command: test, ...healthDefaults, ...others };
  else if (Object.keys(others).length > 0) ignored.push('--health-… without --health-cmd');
  if (draft.stdin && !spec.tty) ignored.push('--interactive without --tty');
  return { spec, ignored, notes };
}

/**
 * Reads a `docker run …` line as documentation has it: quotes, line continuations, combined short flags. Nothing
 * is expanded and no file is read.
 * @throws ProblemError `not-a-run-line`
 */
export function parseRunLine(line: string): ReadLine {
  const { commands, expansions, unfinished } = readShell(line);
  if (unfinished) throw notARunLine('A quotation mark in it has no partner.');
  const at = commands.findIndex((words) => argumentsOf(words) !== null);
  const rest = argumentsOf(commands[at] ?? []);
  if (!rest) throw notARunLine('It should begin with “docker run” and name an image.');
  const draft: Draft = {
    spec: emptySpec(),
    ignored: commands.filter((_, index) => index !== at).map(shellLine),
    notes: expansions.map((name) => `${name} is kept as it is written: no shell reads this line.`),
    health: {},
    entrypoint: null,
    stdin: false,
  };
  while (rest[0]?.startsWith('-') && rest[0] !== '-' && rest[0] !== '--') readFlag(draft, rest);
  if (rest[0] === '--') rest.shift();
  return finish(draft, rest);
}
