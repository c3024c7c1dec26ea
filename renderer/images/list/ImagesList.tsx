import { BrushCleaning, Compass, Download, Layers, Trash2 } from 'lucide-react';
import { useDeferredValue, useMemo, useState } from 'react';
import type { Image } from '#contract';
import { commandArguments, commands } from '#contract/commands';
import { BulkBar } from '#ui/BulkBar';
import { Button } from '#ui/Button';
import { useCommandStrip } from '#ui/commandStrip';
import { DataTable } from '#ui/DataTable';
import { EmptyState } from '#ui/EmptyState';
import { formatBytes, formatCount } from '#ui/format';
import { NothingFound } from '#ui/NothingFound';
import { PageHeader } from '#ui/PageHeader';
import { SegmentedControl } from '#ui/SegmentedControl';
import { useDiskUsage } from '../../data/diskUsage';
import { useImages, useLoaded } from '../../data/projection';
import { useImageUsage } from '../../data/usage';
import { EngineAway } from '../../engine/EngineAway';
import { FilterField } from '../../shell/FilterField';
import { navigate } from '../../shell/router';
import { Term } from '../../terms/Term';
import { removePreview, run, runPreview } from '../actions';
import { DeleteImagesDialog, PullDialog, TagDialog, UntagDialog } from '../dialogs';
import { countSegments, matchesText, type Segment, segmentOf, titleOf } from '../names';
import { imageMenu } from '../rowMenu';
import { columnsOf, loadingHeaders } from './columns';

type OpenDialog =
  | { kind: 'pull' }
  | { kind: 'tag'; image: Image }
  | { kind: 'untag'; image: Image }
  | { kind: 'delete'; images: readonly Image[] }
  | null;

/** The page of all images. */
export function ImagesList() {
  const images = useImages();
  const loaded = useLoaded();
  const usage = useImageUsage();
  const [dialog, setDialog] = useState<OpenDialog>(null);
  const empty = loaded && images.length === 0;
  const dangling = images.filter((image) => segmentOf(image, usage) === 'dangling');
  const close = () => setDialog(null);
  return (
    <>
      <PageHeader
        title="Images"
        term={<Term id="image" />}
        summary={loaded && !empty ? <Summary images={images} /> : undefined}
      >
        {dangling.length > 0 && (
          <span className="max-[1040px]:hidden">
            <Button
              variant="quiet"
              icon={<BrushCleaning size={15} />}
              tooltip="Delete the dangling ones"
              onPress={() => setDialog({ kind: 'delete', images: dangling })}
            >
              Clean up…
            </Button>
          </span>
        )}
        {!empty && (
          <Button
            variant="primary"
            icon={<Download size={15} />}
            disabledReason={loaded ? undefined : 'There is no engine to keep it'}
            onPress={() => setDialog({ kind: 'pull' })}
          >
            Pull an image
          </Button>
        )}
      </PageHeader>
      {!loaded ? (
        <EngineAway headers={loadingHeaders} label="Loading images" />
      ) : empty ? (
        <NoImages onPull={() => setDialog({ kind: 'pull' })} />
      ) : (
        <Listing images={images} onDialog={setDialog} />
      )}
      {dialog?.kind === 'pull' && <PullDialog onClose={close} />}
      {dialog?.kind === 'tag' && <TagDialog image={dialog.image} onClose={close} />}
      {dialog?.kind === 'untag' && <UntagDialog image={dialog.image} onClose={close} />}
      {dialog?.kind === 'delete' && <DeleteImagesDialog images={dialog.images} onClose={close} />}
    </>
  );
}

/** The whole size is what the engine counts: images share layers, so the sum of theirs would be too much. */
function Summary({ images }: { images: readonly Image[] }) {
  const disk = useDiskUsage(images.map(({ id }) => id).join());
  return `${formatCount(images.length)} in total${disk ? `, ${formatBytes(disk.images.bytes)}` : ''}`;
}

const NOTHING: ReadonlySet<string> = new Set();

