import { Fragment, type Ref } from 'react';
import { classes } from '#ui/classes';

/** Keys, texts, numbers and words of JSON; also of one that is being typed. */
const tokens = /"(?:[^"\\\n]|\\.)*"?(?=\s*(:)?)|-?\d[\d.eE+-]*|\b(?:true|false|null)\b/g;

function colourOf(token: string, isKey: boolean): string {
  if (isKey) return 'ac';
  if (token.startsWith('"')) return 'ag';
  return /^-?\d/.test(token) ? 'ay' : 'am';
}

function Coloured({ line }: { line: string }) {
  let end = 0;
  const parts = [...line.matchAll(tokens)].map((match) => {
    const before = line.slice(end, match.index);
    end = match.index + match[0].length;
    return (
      <Fragment key={match.index}>
        {before}
        <span className={colourOf(match[0], match[1] !== undefined)}>{match[0]}</span>
      </Fragment>
    );
  });
  return (
    <>
      {parts}
      {line.slice(end)}
    </>
  );
}

const none: ReadonlySet<number> = new Set();

/** A plain text field over its own coloured copy, with the lines' numbers; without `onChange`, to be read only. */
export function JsonEditor({
  label,
  describedBy,
  value,
  onChange,
  onCaret,
  marked = none,
  inputRef,
}: {
  label: string;
  /** Id of what tells of mistakes. */
  describedBy?: string;
  value: string;
  onChange?: (value: string) => void;
  /** Where the caret is now. */
  onCaret?: (offset: number) => void;
  /** Lines with a mistake, counted from 1. */
  marked?: ReadonlySet<number>;
  inputRef?: Ref<HTMLTextAreaElement>;
}) {
  return (
    <div className="json-editor">
      <div className="json-editor-lines" aria-hidden="true">
        {value.split('\n').map((line, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a line is its number
          <div key={index} className={classes('json-editor-line', marked.has(index + 1) && 'on')}>
            <span className="json-editor-number">{index + 1}</span>
            <Coloured line={line} />
          </div>
        ))}
      </div>
      <textarea
        ref={inputRef}
        className="json-editor-text"
        aria-label={label}
        aria-describedby={describedBy}
        aria-invalid={marked.size > 0}
        value={value}
        readOnly={!onChange}
        onChange={({ target }) => onChange?.(target.value)}
        onSelect={({ currentTarget }) => onCaret?.(currentTarget.selectionStart)}
        spellCheck={false}
        autoComplete="off"
        autoCapitalize="off"
        wrap="off"
        dir="ltr"
      />
    </div>
  );
}
