import { UserOutlined } from '@ant-design/icons';
import type { DeskContact } from '../../../acd/api/contract/index.ts';
import { useWords } from '../../lib/i18n/index.ts';
import { CustomerCardView } from './customer-card.tsx';
import './customer-panel.css';
import { PathView } from './path-view.tsx';
import { Timeline } from './timeline.tsx';

/** Who the customer is, why they call, and everything that was before. */
export function CustomerPanel({ contact }: { contact: DeskContact | undefined }) {
  const { t } = useWords();
  if (!contact)
    return (
      <p className="customer-none">
        <UserOutlined />
        {t('customer.none')}
      </p>
    );
  const { customerId } = contact.customer;
  return (
    <div className="customer-panel">
      <CustomerCardView key={customerId} customer={contact.customer} />
      <PathView contact={contact} />
      <Timeline key={`timeline.${customerId}`} customerId={customerId} refreshOn={contact.state} />
    </div>
  );
}
