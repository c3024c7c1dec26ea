import { ArrowRight, Check, Compass, ExternalLink, FileText, type LucideIcon, Rows3 } from 'lucide-react';
import type { Container } from '#contract';
import { commandArguments, commands } from '#contract/commands';
import { welcomeImage } from '#contract/images';
import { engineHostname, type PublishedPort, publishedPorts } from '#contract/published-ports';
import { Badge } from '#ui/Badge';
import { Button } from '#ui/Button';
import { Monogram } from '#ui/Monogram';
import { ShowAsCommand } from '#ui/ShowAsCommand';
import { useEngine, useProjection } from '../data/projection';
import { navigate } from '../shell/router';
import type { Route } from '../shell/routes';
import { Frame } from './Frame';
import type { FirstRun } from './useFirstRun';
import { useOnboarding } from './useOnboarding';

/** What just happened, in the words image, container and port, and where to go from here. */
export function FirstContainer({
  run: { spec, containerId, tookMs },
  onAgain,
}: {
  run: Extract<FirstRun, { at: 'done' }>;
  onAgain: () => void;
}) {
  const { go } = useOnboarding();
  const engine = useEngine();
  const container = useProjection((now) => now.containers.byKey.get(containerId));
  const doors = container ? publishedPorts(container, engineHostname(engine.endpoint?.host)) : [];
  const door = doors[0];
  const name = container?.name ?? spec.name ?? spec.image;
  function leaveTo(route: Route) {
    go('done');
    navigate(route);
  }
  return (
    <Frame
      step="container"
      crane={{ progress: 1, state: 'set' }}
      foot={
        <>
          <Button variant="quiet" size="lg" onPress={onAgain}>
            Run another
          </Button>
          <span className="ml-auto">
            <Button variant="primary" size="lg" onPress={() => leaveTo({ page: 'home' })}>
              Go to Home
              <ArrowRight size={16} aria-hidden="true" />
            </Button>
          </span>
        </>
      }
    >
      <div>
        <Badge tone="ok">
          <Check size={12} aria-hidden="true" /> Done in {(tookMs / 1000).toFixed(1)} s
        </Badge>
      </div>
      <h1 className="text-28 font-strong tracking-[-0.02em] mt-2.5">{title(container)}</h1>
      <section className="card p-4 mt-5" aria-label={name}>
        <div className="flex items-center gap-3 mb-4">
          <Monogram name={name} size={36} />
          <div className="min-w-0 flex-1">
            <div className="text-14 font-strong truncate">{name}</div>
            <div className="text-12 text-fg3 truncate mono">{spec.image}</div>
          </div>
          <Door door={door} />
        </div>
        <ShowAsCommand argv={commandArguments(commands.run(spec))} />
      </section>
      <h2 className="h2 mt-6 mb-2.5">What just happened</h2>
      <dl className="grid grid-cols-[110px_minmax(0,1fr)] gap-x-5 gap-y-2">
        {meanings(spec.image, name, door).map(({ word, meaning }) => (
          <div key={word} className="contents">
            <dt className="font-strong">{word}</dt>
            <dd className="text-fg2">{meaning}</dd>
          </div>
        ))}
      </dl>
      <h2 className="h2 mt-6 mb-2.5">Good next steps</h2>
      <div className="grid grid-cols-3 gap-3">
        <NextStep
          icon={FileText}
          title="Read what it says"
          text="The container’s log, as it is written"
          onPress={() => leaveTo({ page: 'containers', id: containerId, tab: 'logs' })}
        />
        <NextStep
          icon={Rows3}
          title="Stop it, start it again"
          text="All containers with their buttons"
          onPress={() => leaveTo({ page: 'containers' })}
        />
        <NextStep
          icon={Compass}
          title="Find an image"
          text="Databases, web servers, systems"
          onPress={() => leaveTo({ page: 'discover' })}
        />
      </div>
    </Frame>
  );
}

const title = (container: Container | undefined) =>
  container?.state === 'exited' ? 'Your first container ran and ended.' : 'Your first container is running.';

function Door({ door }: { door: PublishedPort | undefined }) {
  if (!door?.url) return null;
  const { url, address } = door;
  return (
    <Button
      variant="primary"
      autoFocus
      icon={<ExternalLink size={15} />}
      onPress={() => void window.open(url, '_blank', 'noopener')}
    >
      Open {address}
    </Button>
  );
}

function meanings(image: string, name: string, door: PublishedPort | undefined) {
  const here = image === welcomeImage ? 'Gantry brought it along' : 'The engine downloaded it, and keeps it';
  return [
    {
      word: 'Image',
      meaning: `${image} is a template with a program and all it needs. ${here}.`,
    },
    {
      word: 'Container',
      meaning: `${name} is one running copy of it, apart from the rest of the computer. Deleting it leaves the image.`,
    },
    ...(door
      ? [
          {
            word: 'Port',
            meaning: `${door.address} on this computer leads to port ${door.containerPort} inside the container. Without it nobody could reach the program.`,
          },
        ]
      : []),
  ];
}

function NextStep({
  icon: Icon,
  title,
  text,
  onPress,
}: {
  icon: LucideIcon;
  title: string;
  text: string;
  onPress: () => void;
}) {
  return (
    <button type="button" className="card p-3.5 text-left hover:bg-hover" onClick={onPress}>
      <Icon size={17} className="text-accent-fg" aria-hidden="true" />
      <span className="block font-strong mt-2">{title}</span>
      <span className="block text-12 text-fg2">{text}</span>
    </button>
  );
}
