import type { Image } from '#contract';
import type { Column } from '#ui/DataTable';
import { SizeBar } from '#ui/SizeBar';
import { Age } from '../../data/Age';
import { titleOf } from '../names';
import { ActionsCell, NameCell, UsedByCell } from './cells';

/** Below this width of the window the date gives way. */
const NARROW = 1040;

/** @param largest bytes of the largest image, which the bars are drawn against */
export const columnsOf = (largest: number): readonly Column<Image>[] => [
  {
    id: 'name',
    header: 'Image and tags',
    width: 'minmax(min(200px, 28vw), 1.6fr)',
    // Images without a name come last.
    sort: (image) => (image.tags.length > 0 ? titleOf(image).toLowerCase() : null),
    cell: (image) => <NameCell image={image} />,
  },
  {
    id: 'size',
    header: 'Size',
    width: 158,
    descendingFirst: true,
    sort: ({ sizeBytes }) => sizeBytes,
    cell: ({ sizeBytes }) => <SizeBar bytes={sizeBytes} largest={largest} />,
  },
  {
    id: 'users',
    header: 'Used by',
    width: 'minmax(130px, 1fr)',
    cell: (image) => <UsedByCell image={image} />,
  },
  {
    id: 'created',
    header: 'Created',
    width: 96,
    hideBelow: NARROW,
    descendingFirst: true,
    sort: ({ createdAt }) => createdAt,
    cell: ({ createdAt }) => (
      <span className="text-fg3">
        <Age at={createdAt} />
      </span>
    ),
  },
  { id: 'actions', header: '', width: 84, cell: (image) => <ActionsCell image={image} /> },
];

/** Headers of what is on its way, before there are rows. */
export const loadingHeaders = ['Image and tags', 'Size', 'Used by', 'Created'];
