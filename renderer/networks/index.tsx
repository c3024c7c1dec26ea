import { PageHeader } from '#ui/PageHeader';

export default function NetworksPage() {
  return <PageHeader title="Networks" />;
}
