import { PageHeader } from '#ui/PageHeader';

export default function ContainersPage() {
  return <PageHeader title="Containers" />;
}
