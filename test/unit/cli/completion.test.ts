import { execFileSync } from 'node:child_process';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { completionScript, type Shell } from '#cli/completion';
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

const bashThere = there('bash');

describe.skipIf(!bashThere)(`completion in bash${bashThere ? '' : ' (bash is not installed)'}`, () => {
  /** What bash offers for the last of these words. */
  function offered(...words: string[]): string[] {
    const line =
      // biome-ignore lint/suspicious/noTemplateCurlyInString: bash's own way to write a list.
      'source "$1"; shift; COMP_WORDS=("$@"); COMP_CWORD=$(($# - 1)); _gantry; printf "%s\\n" "${COMPREPLY[@]}"';
    const said = execFileSync('bash', ['-c', line, 'bash', script('bash'), 'gantry', ...words]).toString();
    return said.split('\n').filter((word) => word !== '');
  }

  test('every command is offered', () => {
    expect(offered('')).toEqual(expect.arrayContaining(program.commands.map((command) => command.name())));
    expect(offered('st')).toEqual(['status', 'start', 'stop']);
  });

  test.each([
    [
      ['open', ''],
      ['home', 'settings', 'troubleshoot', '--help'],
    ],
    [['open', 'tr'], ['troubleshoot']],
    [
      ['context', ''],
      ['show', 'use'],
    ],
    [['context', 'show', '--j'], ['--json']],
    [
      ['logs', '--source', ''],
      ['gantry', 'vm', 'serial'],
    ],
    [['logs', '--follow', '--source', 's'], ['serial']],
    [['diagnose', '--n'], ['--network']],
    [['completion', 'f'], ['fish']],
    [
      ['tools', ''],
      ['status', 'install', 'remove'],
    ],
    [['tools', 'install', '--j'], ['--json']],
    [
      ['uninstall', '--'],
      ['--data', '--yes', '--json'],
    ],
    [
      ['disk', '--'],
      ['--trim', '--grow', '--json'],
    ],
  ])('after %j come %j', (words, wanted) => {
    expect(offered(...words)).toEqual(expect.arrayContaining(wanted));
  });

  test('after an option that takes any number nothing is offered', () => {
    expect(offered('logs', '--lines', '')).toEqual([]);
  });

  test('bash knows the function as the completion of gantry', () => {
    const said = execFileSync('bash', ['-c', 'source "$1"; complete -p gantry', 'bash', script('bash')]);
    expect(said.toString()).toBe('complete -F _gantry gantry\n');
  });
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