function Listing({ images, onDialog }: { images: readonly Image[]; onDialog: (dialog: OpenDialog) => void }) {
  const [typed, setTyped] = useState('');
  const filter = useDeferredValue(typed);
  const words = filter.trim();
  const [segment, setSegment] = useState<Segment>('all');
  const [selected, setSelected] = useState(NOTHING);
  const usage = useImageUsage();
  useCommandStrip({ same: commandArguments(commands.images.list()) });

  const counts = useMemo(() => countSegments(images, usage), [images, usage]);
  const shown = useMemo(
    () =>
      images.filter(
        (image) =>
          (segment === 'all' || segmentOf(image, usage) === segment) &&
          matchesText(image, filter, usage.get(image.id)),
      ),
    [images, usage, segment, filter],
  );
  const largest = images.reduce((most, { sizeBytes }) => Math.max(most, sizeBytes), 0);
  const columns = useMemo(() => columnsOf(largest), [largest]);
  const chosen = shown.filter(({ id }) => selected.has(id));
  const dialogs = {
    tag: (image: Image) => onDialog({ kind: 'tag', image }),
    untag: (image: Image) => onDialog({ kind: 'untag', image }),
    remove: (items: readonly Image[]) => onDialog({ kind: 'delete', images: items }),
  };
  const withSelection = (image: Image) => (selected.has(image.id) ? chosen : [image]);
  return (
    <>
      <div className="px-6 pb-3 flex items-center gap-2.5">
        <FilterField label="Filter by name or tag" value={typed} onChange={setTyped} />
        <SegmentedControl
          label="Use"
          value={segment}
          onChange={setSegment}
          segments={[
            { value: 'all', label: 'All', count: counts.all },
            { value: 'used', label: 'In use', count: counts.used },
            { value: 'unused', label: 'Unused', count: counts.unused },
            {
              value: 'dangling',
              label: 'Dangling',
              count: counts.dangling,
              tooltip: 'Nothing uses them and no name points to them, mostly because a newer one took it',
            },
          ]}
        />
      </div>
      <div className="flex-1 min-h-0 flex flex-col px-6 pb-4 relative">
        <DataTable
          label="Images"
          items={shown}
          id={({ id }) => id}
          name={titleOf}
          columns={columns}
          defaultSort={{ column: 'size', direction: 'descending' }}
          selected={selected}
          onSelect={setSelected}
          onOpen={({ id }) => navigate({ page: 'images', id })}
          onAction={(image, action) => (action === 'delete' ? dialogs.remove([image]) : run(image))}
          onRowKey={(image, key) => {
            if (key !== 'Delete') return false;
            dialogs.remove(withSelection(image));
            return true;
          }}
          preview={(image, action) =>
            action === 'run' ? runPreview(image) : action === 'delete' ? removePreview([image]) : undefined
          }
          menu={(image) => imageMenu(image, dialogs)}
          empty={
            <NothingFound
              title={words ? `No image matches “${words}”` : nothingIn[segment]}
              text={
                words ? 'Names, tags, IDs and the containers made from them were looked through.' : undefined
              }
              showAll="Show all images"
              onShowAll={() => {
                setTyped('');
                setSegment('all');
              }}
              more={
                words && (
                  <Button
                    variant="quiet"
                    icon={<Compass size={15} />}
                    onPress={() => navigate({ page: 'discover', q: words })}
                  >
                    Search registries
                  </Button>
                )
              }
            />
          }
        />
        {chosen.length > 0 && (
          <BulkBar
            label="Selected images"
            count={chosen.length}
            note={mixOf(chosen.filter(({ id }) => usage.has(id)).length)}
            onClear={() => setSelected(NOTHING)}
          >
            <Button
              variant="quiet"
              className="!text-danger-fg"
              icon={<Trash2 size={15} />}
              preview={removePreview(chosen)}
              onPress={() => dialogs.remove(chosen)}
            >
              Delete {chosen.length}…
            </Button>
          </BulkBar>
        )}
      </div>
    </>
  );
}

const mixOf = (used: number) => (used > 0 ? `${used} in use` : undefined);

const nothingIn: Record<Segment, string> = {
  all: 'Nothing matches',
  used: 'No image is in use',
  unused: 'No image is unused',
  dangling: 'Nothing is dangling',
};

function NoImages({ onPull }: { onPull: () => void }) {
  useCommandStrip({ same: commandArguments(commands.images.list()) });
  return (
    <div className="flex-1 min-h-0 overflow-auto pb-6">
      <EmptyState
        picture={<Layers size={32} aria-hidden="true" className="text-fg3" />}
        title="No images yet"
        text="An image is what containers are made from: a program with everything it needs. Running one pulls it by itself."
        actions={
          <>
            <Button
              variant="primary"
              icon={<Compass size={15} />}
              onPress={() => navigate({ page: 'discover' })}
            >
              Find an image
            </Button>
            <Button icon={<Download size={15} />} onPress={onPull}>
              Pull an image
            </Button>
          </>
        }
      />
    </div>
  );
}
