import { Component, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import './region.css';

/** A part of the page that fails alone: the others go on, and it says so with a way to try again. */
export class Region extends Component<{ children: ReactNode }, { failed: boolean }> {
  override state = { failed: false };
  static getDerivedStateFromError() {
    return { failed: true };
  }
  override render() {
    if (!this.state.failed) return this.props.children;
    return <Failed onRetry={() => this.setState({ failed: false })} />;
  }
}

function Failed({ onRetry }: { onRetry: () => void }) {
  const { t } = useTranslation();
  return (
    <div className="region-failed" role="alert">
      <p>{t('region.failed')}</p>
      <button type="button" onClick={onRetry}>
        {t('region.retry')}
      </button>
    </div>
  );
}
