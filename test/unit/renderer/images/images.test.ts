import { describe, expect, it } from 'vitest';
import type { Container, Image } from '#contract';
import { splitInstruction, withoutSecrets } from '../../../../renderer/images/details/instructions';
import {
  countSegments,
  matchesText,
  nameOf,
  namesToRemove,
  referenceOf,
  segmentOf,
  titleOf,
} from '../../../../renderer/images/names';
import { aContainer } from '../../../harness/a-container';

const image = (part: Partial<Image>): Image => ({
  id: `sha256:${'a1'.repeat(32)}`,
  tags: [],
  digests: [],
  createdAt: 0,
  sizeBytes: 0,
  ...part,
});

describe('the name of an image', () => {
  it('is that of its first tag; tags of the same repository stand beside it', () => {
    const tagged = image({ tags: ['localhost:5000/app:1', 'localhost:5000/app:2', 'app:1'] });
    expect(nameOf(tagged)).toEqual({ name: 'localhost:5000/app', tags: ['1', '2'], others: ['app:1'] });
    expect(titleOf(tagged)).toBe('localhost:5000/app:1');
    expect(namesToRemove(tagged)).toEqual(tagged.tags);
  });

  it('without a tag is the repository it came from, or only an id', () => {
    const digest = `nginx@sha256:${'0'.repeat(64)}`;
    const replaced = image({ digests: [digest] });
    expect(nameOf(replaced).name).toBe('nginx');
    expect(referenceOf(replaced)).toBe(digest);
    const nameless = image({});
    expect(nameOf(nameless).name).toBeNull();
    expect(titleOf(nameless)).toBe('a1a1a1a1a1a1');
    expect(namesToRemove(nameless)).toEqual(['a1a1a1a1a1a1']);
  });

  it('is found by every part of what the row shows', () => {
    const tagged = image({ tags: ['team/app:1.0'] });
    const users = [aContainer({ name: 'web-1' })];
    expect(matchesText(tagged, '')).toBe(true);
    expect(matchesText(tagged, ' APP 1.0 ')).toBe(true);
    expect(matchesText(tagged, 'app web', users)).toBe(true);
    expect(matchesText(tagged, 'app db', users)).toBe(false);
  });
});

describe('images in segments', () => {
  it('are each in one: used, unused, dangling', () => {
    const used = image({ id: 'sha256:u' });
    const unused = image({ id: 'sha256:n', tags: ['a:1'] });
    const dangling = image({ id: 'sha256:d', digests: ['a@sha256:0'] });
    const usage = new Map<string, readonly Container[]>([[used.id, [aContainer({ imageId: used.id })]]]);
    expect([used, unused, dangling].map((one) => segmentOf(one, usage))).toEqual([
      'used',
      'unused',
      'dangling',
    ]);
    expect(countSegments([used, unused, dangling], usage)).toEqual({
      all: 3,
      used: 1,
      unused: 1,
      dangling: 1,
    });
  });
});

describe('instructions', () => {
  it('are taken apart when they are Docker’s', () => {
    expect(splitInstruction('RUN npm ci')).toMatchObject({ word: 'RUN', rest: 'npm ci' });
    expect(splitInstruction('bazel build')).toEqual({ word: '', rest: 'bazel build', meaning: null });
    expect(splitInstruction('')).toEqual({ word: '', rest: '', meaning: null });
  });

  it('do not show secrets of variables', () => {
    expect(withoutSecrets('ENV DB_PASSWORD=hunter2 COLOUR=blue')).toBe(
      'ENV DB_PASSWORD=•••••••• COLOUR=blue',
    );
    expect(withoutSecrets('RUN PASSWORD=x make')).toBe('RUN PASSWORD=x make');
  });
});
