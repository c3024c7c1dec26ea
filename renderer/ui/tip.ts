/** Attributes that the one shared TooltipLayer reads. */
export interface TipAttributes {
  'data-tip'?: string;
  'data-tip-key'?: string;
  'data-tip-cut'?: '';
  'data-tip-rail'?: '';
}

/** A tooltip for any element; `key` is the shortcut shown beside the text. */
export function tip(text: string | undefined, key?: string): TipAttributes {
  if (!text) return {};
  return key ? { 'data-tip': text, 'data-tip-key': key } : { 'data-tip': text };
}

/** A tooltip with the full text that shows only while the element truncates it. */
export function cutTip(text: string): TipAttributes {
  return { 'data-tip': text, 'data-tip-cut': '' };
}

/** A tooltip that shows only while the sidebar is a rail and has hidden its labels. */
export function railTip(text: string): TipAttributes {
  return { 'data-tip': text, 'data-tip-rail': '' };
}
