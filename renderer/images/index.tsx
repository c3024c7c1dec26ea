import { PageHeader } from '#ui/PageHeader';

export default function ImagesPage() {
  return <PageHeader title="Images" />;
}
