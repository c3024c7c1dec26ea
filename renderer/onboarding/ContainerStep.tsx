import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { welcomeImage } from '#contract/images';
import { Badge } from '#ui/Badge';
import { Button } from '#ui/Button';
import { PlayIcon } from '#ui/icons';
import { ProblemBanner } from '#ui/ProblemView';
import { RadioGroup } from '#ui/RadioGroup';
import { Spinner } from '#ui/StateGlyph';
import { api } from '../data/client';
import { useEngine } from '../data/projection';
import { useTask } from '../data/tasks';
import { useGoodFirst } from '../run/goodFirst';
import { RunProgress } from '../run/RunProgress';
import { FirstContainer } from './FirstContainer';
import { Frame } from './Frame';
import { useFirstRun } from './useFirstRun';
import { useOnboarding } from './useOnboarding';

const CHOICES = 4;

/** The first container: choose an image, run it, and see what came of it. */
export function ContainerStep() {
  const { go, act } = useOnboarding();
  const engine = useEngine();
  const { state, run, again } = useFirstRun();
  const task = useTask(state.at === 'running' ? state.taskId : null);
  const { data: hasWelcome = false } = useQuery({
    ...api.images.hasWelcome.queryOptions(),
    queryKey: [...api.images.hasWelcome.queryKey(), engine.status, engine.endpoint?.host],
  });
  const images = useGoodFirst(CHOICES, hasWelcome);
  const [picked, setPicked] = useState<string | null>(null);
  const names = images.map(({ reference, tag }) => `${reference}:${tag}`);
  const image = picked ?? names[0];

  if (state.at === 'done') return <FirstContainer run={state} onAgain={again} />;
  const running = state.at === 'running';
  const lost = engine.status !== 'connected' ? 'The engine does not answer' : undefined;
  return (
    <Frame
      step="container"
      crane={{ progress: running ? 0.9 : 0.6, state: !running && state.problem ? 'failed' : 'carrying' }}
      foot={
        <>
          <Button variant="quiet" size="lg" onPress={() => go('done')}>
            Skip this
          </Button>
          <span className="ml-auto flex gap-2.5">
            <Button size="lg" onPress={() => go('engine')}>
              Back
            </Button>
            <Button
              variant="primary"
              size="lg"
              icon={<PlayIcon />}
              busy={running}
              disabledReason={lost ?? (image ? undefined : 'Choose an image first')}
              onPress={() => image && void run(image)}
            >
              Run it
            </Button>
          </span>
        </>
      }
    >
      <h1 className="text-20 font-strong tracking-[-0.012em]">Run your first container</h1>
      <p className="text-fg2 mt-1.5 mb-4 max-w-[620px]">
        Pick an image. Gantry starts a container from it, with a name and ports that are free.
      </p>
      {running ? (
        <div className="card p-5">
          {task ? (
            <RunProgress task={task} />
          ) : (
            <span className="flex items-center gap-2.5" role="status">
              <Spinner /> Getting {state.image} ready
            </span>
          )}
        </div>
      ) : (
        <>
          {state.problem && (
            <div className="mb-4">
              <ProblemBanner problem={state.problem} onAction={act} />
            </div>
          )}
          <RadioGroup
            label="Image"
            labelHidden
            cards
            value={image ?? ''}
            onChange={setPicked}
            options={images.map(({ name, purpose }, index) => ({
              value: names[index] ?? '',
              label: name,
              help: (
                <>
                  <span className="mono">{names[index]}</span>. {purpose}
                </>
              ),
              end: names[index] === welcomeImage ? <Badge tone="ok">No download</Badge> : undefined,
            }))}
          />
        </>
      )}
    </Frame>
  );
}
