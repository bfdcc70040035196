import { mappingSchema, shownMappings } from '../../shown/mapping.ts';
import { page } from '../../shown/shape.ts';
import { type Endpoint, endpoint } from '../api/endpoint.ts';
import type { ConsoleParts } from '../parts.ts';

export function mappingRoutes({ mappings, versions }: ConsoleParts): Endpoint[] {
  return [
    endpoint({
      method: 'get',
      path: '/mappings',
      role: 'viewer',
      summary: { ru: 'Маппинги: что в работе и что не так', en: 'Mappings: what is in use and what is wrong' },
      answer: page(mappingSchema),
      act: async ({ language }) => {
        const { current, refused, faults } = mappings;
        return {
          items: shownMappings({ current, refused, faults, gaps: await versions.gaps() }, language),
          next: null,
        };
      },
    }),
  ];
}
