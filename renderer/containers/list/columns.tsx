import type { Container } from '#contract';
import { publishedPorts } from '#contract/published-ports';
import type { Column } from '#ui/DataTable';
import { stateRank } from '../state';
import {
  ActionsCell,
  CpuCell,
  ImageCell,
  MemoryCell,
  NameCell,
  nameInProject,
  PortsCell,
  StateCell,
} from './cells';
import type { OptionalColumn } from './listSettings';

/** Below this width of the window the image and the sparklines give way. */
const NARROW = 1040;
/** As at 200 %: below this the figures give way, too. */
const TIGHT = 800;

/** A column whose sparkline goes when the window gets narrow takes no more room than its figure then. */
const withSparkline = (wide: number) => `clamp(76px, calc((100vw - ${NARROW - 1}px) * 200), ${wide}px)`;

const nameColumn = (grouped: boolean): Column<Container> => ({
  id: 'name',
  header: 'Name',
  width: 'minmax(min(160px, 19vw), 1fr)',
  sort: ({ name }) => name,
  cell: (container) => (
    <NameCell container={container} name={grouped ? nameInProject(container) : container.name} />
  ),
});

const others: readonly Column<Container>[] = [
  {
    id: 'image',
    header: 'Image',
    width: 'minmax(156px, 0.9fr)',
    hideBelow: NARROW,
    sort: ({ image }) => image,
    cell: (container) => <ImageCell container={container} />,
  },
  {
    id: 'state',
    header: 'State',
    width: 'minmax(min(200px, 24vw), 1.3fr)',
    sort: stateRank,
    cell: (container) => <StateCell container={container} />,
  },
  {
    id: 'ports',
    header: 'Ports',
    width: 88,
    sort: (container) => publishedPorts(container)[0]?.port,
    cell: (container) => <PortsCell container={container} />,
  },
  {
    id: 'cpu',
    header: 'CPU',
    width: withSparkline(104),
    hideBelow: TIGHT,
    cell: (container) => <CpuCell container={container} />,
  },
  {
    id: 'memory',
    header: 'Memory',
    width: withSparkline(128),
    hideBelow: TIGHT,
    cell: (container) => <MemoryCell container={container} />,
  },
  { id: 'actions', header: '', width: 124, cell: (container) => <ActionsCell container={container} /> },
];

/** The list's columns without those that the user took away. */
export function columnsOf(grouped: boolean, hidden: readonly OptionalColumn[]): readonly Column<Container>[] {
  const away = new Set<string>(hidden);
  return [nameColumn(grouped), ...others].filter(({ id }) => !away.has(id));
}

/** Headers of what is on its way, before there are rows. */
export const loadingHeaders = ['Name', 'Image', 'State', 'Ports', 'CPU', 'Memory'];
