import { CloseOutlined, CrownFilled, CrownOutlined, PhoneOutlined, PlusOutlined } from '@ant-design/icons';
import { useEffect, useId, useState } from 'react';
import type { CustomerCard } from '../../../acd/api/contract/index.ts';
import { useWords } from '../../lib/i18n/index.ts';
import { useSayRefusal } from '../../lib/notices/index.ts';
import { request } from '../../lib/server/index.ts';

type Change = Partial<Pick<CustomerCard, 'displayName' | 'notes' | 'tags' | 'vip'>>;
const TAG_LIMIT = 40;
const NOTES_LIMIT = 8_000;

/** The customer, editable in place. A change shows at once and is taken back when the server refuses it. */
export function CustomerCardView({ customer }: { customer: CustomerCard }) {
  const { t } = useWords();
  const say = useSayRefusal();
  const [shown, setShown] = useState(customer);
  useEffect(() => setShown(customer), [customer]);
  const change = async (edit: Change) => {
    const before = shown;
    setShown({ ...before, ...edit });
    const answer = await request<CustomerCard>('PATCH', `/customers/${customer.customerId}`, edit);
    if (!say(answer)) setShown(before);
  };
  return (
    <section className="customer-card">
      <div className="customer-head">
        <InPlace
          label={t('customer.name')}
          className="customer-name"
          value={shown.displayName}
          limit={120}
          onSave={(displayName) => displayName && void change({ displayName })}
        />
        <button
          type="button"
          className="vip-toggle"
          aria-pressed={shown.vip}
          onClick={() => void change({ vip: !shown.vip })}
        >
          {shown.vip ? <CrownFilled /> : <CrownOutlined />} {t('customer.vip')}
        </button>
      </div>
      <ul className="customer-numbers" aria-label={t('customer.numbers')}>
        {shown.numbers.map((number) => (
          <li key={number} className="tabular">
            <PhoneOutlined /> {number}
          </li>
        ))}
      </ul>
      <Tags tags={shown.tags} onChange={(tags) => void change({ tags })} />
      <InPlace
        label={t('customer.notes')}
        className="customer-notes"
        multiline
        value={shown.notes}
        placeholder={t('customer.notes-hint')}
        limit={NOTES_LIMIT}
        onSave={(notes) => void change({ notes })}
      />
    </section>
  );
}

interface InPlaceProps {
  readonly label: string;
  readonly className: string;
  readonly value: string;
  readonly limit: number;
  readonly placeholder?: string;
  readonly multiline?: boolean;
  readonly onSave: (value: string) => void;
}

/** Text that is edited where it stands and saved when left. */
function InPlace({ label, className, value, limit, placeholder, multiline = false, onSave }: InPlaceProps) {
  const [text, setText] = useState(value);
  useEffect(() => setText(value), [value]);
  const id = useId();
  const field = {
    id,
    className,
    value: text,
    maxLength: limit,
    placeholder,
    onChange: (event: { target: { value: string } }) => setText(event.target.value),
    onBlur: () => text.trim() !== value && onSave(text.trim()),
  };
  return (
    <div className={multiline ? 'in-place multiline' : 'in-place'}>
      <label htmlFor={id} className={multiline ? 'panel-title' : 'unseen'}>
        {label}
      </label>
      {multiline ? (
        <textarea {...field} rows={3} />
      ) : (
        <input
          {...field}
          onKeyDown={(event) => {
            if (event.key === 'Enter') event.currentTarget.blur();
          }}
        />
      )}
    </div>
  );
}

function Tags({ tags, onChange }: { tags: readonly string[]; onChange: (tags: string[]) => void }) {
  const { t } = useWords();
  const [adding, setAdding] = useState(false);
  const add = (text: string) => {
    setAdding(false);
    const tag = text.trim();
    if (tag && !tags.includes(tag)) onChange([...tags, tag]);
  };
  return (
    <ul className="customer-tags" aria-label={t('customer.tags')}>
      {tags.map((tag) => (
        <li key={tag} className="chip">
          {tag}
          <button
            type="button"
            aria-label={t('customer.remove-tag', { tag })}
            onClick={() => onChange(tags.filter((one) => one !== tag))}
          >
            <CloseOutlined />
          </button>
        </li>
      ))}
      <li>
        {adding ? (
          <input
            // biome-ignore lint/a11y/noAutofocus: the field appears because the user asked to type in it
            autoFocus
            className="tag-input"
            aria-label={t('customer.add-tag')}
            maxLength={TAG_LIMIT}
            onBlur={(event) => add(event.target.value)}
            onKeyDown={(event) => {
              if (event.key === 'Enter') add(event.currentTarget.value);
              if (event.key === 'Escape') setAdding(false);
            }}
          />
        ) : (
          <button type="button" className="chip tag-add" onClick={() => setAdding(true)}>
            <PlusOutlined /> {t('customer.add-tag')}
          </button>
        )}
      </li>
    </ul>
  );
}
