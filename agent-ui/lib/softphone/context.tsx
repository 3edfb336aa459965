import { createContext, type ReactNode, useContext, useEffect, useRef, useState } from 'react';
import { useStore } from 'zustand';
import type { PhoneCall, PhoneSnapshot } from '../phone/index.ts';
import { replaceMicrophone } from '../phone/index.ts';
import { useDeviceSettings } from './settings.ts';
import { createSoftphone, type Softphone, type SoftphoneState } from './softphone.ts';

const SoftphoneContext = createContext<Softphone | undefined>(undefined);

/** Holds the user's phone across the pages, and plays what it hears. */
export function SoftphoneProvider({ userId, children }: { userId: string; children: ReactNode }) {
  const [softphone, setSoftphone] = useState<Softphone>();
  useEffect(() => {
    const made = createSoftphone(userId);
    setSoftphone(made);
    return () => made.close();
  }, [userId]);
  if (!softphone) return null;
  return (
    <SoftphoneContext value={softphone}>
      <RemoteAudio softphone={softphone} />
      {children}
    </SoftphoneContext>
  );
}

export function useSoftphone(): Softphone {
  const softphone = useContext(SoftphoneContext);
  return softphone!;
}
export const useSoftphoneState = (): SoftphoneState => useStore(useSoftphone().store);
export const usePhone = (): PhoneSnapshot => useStore(useSoftphone().phone.store);
export const usePhoneCall = (key: string | undefined): PhoneCall | undefined =>
  usePhone().calls.find((call) => call.key === key);

function RemoteAudio({ softphone }: { softphone: Softphone }) {
  const element = useRef<HTMLAudioElement>(null);
  const remote = useStore(softphone.store, (now) => now.remote);
  const { speakerId, microphoneId, noiseSuppression } = useDeviceSettings();
  useEffect(() => {
    const audio = element.current;
    if (!audio) return;
    audio.srcObject = remote ?? null;
    if (!remote) return;
    const play = () =>
      audio.play().then(
        () => softphone.store.setState({ soundBlocked: false }),
        (cause: unknown) => {
          if (cause instanceof DOMException && cause.name === 'NotAllowedError')
            softphone.store.setState({ soundBlocked: true });
        },
      );
    void play();
    const again = () => {
      if (softphone.store.getState().soundBlocked) void play();
    };
    addEventListener('pointerdown', again);
    addEventListener('keydown', again);
    return () => {
      removeEventListener('pointerdown', again);
      removeEventListener('keydown', again);
    };
  }, [remote, softphone]);
  useEffect(() => {
    // A speaker that was unplugged leaves the browser's own choice, which is what the user hears then.
    void element.current?.setSinkId?.(speakerId ?? '').catch(() => {});
  }, [speakerId]);
  const choice = `${microphoneId ?? ''}/${noiseSuppression}`;
  const before = useRef(choice);
  useEffect(() => {
    if (before.current === choice) return;
    before.current = choice;
    void replaceMicrophone(softphone.phone);
  }, [choice, softphone]);
  // biome-ignore lint/a11y/useMediaCaption: a live conversation has no captions
  return <audio id="remote-audio" ref={element} autoPlay />;
}
