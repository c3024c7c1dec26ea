import { useQuery } from '@tanstack/react-query';
import { useId, useState } from 'react';
import type { FoundRepository } from '#contract';
import { Button } from '#ui/Button';
import { api } from '../data/client';

/** The description in short; the whole page, as plain text, is a click away. */
export function About({ repository: { source, repository, description } }: { repository: FoundRepository }) {
  const [open, setOpen] = useState(false);
  const { data } = useQuery(api.discover.about.queryOptions({ input: { source, repository } }));
  const id = useId();
  const text = data?.text ?? '';
  const short = description || firstSentences(text);
  if (short === '') return <div className="pb-5" />;
  return (
    <div className="mx-5 mt-4 pb-5">
      <div className="cap mb-1">About</div>
      <p className="text-fg2 wrap-anywhere select-text" dir="auto">
        {short}{' '}
        {text !== '' && text !== short && (
          <Button variant="link" aria-expanded={open} onPress={() => setOpen(!open)}>
            {open ? 'Fold the page' : 'Read the full page'}
          </Button>
        )}
      </p>
      {open && (
        <div
          id={id}
          dir="auto"
          className="mt-3 text-fg2 whitespace-pre-wrap wrap-anywhere select-text text-12"
        >
          {text}
        </div>
      )}
    </div>
  );
}

const shortLength = 240;

/** The first paragraph that is a sentence rather than a heading, a picture or a list. */
function firstSentences(markdown: string): string {
  const paragraph = markdown.split(/\n\s*\n/).find((part) => /^[\p{L}\d]/u.test(part.trim())) ?? '';
  return paragraph.length > shortLength ? `${paragraph.slice(0, shortLength)}…` : paragraph;
}
