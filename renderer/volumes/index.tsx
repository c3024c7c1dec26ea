import { PageHeader } from '#ui/PageHeader';

export default function VolumesPage() {
  return <PageHeader title="Volumes" />;
}
