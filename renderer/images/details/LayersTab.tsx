import { useMemo, useState } from 'react';
import type { ImageLayer } from '#contract';
import { CopyButton } from '#ui/CopyButton';
import { type Column, DataTable } from '#ui/DataTable';
import { formatBytes, formatPercent, shortId } from '#ui/format';
import { KeyValueList } from '#ui/KeyValueList';
import { SizeBar } from '#ui/SizeBar';
import { StackedBar } from '#ui/StackedBar';
import { Age } from '../../data/Age';
import { Term } from '../../terms/Term';
import { splitInstruction, withoutSecrets } from './instructions';

interface NumberedLayer extends ImageLayer {
  /** From 1, oldest first. */
  number: number;
}

const keyOf = ({ number }: NumberedLayer) => String(number);

const columnsOf = (largest: number): readonly Column<NumberedLayer>[] => [
  {
    id: 'number',
    header: '#',
    width: 52,
    align: 'end',
    cell: ({ number }) => <span className="text-fg3 num">{number}</span>,
  },
  {
    id: 'instruction',
    header: 'Made by',
    width: 'minmax(180px, 1fr)',
    cell: ({ instruction }) => <Instruction text={instruction} />,
  },
  {
    id: 'size',
    header: 'Adds',
    width: 158,
    descendingFirst: true,
    sort: ({ sizeBytes }) => sizeBytes,
    cell: ({ sizeBytes }) =>
      sizeBytes > 0 ? (
        <SizeBar bytes={sizeBytes} largest={largest} />
      ) : (
        // As wide as a SizeBar, so that it ends where the figures end.
        <span className="text-fg3 block w-[134px] text-right">nothing</span>
      ),
  },
  {
    id: 'digest',
    header: 'Digest',
    width: 116,
    hideBelow: 1240,
    cell: ({ digest }) => <span className="mono text-fg3 !text-[11px]">{digest && shortId(digest)}</span>,
  },
];

/** What the image is made of, in the order of its Dockerfile, and the chosen layer in full. */
export function LayersTab({ layers, totalBytes }: { layers: readonly ImageLayer[]; totalBytes: number }) {
  const numbered = useMemo(() => layers.map((layer, index) => ({ ...layer, number: index + 1 })), [layers]);
  const largest = layers.reduce((most, { sizeBytes }) => Math.max(most, sizeBytes), 0);
  const columns = useMemo(() => columnsOf(largest), [largest]);
  const [chosenKey, setChosenKey] = useState<string | null>(null);
  const chosen =
    numbered.find((layer) => keyOf(layer) === chosenKey) ??
    numbered.find(({ sizeBytes }) => sizeBytes === largest);
  const marked = useMemo(() => new Set(chosen ? [keyOf(chosen)] : []), [chosen]);
  return (
    <div className="flex-1 min-h-0 grid grid-cols-[minmax(0,1fr)_340px] max-[1040px]:grid-cols-[minmax(0,1fr)_280px] gap-3.5 px-6 pt-3.5 pb-4">
      <div className="min-w-0 min-h-0 flex flex-col gap-3">
        <StackedBar
          label="Layers by size"
          height={20}
          parts={numbered.map((layer) => ({
            label: `Layer ${layer.number}`,
            value: layer.sizeBytes,
            valueText: formatBytes(layer.sizeBytes),
            color:
              layer === chosen
                ? 'var(--g-accent)'
                : 'color-mix(in oklab, var(--g-accent), var(--g-surface) 55%)',
          }))}
        />
        <div className="flex-1 min-h-0 flex flex-col">
          <DataTable
            label="Layers"
            items={numbered}
            id={keyOf}
            name={({ number, instruction }) => `Layer ${number}, ${instruction}`}
            columns={columns}
            selected={marked}
            onOpen={(layer) => setChosenKey(keyOf(layer))}
          />
        </div>
      </div>
      {chosen && <LayerPanel layer={chosen} totalBytes={totalBytes} />}
    </div>
  );
}

function Instruction({ text }: { text: string }) {
  const { word, rest } = splitInstruction(withoutSecrets(text));
  return (
    <bdi className="mono !text-12 block truncate">
      {word && <span className="text-info-fg">{word} </span>}
      {/* Some run to thousands of characters, of which a row shows a hundred. */}
      {rest.slice(0, 300)}
    </bdi>
  );
}

function LayerPanel({ layer, totalBytes }: { layer: NumberedLayer; totalBytes: number }) {
  const { word, meaning } = splitInstruction(layer.instruction);
  return (
    <aside
      aria-label={`Layer ${layer.number}`}
      className="card self-start max-h-full min-h-0 flex flex-col overflow-hidden"
    >
      <div className="p-4 pb-3 border-b border-line">
        <h2 className="h2">
          Layer {layer.number}{' '}
          <span className="text-fg3 font-normal num">
            {layer.sizeBytes > 0
              ? `${formatBytes(layer.sizeBytes)}, ${formatPercent(layer.sizeBytes / Math.max(1, totalBytes))} of the image`
              : 'adds nothing to the size'}
          </span>
        </h2>
        <Term id="layer" />
        {meaning && (
          <p className="text-12 text-fg2 mt-0.5">
            <span className="mono !text-12">{word}</span> {meaning}
          </p>
        )}
      </div>
      <div className="p-4 min-h-0 overflow-auto grid gap-3">
        <div className="cmdbox flex items-start !py-1.5">
          <bdi className="mono !text-12 leading-[20px] wrap-anywhere select-text whitespace-pre-wrap min-w-0">
            {withoutSecrets(layer.instruction)}
          </bdi>
          <span className="ml-auto pl-1">
            <CopyButton label="Copy instruction" text={layer.instruction} />
          </span>
        </div>
        <div className="text-12">
          <KeyValueList
            labelWidth={64}
            items={[
              ...(layer.digest
                ? [{ label: 'Digest', term: <Term id="digest" />, value: layer.digest, mono: true }]
                : []),
              { label: 'Made', value: <Age at={layer.createdAt} ago /> },
              ...(layer.tags.length > 0 ? [{ label: 'Called', value: layer.tags.join(', ') }] : []),
              ...(layer.comment ? [{ label: 'Comment', value: layer.comment }] : []),
            ]}
          />
        </div>
      </div>
    </aside>
  );
}
