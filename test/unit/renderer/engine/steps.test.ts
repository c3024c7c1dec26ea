import { expect, it } from 'vitest';
import { passedSteps } from '../../../../renderer/engine/bootSteps';
import { type FoundEngine, foundEngines } from '../../../../renderer/engine/found';
import { timeLineBars } from '../../../../renderer/settings/engine/timeLine';

const timeLine = [
  { step: 'image', title: 'Checking the image', atMs: 0 },
  { step: 'machine', title: 'Starting the machine', atMs: 250 },
  { step: 'kernel', title: 'Starting Linux', atMs: 1000 },
] as const;

it('takes a step for passed when the next one has begun', () => {
  expect(passedSteps([...timeLine], 'kernel').map(({ step, tookMs }) => [step, tookMs])).toEqual([
    ['image', 250],
    ['machine', 750],
  ]);
  expect(passedSteps([...timeLine], 'image')).toEqual([]);
});

it('draws the steps on one axis that ends with the answer', () => {
  const bars = timeLineBars([...timeLine], 2000);
  expect(bars.map(({ left, width }) => [left, width])).toEqual([
    [0, 0.125],
    [0.125, 0.375],
    [0.5, 0.5],
  ]);
});

it('has no bar for a last step that lasted no time, and none at all without steps', () => {
  expect(timeLineBars([...timeLine], null).map(({ step }) => step)).toEqual(['image', 'machine']);
  expect(timeLineBars([], null)).toEqual([]);
});

it('lists each engine once, the named one always, and the VM never', () => {
  const engine = (host: string, source: FoundEngine['source']): FoundEngine => ({
    host,
    label: host,
    source,
    reachable: true,
  });
  const known = [
    engine('unix:///vm.sock', 'Gantry VM'),
    engine('unix:///a.sock', 'docker context'),
    engine('unix:///a.sock', 'known socket'),
  ];
  expect(foundEngines(known, 'ssh://far').map(({ host, reachable }) => [host, reachable])).toEqual([
    ['unix:///a.sock', true],
    ['ssh://far', false],
  ]);
});
