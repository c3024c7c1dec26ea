import { useQuery } from '@tanstack/react-query';
import { Box } from 'lucide-react';
import { useState } from 'react';
import { parseReference } from '#contract/reference';
import { Button } from '#ui/Button';
import { ComboBox } from '#ui/ComboBox';
import { Dialog, DialogButtons } from '#ui/Dialog';
import { EngineMark } from '#ui/EngineMark';
import { Monogram } from '#ui/Monogram';
import { api } from '../data/client';
import { useImages } from '../data/projection';
import { formatBytes } from '../ui/format';
import { PasteLine, type ReadLine } from './PasteLine';

/** Good to begin with, where the catalogue has them. */
const first = ['nginx', 'postgres', 'redis', 'ubuntu'];

/** Which image, when none was given: one of this computer, one of the catalogue, any other by its name. */
export function ImageStep({
  image: before,
  onImage,
  onRead,
  onClose,
}: {
  image: string;
  onImage: (image: string) => void;
  onRead: (read: ReadLine) => void;
  onClose: () => void;
}) {
  const [image, setImage] = useState(before);
  const [error, setError] = useState<string>();
  const [pasting, setPasting] = useState<string | null>(null);
  const images = useImages();
  const { data: catalogue = [] } = useQuery(api.discover.catalogue.queryOptions());
  const local = images.flatMap(({ tags, sizeBytes }) =>
    tags.map((tag) => ({ value: tag, label: tag, help: `${formatBytes(sizeBytes)}, on this computer` })),
  );
  const known = new Set(local.map(({ value }) => value));
  const others = catalogue
    .map(({ reference, tag, purpose }) => ({
      value: `${reference}:${tag}`,
      label: `${reference}:${tag}`,
      help: purpose,
    }))
    .filter(({ value }) => !known.has(value));
  const quick = first.flatMap((name) => catalogue.find(({ reference }) => reference === name) ?? []);

  function next() {
    const wanted = image.trim();
    if (/^(?:\$\s*)?(?:sudo\s+)?(?:docker|podman)\s/.test(wanted)) setPasting(wanted);
    else if (wanted === '') setError('Choose an image, or write its name.');
    else if (!parseReference(wanted)) setError('That is not how an image is called: nginx, or nginx:1.29.');
    else onImage(wanted);
  }

  return (
    <Dialog
      title="Run a container"
      subtitle="A container starts from an image. What is not on this computer is downloaded."
      mark={<EngineMark />}
      width={600}
      onClose={onClose}
      onConfirm={next}
      footer={
        <DialogButtons>
          <Button onPress={onClose}>Cancel</Button>
          <Button variant="primary" onPress={next}>
            Next
          </Button>
        </DialogButtons>
      }
    >
      <div className="px-5 pb-5 pt-3 grid gap-4">
        {pasting !== null ? (
          <PasteLine first={pasting} onRead={onRead} onCancel={() => setPasting(null)} />
        ) : (
          <>
            <form
              onSubmit={(event) => {
                event.preventDefault();
                next();
              }}
            >
              <ComboBox
                label="Image"
                autoFocus
                icon={<Box size={14} />}
                value={image}
                onChange={(text) => {
                  setImage(text);
                  setError(undefined);
                }}
                options={[...local, ...others]}
                placeholder="nginx:1.29"
                {...(error ? { error } : {})}
              />
            </form>
            {quick.length > 0 && (
              <ul className="grid grid-cols-2 gap-2" aria-label="Good first images">
                {quick.map(({ reference, tag, name, purpose }) => (
                  <li key={reference}>
                    <button
                      type="button"
                      className="card w-full h-full p-3 flex gap-3 text-left hover:bg-hover"
                      onClick={() => onImage(`${reference}:${tag}`)}
                    >
                      <Monogram name={reference} size={32} />
                      <span className="min-w-0">
                        <span className="block font-strong">{name}</span>
                        <span className="block text-12 text-fg2">{purpose}</span>
                      </span>
                    </button>
                  </li>
                ))}
              </ul>
            )}
            <span>
              <Button variant="link" onPress={() => setPasting('')}>
                Paste a docker run line
              </Button>
            </span>
          </>
        )}
      </div>
    </Dialog>
  );
}
