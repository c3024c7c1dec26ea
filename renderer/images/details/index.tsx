import { useQuery } from '@tanstack/react-query';
import { Layers } from 'lucide-react';
import type { Image, ImageDetails } from '#contract';
import { Button } from '#ui/Button';
import { EmptyState } from '#ui/EmptyState';
import { Loading } from '#ui/Loading';
import { ErrorState } from '#ui/ProblemView';
import { Tabs } from '#ui/Tabs';
import { api, client } from '../../data/client';
import { problemOf, runAction } from '../../data/problems';
import { useImages, useLoaded } from '../../data/projection';
import { useContainersOfImage } from '../../data/usage';
import { EngineAnswer } from '../../inspect/EngineAnswer';
import { navigate } from '../../shell/router';
import { titleOf } from '../names';
import { ConfigurationTab } from './ConfigurationTab';
import { ImageHeader } from './ImageHeader';
import { ImageStrip } from './ImageStrip';
import { LayersTab } from './LayersTab';
import { UsedByTab } from './UsedByTab';

const tabNames = ['layers', 'configuration', 'containers', 'inspect'] as const;
type TabName = (typeof tabNames)[number];

const rememberedKey = 'gantry.tab.image';

function tabFrom(name: string | undefined): TabName {
  const wanted = name ?? localStorage.getItem(rememberedKey);
  return tabNames.find((tab) => tab === wanted) ?? 'layers';
}

/** One image: its layers, how it starts, who uses it, and the engine's own words. */
export default function ImageDetailsPage({ id, tab }: { id: string; tab?: string }) {
  const loaded = useLoaded();
  // An address may name the image by one of its tags.
  const image = useImages().find((candidate) => candidate.id === id || candidate.tags.includes(id));
  if (!image) return loaded ? <Gone /> : <Loading />;
  return <Details image={image} tab={tabFrom(tab)} />;
}

function Details({ image, tab }: { image: Image; tab: TabName }) {
  const { id } = image;
  const users = useContainersOfImage(id);
  const { data: details, error, refetch } = useQuery(api.images.details.queryOptions({ input: { id } }));
  return (
    <>
      <ImageHeader image={image} details={details} />
      <Tabs<TabName>
        label={`Parts of ${titleOf(image)}`}
        value={tab}
        tabs={[
          { value: 'layers', label: 'Layers' },
          { value: 'configuration', label: 'Configuration' },
          { value: 'containers', label: 'Used by', count: users.length },
          { value: 'inspect', label: 'Inspect' },
        ]}
        onChange={(next) => {
          localStorage.setItem(rememberedKey, next);
          navigate({ page: 'images', id, tab: next }, { replace: true });
        }}
      >
        <ImageStrip image={image} layers={tab === 'layers'} />
        {tab === 'containers' ? (
          <UsedByTab image={image} users={users} />
        ) : tab === 'inspect' ? (
          <EngineAnswer
            of={['image', id, ...image.tags]}
            name={titleOf(image)}
            load={(signal) => client.images.inspect({ id }, { signal })}
          />
        ) : details ? (
          <KnownDetails tab={tab} image={image} details={details} />
        ) : error ? (
          <ErrorState
            problem={problemOf(error)}
            onAction={(action) => (action.kind === 'retry' ? void refetch() : void runAction(action))}
          />
        ) : (
          <Loading />
        )}
      </Tabs>
    </>
  );
}

function KnownDetails({ tab, image, details }: { tab: TabName; image: Image; details: ImageDetails }) {
  if (tab === 'configuration') return <ConfigurationTab details={details} />;
  return <LayersTab layers={details.layers} totalBytes={image.sizeBytes} />;
}

function Gone() {
  return (
    <EmptyState
      picture={<Layers size={32} aria-hidden="true" className="text-fg3" />}
      title="This image is gone"
      text="It was deleted, here or with another tool."
      actions={
        <Button variant="primary" onPress={() => navigate({ page: 'images' })}>
          Show all images
        </Button>
      }
    />
  );
}
