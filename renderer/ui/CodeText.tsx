import { Fragment } from 'react';
import { colourCommand, quoteArgument } from './commandWords';

/** A command line coloured as in the command strip: program bold, verb petrol, flags quiet. */
export function CodeText({ argv, className }: { argv: readonly string[]; className?: string }) {
  return (
    <code className={className ?? 'cmd'}>
      {colourCommand(argv).map((word, index) => {
        const text = quoteArgument(word.text);
        return (
          // biome-ignore lint/suspicious/noArrayIndexKey: words repeat and never move
          <Fragment key={index}>
            {index > 0 && ' '}
            {word.kind === 'program' && <b>{text}</b>}
            {word.kind === 'verb' && <u>{text}</u>}
            {word.kind === 'flag' && <s>{text}</s>}
            {word.kind === 'word' && text}
          </Fragment>
        );
      })}
    </code>
  );
}
