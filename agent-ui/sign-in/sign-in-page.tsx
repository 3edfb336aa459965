import { LockOutlined, UserOutlined } from '@ant-design/icons';
import { Alert, Button, Input } from 'antd';
import { type FormEvent, useEffect, useId, useState } from 'react';
import { LanguageSwitch } from '../lib/header/index.ts';
import { useWords } from '../lib/i18n/index.ts';
import { askSession, signIn, type useSession, useWelcome } from '../lib/session/index.ts';
import './sign-in-page.css';

const ASK_AGAIN_MS = 2_000;

export function SignInPage({ session }: { session: ReturnType<typeof useSession> }) {
  const { t } = useWords();
  const welcome = useWelcome();
  const [username, setUsername] = useState('');
  const [password, setPassword] = useState('');
  const [busy, setBusy] = useState(false);
  const [refusal, setRefusal] = useState<string>();
  const ids = { username: useId(), password: useId() };

  useEffect(() => {
    if (session.kind !== 'unreachable') return;
    const timer = setInterval(() => void askSession(), ASK_AGAIN_MS);
    return () => clearInterval(timer);
  }, [session.kind]);

  const submit = async (event: FormEvent) => {
    event.preventDefault();
    setBusy(true);
    setRefusal(undefined);
    const answer = await signIn(username.trim(), password);
    setBusy(false);
    if (answer.kind === 'refused') setRefusal(answer.problem.message || t('problem.unknown'));
    if (answer.kind === 'unreachable') setRefusal(t('problem.unreachable'));
  };

  if (session.kind === 'asking') return null;
  return (
    <main className="sign-in">
      <div className="sign-in-top">
        <LanguageSwitch />
      </div>
      <form className="sign-in-card" onSubmit={submit}>
        <img src="/mark.svg" alt="" width={44} height={44} />
        <div>
          <h1>{welcome?.companyName ?? t('app.name')}</h1>
          <p>{t('sign-in.subtitle')}</p>
        </div>
        {session.kind === 'unreachable' && <Alert type="warning" showIcon title={t('problem.server-away')} />}
        {session.kind === 'signed-out' && session.why && !refusal && (
          <Alert type="info" showIcon title={t(`signed-out.${session.why}`)} />
        )}
        {refusal && <Alert type="error" showIcon title={refusal} role="alert" />}
        <div className="sign-in-field">
          <label htmlFor={ids.username}>{t('sign-in.username')}</label>
          <Input
            id={ids.username}
            data-testid="sign-in-username"
            size="large"
            autoComplete="username"
            autoFocus
            required
            maxLength={80}
            prefix={<UserOutlined />}
            value={username}
            onChange={(event) => setUsername(event.target.value)}
          />
        </div>
        <div className="sign-in-field">
          <label htmlFor={ids.password}>{t('sign-in.password')}</label>
          <Input.Password
            id={ids.password}
            data-testid="sign-in-password"
            size="large"
            autoComplete="current-password"
            required
            maxLength={200}
            prefix={<LockOutlined />}
            value={password}
            onChange={(event) => setPassword(event.target.value)}
          />
        </div>
        <Button type="primary" size="large" htmlType="submit" block loading={busy} data-testid="sign-in-submit">
          {t('sign-in.submit')}
        </Button>
        {welcome?.demo && welcome.demoUsers && (
          <div className="sign-in-demo">
            <p>{t('sign-in.demo')}</p>
            <ul>
              {welcome.demoUsers.map((user) => (
                <li key={user.username}>
                  <button
                    type="button"
                    onClick={() => {
                      setUsername(user.username);
                      setPassword(user.password);
                    }}
                  >
                    <strong>{user.username}</strong>
                    <span>{t(`role.${user.role}`)}</span>
                  </button>
                </li>
              ))}
            </ul>
            <a href="/call">{t('sign-in.call-page')}</a>
          </div>
        )}
      </form>
    </main>
  );
}
