import type { MicrophoneFault, Phone } from './phone.ts';

/** What the browser's refusal means for the user. */
export function microphoneFaultOf(cause: unknown): MicrophoneFault {
  const name = cause instanceof DOMException || cause instanceof Error ? cause.name : '';
  if (name === 'NotAllowedError' || name === 'SecurityError') return 'refused';
  return name === 'NotFoundError' || name === 'OverconstrainedError' ? 'missing' : 'busy';
}

/**
 * Opens the chosen microphone, or the browser's own choice when the chosen one is not there any more. Noise suppression is off unless
 * asked for: headsets do it better, and the browser's takes steady sounds (a tone, a held vowel, music) for noise and fades them.
 */
export async function openMicrophone(deviceId: string | undefined, noiseSuppression = false): Promise<MediaStream> {
  const audio: MediaTrackConstraints = { echoCancellation: true, noiseSuppression, autoGainControl: true };
  if (deviceId) {
    try {
      return await navigator.mediaDevices.getUserMedia({ audio: { ...audio, deviceId: { exact: deviceId } } });
    } catch (cause) {
      if (microphoneFaultOf(cause) !== 'missing') throw cause;
    }
  }
  return navigator.mediaDevices.getUserMedia({ audio });
}

export function closeMicrophone(stream: MediaStream): void {
  for (const track of stream.getTracks()) track.stop();
}

/** Puts a newly opened microphone into every running call, e.g. after the old one was unplugged. */
export async function replaceMicrophone(phone: Phone): Promise<void> {
  for (const live of phone.live.values()) {
    const sender = live.session?.connection?.getSenders().find((candidate) => candidate.track?.kind === 'audio');
    if (!sender) continue;
    try {
      const stream = await phone.ports.openMicrophone();
      const [track] = stream.getAudioTracks();
      if (!track) continue;
      track.enabled = sender.track?.enabled ?? true;
      await sender.replaceTrack(track);
      const before = live.microphone;
      live.microphone = Promise.resolve(stream);
      void before?.then(closeMicrophone, () => {});
      phone.store.setState({ microphoneFault: undefined });
    } catch (cause) {
      phone.store.setState({ microphoneFault: microphoneFaultOf(cause) });
    }
  }
}
