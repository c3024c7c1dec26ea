import type { Container, ContainerDetails } from '#contract';
import { formatRoute } from '../../../shell/routes';
import { formatAgo, formatExact, plural } from '../../../ui/format';
import { tip } from '../../../ui/tip';
import { Card } from '../Card';
import { Facts } from './Facts';

export function OriginCard({ container, details }: { container: Container; details: ContainerDetails }) {
  const { project, service, projectFile, image, imageId, createdAt, restartCount } = container;
  const labels = Object.entries(details.labels);
  return (
    <Card title="Where it comes from">
      <Facts
        rows={[
          [
            'Project',
            project && (
              <span key="project">
                {project}
                {service && (
                  <>
                    , service <span className="mono">{service}</span>
                  </>
                )}
              </span>
            ),
          ],
          [
            'Defined in',
            projectFile && (
              <span key="file" className="mono">
                {projectFile}
              </span>
            ),
          ],
          [
            'Image',
            <a key="image" href={formatRoute({ page: 'images', id: imageId })}>
              <bdi>{image}</bdi>
            </a>,
          ],
          ['Platform', details.platform],
          [
            'Made',
            <span key="made" {...tip(formatExact(createdAt))}>
              {formatAgo(createdAt)}
            </span>,
          ],
          ['Restarts', restartCount > 0 ? `${plural(restartCount, 'restart')} by its policy` : null],
          [
            'Hostname',
            <span key="host" className="mono">
              {details.hostname}
            </span>,
          ],
          [
            'Log driver',
            <span key="driver" className="mono">
              {details.logDriver}
            </span>,
          ],
          ['Labels', labels.length > 0 ? <Labels key="labels" labels={labels} /> : null],
        ]}
      />
    </Card>
  );
}

/** Characters of a label's value that are shown; Inspect has all. */
const shownLength = 300;

function Labels({ labels }: { labels: [string, string][] }) {
  return (
    <details>
      <summary className="cursor-default text-accent-fg">{plural(labels.length, 'label')}</summary>
      <ul className="grid gap-1.5 mt-1.5">
        {labels.map(([name, value]) => (
          <li key={name} className="min-w-0">
            <bdi className="block mono text-fg3">{name}</bdi>
            <bdi className="block mono">
              {value.length > shownLength
                ? `${value.slice(0, shownLength)}… ${value.length - shownLength} more characters`
                : value}
            </bdi>
          </li>
        ))}
      </ul>
    </details>
  );
}
