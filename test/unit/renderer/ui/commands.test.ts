import { describe, expect, it } from 'vitest';
import { inContext } from '../../../../renderer/ui/commandContext';
import { colourCommand, commandLine } from '../../../../renderer/ui/commandWords';
import { type MenuEntry, menuSections } from '../../../../renderer/ui/menus';
import { monogram } from '../../../../renderer/ui/monogramText';
import { sparklinePath } from '../../../../renderer/ui/sparklinePath';

describe('command lines', () => {
  it('tell program, verb and flags apart', () => {
    const kinds = (...argv: string[]) => colourCommand(argv).map((word) => word.kind);
    expect(kinds('docker', 'rm', '--force', 'web-1')).toEqual(['program', 'verb', 'flag', 'word']);
    expect(kinds('docker', 'volume', 'rm', 'data')).toEqual(['program', 'verb', 'verb', 'word']);
    expect(kinds('docker', 'run', 'volume')).toEqual(['program', 'verb', 'word']);
  });

  it('are quoted so that a shell reads the same arguments', () => {
    expect(commandLine(['docker', 'exec', 'web-1', 'sh', '-c', "echo 'hi' $HOME"])).toBe(
      "docker exec web-1 sh -c 'echo '\\''hi'\\'' $HOME'",
    );
    expect(commandLine(['docker', 'run', '--name', ''])).toBe("docker run --name ''");
  });
});

describe('menu sections', () => {
  const entry = (id: string): MenuEntry => ({ id, label: id, onAction: () => {} });
  it('are split at separators and never empty', () => {
    const sections = menuSections([
      'separator',
      entry('a'),
      'separator',
      'separator',
      entry('b'),
      'separator',
    ]);
    expect(sections.map((section) => section.map((action) => action.id))).toEqual([['a'], ['b']]);
  });
});

describe('monograms', () => {
  it.each([
    ['nginx', 'ng'],
    ['grafana/grafana', 'gr'],
    ['_-x', 'x'],
    ['registry.example/team/2fauth', '2f'],
  ])('%s is %s', (name, letters) => expect(monogram(name)).toBe(letters));
});

describe('sparklines', () => {
  const frame = { floor: 10, width: 46, height: 18, points: 22 };
  it('have no line when idle', () => {
    expect(sparklinePath([], frame)).toBeNull();
    expect(sparklinePath([0, 0, 0], frame)).toBeNull();
  });
  it('end at the right edge and keep the newest points', () => {
    const many = Array.from({ length: 40 }, (_, index) => index);
    const path = sparklinePath(many, frame);
    expect(path?.line.split('L')).toHaveLength(22);
    expect(path?.line.split('L').at(-1)).toMatch(/^46\.0 /);
    expect(sparklinePath([1, 2], frame)?.start).toBe('43.8');
  });
  it('stay low under the floor', () => {
    const ys = (values: number[]) => Number(sparklinePath(values, frame)?.line.split(' ').at(-1));
    expect(ys([0, 1])).toBeGreaterThan(ys([0, 9]));
  });
});

describe('commands for another engine than the terminal’s', () => {
  it('name its context, other programs do not', () => {
    expect(inContext(['docker', 'ps', '--all'], 'gantry')).toEqual([
      'docker',
      '--context=gantry',
      'ps',
      '--all',
    ]);
    expect(inContext(['skopeo', 'copy'], 'gantry')).toEqual(['skopeo', 'copy']);
    expect(inContext(['docker', 'ps'], null)).toEqual(['docker', 'ps']);
  });
});
