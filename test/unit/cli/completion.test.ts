import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { completionScript, type Shell, shells } from '#cli/completion';
import { setVariable, shellOf } from '#cli/context';
import { program } from '#cli/program';

const there = (shell: string) => {
  try {
    execFileSync(shell, ['-c', 'true']);
    return true;
  } catch {
    return false;
  }
};

let folder = '';
const script = (shell: Shell) => {
  const path = join(folder, shell);
  writeFileSync(path, completionScript(shell, program));
  return path;
};
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'gantry-completion-'));
});
afterAll(() => rm(folder, { recursive: true }));

/** Ends of command lines, and what is offered there. */
const offers: [line: string, words: string[]][] = [
  ['st', ['start', 'status', 'stop']],
  ['open tr', ['troubleshoot']],
  ['context s', ['show']],
  ['context show --j', ['--json']],
  ['logs --source ', ['gantry', 'serial', 'vm']],
  ['logs --source=s', ['serial']],
  ['logs --follow --source s', ['serial']],
  // Any number may stand there.
  ['logs --lines ', []],
  ['diagnose --n', ['--network']],
  ['completion f', ['fish']],
  ['tools ', ['install', 'remove', 'status', '-h', '--help']],
  ['disk --', ['--grow', '--help', '--json', '--trim']],
  ['reset --export FOLDER/Sp', ['Spare parts']],
  ['reset --export=FOLDER/Sp', ['Spare parts']],
];
const lines = () => offers.map(([line]) => `gantry ${line.replace('FOLDER', folder)}`);

/** As readline cuts a line into words, which is at each equals sign, too. */
const readlineWords = (line: string) => line.split(/ +|(=)/).filter((word) => word !== undefined);

/** What each shell offers for each line. */
const ask: Record<Shell, () => string[][]> = {
  bash: () =>
    lines().map((line) => {
      const words = readlineWords(line);
      const call =
        // biome-ignore lint/suspicious/noTemplateCurlyInString: bash's own way to write a list.
        'source "$1"; shift; COMP_WORDS=("$@"); COMP_CWORD=$(($# - 1)); _gantry; printf "%s\\n" "${COMPREPLY[@]}"';
      const said = execFileSync('bash', ['-c', call, 'bash', script('bash'), ...words]).toString();
      return said.split('\n').filter((word) => word !== '');
    }),
  zsh: () => {
    script('zsh');
    const driver = fileURLToPath(new URL('../../harness/offered.zsh', import.meta.url));
    const said = execFileSync('zsh', ['-f', driver, folder, ...lines()], { timeout: 20_000 }).toString();
    return said.split('\n').map((line) => line.split('\t').filter((word) => word !== ''));
  },
  fish: () =>
    lines().map((line) => {
      const call = `source ${script('fish')}; complete -C '${line}'`;
      const said = execFileSync('fish', ['--no-config', '-c', call]).toString();
      const words = said.split('\n').map((offer) => offer.replace(/\t.*/, '').replace(/^--\w+=/, ''));
      return words.filter((word) => word !== '');
    }),
};

describe.each(shells)('completion in %s', (shell) => {
  const missing = !there(shell);
  test.skipIf(missing)(`offers what may come next${missing ? ` (${shell} is not installed)` : ''}`, () => {
    mkdirSync(join(folder, 'Spare parts'), { recursive: true });
    const said = ask[shell]();
    for (const [index, [line, words]] of offers.entries()) {
      // fish offers options only once one is begun.
      const wanted =
        shell === 'fish' && !/-\S*$/.test(line) ? words.filter((word) => !word.startsWith('-')) : words;
      const got = (said[index] ?? []).map((word) => basename(word.replaceAll('\\', '')));
      expect(got.sort(), `gantry ${line}`).toEqual(wanted.toSorted());
    }
  });
});

const bashThere = there('bash');

test.skipIf(!bashThere)(`bash has its completion${bashThere ? '' : ' (bash is not installed)'}`, () => {
  const said = execFileSync('bash', ['-c', 'source "$1"; complete -p gantry', 'bash', script('bash')]);
  expect(said.toString()).toBe('complete -F _gantry gantry\n');
});

describe.each([
  ['bash', ['-n']],
  ['zsh', ['-n']],
  ['fish', ['--no-execute']],
] as const)('%s', (shell, args) => {
  const missing = !there(shell);
  test.skipIf(missing)(`can read its script${missing ? ` (${shell} is not installed)` : ''}`, () => {
    expect(execFileSync(shell, [...args, script(shell)], { stdio: 'pipe' }).toString()).toBe('');
  });

  test('has every command and option in its script', () => {
    const text = completionScript(shell, program);
    for (const command of program.commands) {
      expect(text).toContain(command.name());
      for (const { long } of command.options) expect(text).toContain(long?.slice(shell === 'fish' ? 2 : 0));
    }
  });
});

test.each([
  ['bash', "export DOCKER_HOST='unix:///a b/d.sock'"],
  ['zsh', "export DOCKER_HOST='unix:///a b/d.sock'"],
  ['fish', "set -gx DOCKER_HOST 'unix:///a b/d.sock';"],
] as const)('a variable is set in the words of %s', (shell, line) => {
  expect(setVariable(shell, 'DOCKER_HOST', 'unix:///a b/d.sock')).toBe(line);
});

test('the shell is that of $SHELL, or else bash', () => {
  expect(['/usr/bin/fish', '/bin/zsh', '/bin/bash', undefined].map(shellOf)).toEqual([
    'fish',
    'zsh',
    'bash',
    'bash',
  ]);
});
