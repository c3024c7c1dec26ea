import { useRouter } from '../shell/router';
import { SettingsNav } from './SettingsNav';
import { sections } from './sections';

/** The settings, one section at a time. They apply at once, except where a section has an Apply at its foot. */
export default function SettingsPage() {
  const wanted = useRouter(({ route }) => (route.page === 'settings' ? route.section : undefined));
  const section = sections.find(({ id }) => id === wanted) ?? sections[0];
  const { component: Content, foot: Foot } = section;
  return (
    <div className="flex-1 min-h-0 grid grid-cols-[196px_minmax(0,1fr)] max-[799px]:grid-cols-[150px_minmax(0,1fr)]">
      <SettingsNav current={section.id} />
      <div className="min-w-0 min-h-0 flex flex-col">
        <div key={section.id} className="flex-1 overflow-y-auto px-7 max-[799px]:px-4 py-4">
          <div className="max-w-[808px]">
            <Content />
          </div>
        </div>
        {Foot && <Foot />}
      </div>
    </div>
  );
}
