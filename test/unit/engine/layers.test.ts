import { describe, expect, test } from 'vitest';
import { instructionOf, layersOf } from '#engine/layers';

describe('the instruction behind a layer', () => {
  test.each([
    ['/bin/sh -c #(nop)  CMD ["nginx" "-g"]', 'CMD ["nginx" "-g"]'],
    ['/bin/sh -c #(nop) COPY file:0b866ff3fc1ef5b0 in /etc/app.conf ', 'COPY /etc/app.conf'],
    ['/bin/sh -c #(nop) ADD multi:aa11 in / ', 'ADD /'],
    ['/bin/sh -c apt-get update', 'RUN apt-get update'],
    ['|1 VERSION=3 /bin/sh -c make $VERSION', 'RUN make $VERSION'],
    ['RUN /bin/sh -c apk add curl # buildkit', 'RUN apk add curl'],
    ['RUN |1 V=2 /bin/sh -c echo $V # buildkit', 'RUN echo $V'],
    ['COPY . /app # buildkit', 'COPY . /app'],
    ['ENV PATH=/usr/bin', 'ENV PATH=/usr/bin'],
  ])('%s', (createdBy, instruction) => {
    expect(instructionOf(createdBy)).toBe(instruction);
  });
});

const entry = (CreatedBy: string, Size: number) => ({
  Id: '<missing>',
  Created: 1,
  CreatedBy,
  Tags: null,
  Size,
  Comment: '',
});

describe('layers', () => {
  test('are told oldest first, each with the digest of its content', () => {
    const history = [entry('CMD ["sh"]', 0), entry('RUN make', 20), entry('COPY . /app', 10)];
    expect(layersOf(history, ['sha256:a', 'sha256:b'])).toMatchObject([
      { instruction: 'COPY . /app', digest: 'sha256:a', sizeBytes: 10 },
      { instruction: 'RUN make', digest: 'sha256:b', sizeBytes: 20 },
      { instruction: 'CMD ["sh"]', digest: '', sizeBytes: 0 },
    ]);
  });

  test('a layer without bytes belongs to the instruction that could have made it', () => {
    const history = [entry('RUN true', 0), entry('ENV A=1', 0), entry('COPY . /', 5)];
    expect(layersOf(history, ['sha256:a', 'sha256:b']).map(({ digest }) => digest)).toEqual([
      'sha256:a',
      '',
      'sha256:b',
    ]);
  });
});
