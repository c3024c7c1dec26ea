import { useQuery } from '@tanstack/react-query';
import { ScanSearch } from 'lucide-react';
import { Button } from '#ui/Button';
import { formatAgo, formatBytes, formatCount, formatExact } from '#ui/format';
import { cutTip, tip } from '#ui/tip';
import { api } from '../data/client';
import { showProblem } from '../data/problems';
import { usePullsLeft } from './PullsLeft';

interface Named {
  source: string;
  repository: string;
  tag: string;
}

/**
 * What the manifest says of the chosen tag before it is downloaded. Docker Hub counts the question as a pull, so there
 * it is asked on a click only; elsewhere it is left out when the registry does not tell.
 */
export function ImageFacts(input: Named) {
  const counted = input.source === 'hub';
  const {
    data: image,
    isFetching,
    refetch,
  } = useQuery({
    ...api.discover.remoteImage.queryOptions({ input }),
    enabled: !counted,
  });
  async function look() {
    const { error } = await refetch();
    if (error) showProblem(error, () => void look());
  }
  if (!image) return counted ? <LookInside busy={isFetching} onPress={() => void look()} /> : null;
  const starts = [...image.entrypoint, ...image.command].join(' ');
  return (
    <dl className="grid grid-cols-[repeat(auto-fit,minmax(104px,1fr))] gap-3 mx-5 mt-4 pt-4 border-t border-line">
      <Fact name="Compressed size">{formatBytes(image.downloadBytes)}</Fact>
      <Fact name="Layers">{formatCount(image.layers)}</Fact>
      <Fact name="Starts">
        <span className="mono block truncate select-text" {...cutTip(starts)}>
          {starts === '' ? 'nothing by itself' : starts}
        </span>
      </Fact>
      {image.exposedPorts.length > 0 && (
        <Fact name="Ports">
          <span className="mono">
            {image.exposedPorts.map((port) => port.replace(/\/tcp$/, '')).join(', ')}
          </span>
        </Fact>
      )}
      {image.createdAt !== null && (
        <Fact name="Built">
          <span {...tip(formatExact(image.createdAt))}>{formatAgo(image.createdAt)}</span>
        </Fact>
      )}
    </dl>
  );
}

function LookInside({ busy, onPress }: { busy: boolean; onPress: () => void }) {
  const left = usePullsLeft('hub');
  return (
    <div className="mx-5 mt-4 pt-4 border-t border-line flex items-center gap-3">
      <Button size="sm" icon={<ScanSearch size={14} />} busy={busy} onPress={onPress}>
        Look inside
      </Button>
      <span className="help">
        Its layers, what it starts and its ports. Docker Hub counts that as a pull
        {left ? `: ${formatCount(left.remaining)} of ${formatCount(left.limit)} are left` : ''}.
      </span>
    </div>
  );
}

function Fact({ name, children }: { name: string; children: React.ReactNode }) {
  return (
    <div className="min-w-0">
      <dt className="cap">{name}</dt>
      <dd className="font-medium num">{children}</dd>
    </div>
  );
}
