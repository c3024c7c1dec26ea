/** A value of a JSON document as a line of its tree. */
export interface JsonNode {
  /** Place in the list of all nodes; the tree's order. */
  index: number;
  depth: number;
  key: string;
  parent: number;
  /** Number of values inside, for objects and lists. */
  size: number | null;
  kind: 'object' | 'list' | 'string' | 'number' | 'boolean' | 'null';
  /** The value as it is shown; empty for objects and lists. */
  text: string;
  /** Place of its line in the raw text. */
  line: number;
  /** The node after all that is inside this one. */
  next: number;
}

export interface JsonDocument {
  nodes: JsonNode[];
  /** The raw text, a line each. */
  lines: string[];
}

function kindOf(value: unknown): JsonNode['kind'] {
  if (value === null || value === undefined) return 'null';
  if (Array.isArray(value)) return 'list';
  if (typeof value === 'object') return 'object';
  if (typeof value === 'number' || typeof value === 'boolean') return typeof value as 'number' | 'boolean';
  return 'string';
}

/** Lays a value out as a tree and as text, so that both know where the other is. */
export function layOutJson(value: unknown): JsonDocument {
  const nodes: JsonNode[] = [];
  const lines: string[] = [];
  const write = (
    inner: unknown,
    depth: number,
    prefix: string,
    suffix: string,
    key: string | null,
    parent: number,
  ) => {
    const kind = kindOf(inner);
    const entries: [string, unknown][] =
      typeof inner === 'object' && inner !== null ? Object.entries(inner) : [];
    const open = kind === 'list' ? '[' : '{';
    const close = kind === 'list' ? ']' : '}';
    const nested = kind === 'list' || kind === 'object';
    const indent = '  '.repeat(depth);
    let node: JsonNode | null = null;
    if (key !== null) {
      node = {
        index: nodes.length,
        depth: depth - 1,
        key,
        parent,
        size: nested ? entries.length : null,
        kind,
        text: nested ? '' : kind === 'string' ? String(inner) : String(inner ?? null),
        line: lines.length,
        next: 0,
      };
      nodes.push(node);
    }
    if (!nested) lines.push(`${indent}${prefix}${JSON.stringify(inner ?? null)}${suffix}`);
    else if (entries.length === 0) lines.push(`${indent}${prefix}${open}${close}${suffix}`);
    else {
      lines.push(`${indent}${prefix}${open}`);
      entries.forEach(([name, child], at) => {
        const label = kind === 'list' ? '' : `${JSON.stringify(name)}: `;
        write(child, depth + 1, label, at < entries.length - 1 ? ',' : '', name, node?.index ?? -1);
      });
      lines.push(`${indent}${close}${suffix}`);
    }
    if (node) node.next = nodes.length;
  };
  write(value, 0, '', '', null, -1);
  return { nodes, lines };
}

/** Nodes whose name or value has the text, upper and lower case alike. */
export function findNodes({ nodes }: JsonDocument, wanted: string): number[] {
  const needle = wanted.toLowerCase();
  if (needle === '') return [];
  return nodes
    .filter(({ key, text }) => key.toLowerCase().includes(needle) || text.toLowerCase().includes(needle))
    .map((node) => node.index);
}

/** Nodes that are seen when only `open` ones show what is inside them. */
export function visibleNodes({ nodes }: JsonDocument, open: ReadonlySet<number>): JsonNode[] {
  const visible: JsonNode[] = [];
  for (let at = 0; at < nodes.length; ) {
    const node = nodes[at];
    if (!node) break;
    visible.push(node);
    at = node.size && !open.has(at) ? node.next : at + 1;
  }
  return visible;
}

/** All nodes that a node is inside of. */
export function ancestors({ nodes }: JsonDocument, index: number): number[] {
  const found: number[] = [];
  for (let at = nodes[index]?.parent ?? -1; at >= 0; at = nodes[at]?.parent ?? -1) found.push(at);
  return found;
}
