import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { Dialog } from '#ui/Dialog';
import { EngineMark } from '#ui/EngineMark';
import { ErrorState } from '#ui/ProblemView';
import { AfterMoment } from '#ui/Skeleton';
import { Spinner } from '#ui/StateGlyph';
import { api } from '../data/client';
import { problemOf, runAction } from '../data/problems';
import { ImageStep } from './ImageStep';
import type { ReadLine } from './PasteLine';
import { RunForm } from './RunForm';
import { closeRun, type RunRequest } from './store';

/** From an image to a container that runs: choose the image, look at what is proposed, run it. */
export default function RunDialog({ request }: { request: RunRequest }) {
  const [image, setImage] = useState(request.image);
  const [read, setRead] = useState<ReadLine | null>(null);
  const [asking, setAsking] = useState(request.image === null);

  function takeLine(line: ReadLine) {
    setRead(line);
    setImage(line.spec.image);
    setAsking(false);
  }

  if (asking || image === null) {
    return (
      <ImageStep
        image={image ?? ''}
        onImage={(chosen) => {
          setImage(chosen);
          setRead(null);
          setAsking(false);
        }}
        onRead={takeLine}
        onClose={closeRun}
      />
    );
  }
  const tried = image === request.image && !read ? request.tried : null;
  return (
    <ProposedRun
      image={image}
      tried={tried}
      read={read}
      onRead={takeLine}
      onOtherImage={() => setAsking(true)}
    />
  );
}

function ProposedRun({
  image,
  tried,
  read,
  onRead,
  onOtherImage,
}: {
  image: string;
  tried: RunRequest['tried'];
  read: ReadLine | null;
  onRead: (read: ReadLine) => void;
  onOtherImage: () => void;
}) {
  // Free names and ports are of this moment: nothing of it is kept.
  const asked = useQuery(api.run.propose.queryOptions({ input: { image }, staleTime: Infinity, gcTime: 0 }));
  if (asked.data) {
    const spec = tried?.spec ?? read?.spec ?? asked.data.spec;
    return (
      <RunForm
        key={read ? JSON.stringify(read) : image}
        start={{
          spec,
          // What was pasted is not from the image, even where both say the same.
          proposal: read ? { ...asked.data, sources: {} } : asked.data,
          problem: tried?.problem ?? null,
          read,
        }}
        onRead={onRead}
        onOtherImage={onOtherImage}
        onClose={closeRun}
      />
    );
  }
  return (
    <Dialog title={`Run ${image}`} mark={<EngineMark />} width={920} onClose={closeRun} ruled>
      <div className="px-5 pb-10 min-h-[320px]">
        {asked.error ? (
          <ErrorState
            problem={problemOf(asked.error)}
            onAction={(action) => (action.kind === 'retry' ? void asked.refetch() : void runAction(action))}
          />
        ) : (
          <AfterMoment>
            <div className="pt-14 flex justify-center gap-2.5 text-fg2" role="status">
              <Spinner /> Reading what the image says
            </div>
          </AfterMoment>
        )}
      </div>
    </Dialog>
  );
}
