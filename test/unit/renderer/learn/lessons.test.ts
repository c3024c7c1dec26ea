import { describe, expect, it } from 'vitest';
import { readCommand } from '../../../../renderer/learn/command';
import { lessons } from '../../../../renderer/learn/lessons';

/** What a command makes, by the word behind `--name`, `create` or `tag`. */
function madeBy(argv: readonly string[]): string[] {
  const name = argv[argv.indexOf('--name') + 1];
  if (argv[1] === 'run') return name ? [name] : [];
  if (argv[2] === 'create') return argv.slice(3);
  return argv[1] === 'tag' ? argv.slice(3) : [];
}

describe.each(lessons.map((lesson) => [lesson.id, lesson] as const))('the lesson %s', (_, lesson) => {
  const commands = lesson.steps.flatMap(({ command }) => (command ? [command] : []));

  it('has only commands that Gantry can carry out', () => {
    expect(commands.filter((command) => readCommand(command) === null)).toEqual([]);
  });

  it('removes all that it makes', () => {
    const { containers, volumes = [], networks = [], tags = [] } = lesson.leaves;
    expect([...containers, ...volumes, ...networks, ...tags]).toEqual(
      expect.arrayContaining(commands.flatMap(madeBy)),
    );
  });

  it('passes no step on an engine that holds nothing', () => {
    const engine = {
      status: 'off' as const,
      endpoint: null,
      facts: null,
      since: 0,
      problem: null,
      nextAttemptAt: null,
    };
    const nothing = { engine, containers: [], images: [], volumes: [], networks: [] };
    const first = lesson.steps[0];
    expect(first?.checks.every((check) => check.holds(nothing))).toBe(false);
  });
});
