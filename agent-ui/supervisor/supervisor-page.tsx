import type { Me } from '../../acd/api/contract/index.ts';
export function SupervisorPage({ me }: { me: Me }) {
  return <p>{me.displayName}</p>;
}
