import { PageHeader } from '#ui/PageHeader';

export default function DiscoverPage() {
  return <PageHeader title="Discover" />;
}
