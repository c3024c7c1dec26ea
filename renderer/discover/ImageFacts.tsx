import { useQuery } from '@tanstack/react-query';
import { formatAgo, formatBytes, formatCount, formatExact } from '#ui/format';
import { cutTip, tip } from '#ui/tip';
import { api } from '../data/client';

/** What the manifest says of the chosen tag before it is downloaded. Left out when the registry does not tell. */
export function ImageFacts(input: { source: string; repository: string; tag: string }) {
  const { data: image } = useQuery(api.discover.remoteImage.queryOptions({ input }));
  if (!image) return null;
  const starts = [...image.entrypoint, ...image.command].join(' ');
  return (
    <dl className="grid grid-cols-[repeat(auto-fit,minmax(104px,1fr))] gap-3 mx-5 mt-4 pt-4 border-t border-line">
      <Fact name="Download, compressed">{formatBytes(image.downloadBytes)}</Fact>
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

function Fact({ name, children }: { name: string; children: React.ReactNode }) {
  return (
    <div className="min-w-0">
      <dt className="cap">{name}</dt>
      <dd className="font-medium num">{children}</dd>
    </div>
  );
}
