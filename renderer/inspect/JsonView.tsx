import { Copy, Download, Eye, EyeOff } from 'lucide-react';
import { useMemo, useRef, useState } from 'react';
import { FindField } from '#ui/FindField';
import { IconButton } from '#ui/IconButton';
import { SegmentedControl } from '#ui/SegmentedControl';
import { showProblem } from '../data/problems';
import { useShortcut } from '../shell/shortcuts';
import { classes } from '../ui/classes';
import { saveText } from '../ui/saveText';
import { JsonRaw } from './JsonRaw';
import { JsonTree } from './JsonTree';
import { ancestors, findNodes, layOutJson } from './jsonDocument';
import { maskedDeep } from './secrets';

type Panes = 'both' | 'tree' | 'raw';
const panesKey = 'gantry.inspect.panes';

const storedPanes = (): Panes => {
  const stored = localStorage.getItem(panesKey);
  return stored === 'tree' || stored === 'raw' ? stored : 'both';
};

/**
 * The engine's own answer as a tree and as text, with a search over both. Secrets are masked until they are asked
 * for, also in what is copied and saved.
 * @param name of the object, for the file
 */
export function JsonView({ value, name }: { value: unknown; name: string }) {
  const [panes, setPanes] = useState(storedPanes);
  const [reveal, setReveal] = useState(false);
  const [wanted, setWanted] = useState('');
  const [chosen, setChosen] = useState(-1);
  const [selected, setSelected] = useState(0);
  const [open, setOpen] = useState<ReadonlySet<number> | null>(null);
  const find = useRef<HTMLInputElement>(null);
  const document = useMemo(() => layOutJson(reveal ? value : maskedDeep(value)), [value, reveal]);
  const hits = useMemo(() => findNodes(document, wanted), [document, wanted]);
  const hitSet = useMemo(() => new Set(hits), [hits]);
  // At first the parts of the answer are seen, with what is directly inside the small ones.
  const atFirst = useMemo(
    () =>
      new Set(
        document.nodes.filter((node) => node.depth === 0 && (node.size ?? 0) <= 14).map((node) => node.index),
      ),
    [document],
  );
  const opened = open ?? atFirst;
  const text = () => document.lines.join('\n');

  useShortcut({ keys: 'Ctrl F', label: 'Search' }, () => find.current?.focus());
  const search = (next: string) => {
    setWanted(next);
    setChosen(-1);
  };
  const step = (by: 1 | -1) => {
    if (hits.length === 0) return;
    const next = (chosen + by + (chosen < 0 && by < 0 ? 1 : 0) + hits.length) % hits.length;
    const node = hits[next] ?? 0;
    setChosen(next);
    setSelected(node);
    setOpen(new Set([...opened, ...ancestors(document, node)]));
  };

  const activeNode = chosen < 0 ? undefined : hits[chosen];
  const line = document.nodes[selected]?.line ?? 0;
  return (
    <>
      <div className="px-6 py-2.5 flex items-center gap-2 min-w-0">
        <FindField
          label="Search the answer"
          value={wanted}
          onChange={search}
          hits={hits.length}
          active={chosen}
          onStep={step}
          inputRef={find}
        />
        <SegmentedControl
          label="How it is shown"
          value={panes}
          onChange={(next) => {
            localStorage.setItem(panesKey, next);
            setPanes(next);
          }}
          segments={[
            { value: 'both', label: 'Tree and raw' },
            { value: 'tree', label: 'Tree' },
            { value: 'raw', label: 'Raw' },
          ]}
        />
        <span className="ml-auto flex items-center gap-1 shrink-0">
          <span className="text-12 text-fg3 mr-1.5 max-[1039px]:hidden">
            {reveal ? 'Secrets are shown' : 'Secrets are masked'}
          </span>
          <IconButton aria-label="Show secrets" pressed={reveal} onPress={() => setReveal(!reveal)}>
            {reveal ? <EyeOff size={16} /> : <Eye size={16} />}
          </IconButton>
          <IconButton
            aria-label="Copy all"
            onPress={() => navigator.clipboard.writeText(text()).catch(showProblem)}
          >
            <Copy size={16} />
          </IconButton>
          <IconButton
            aria-label="Save to a file"
            onPress={() =>
              void saveText(`${name.replaceAll(/[^\w.-]+/g, '-')}.json`, [text()]).catch(showProblem)
            }
          >
            <Download size={16} />
          </IconButton>
        </span>
      </div>
      <div
        className={classes(
          'flex-1 min-h-0 grid border-t border-line',
          panes === 'both' ? 'grid-cols-2' : 'grid-cols-1',
        )}
      >
        {panes !== 'raw' && (
          <JsonTree
            document={document}
            label={`What the engine says of ${name}`}
            open={opened}
            onOpen={setOpen}
            selected={selected}
            onSelect={setSelected}
            wanted={wanted}
            hits={hitSet}
            active={activeNode}
          />
        )}
        {panes !== 'tree' && (
          <JsonRaw
            lines={document.lines}
            label={`The same of ${name} as JSON`}
            line={line}
            wanted={wanted}
            activeLine={activeNode === undefined ? -1 : line}
          />
        )}
      </div>
    </>
  );
}
