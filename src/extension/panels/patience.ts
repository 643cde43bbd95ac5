import * as vscode from 'vscode';
import type { RunProgress } from '../../protocol/panel';

/** Milliseconds before a run is worth a notification; until then the panel alone shows its progress. */
const patience = 1500;

/** Runs `work`; when it takes long, a notification with `title` shows the progress too and can cancel it, so that a hidden panel is never in the way. */
export async function withNotification<T>(title: string, cancellation: vscode.CancellationTokenSource, work: (onProgress: (progress: RunProgress) => void) => Promise<T>): Promise<T> {
  let latest: (progress: RunProgress) => void = () => undefined;
  const working = work(progress => latest(progress));
  const timer = setTimeout(() => {
    void vscode.window.withProgress({ location: vscode.ProgressLocation.Notification, cancellable: true, title }, (notification, token) => {
      token.onCancellationRequested(() => cancellation.cancel());
      let shown = 0;
      latest = ({ fraction, phase }) => {
        const percent = (fraction ?? 0) * 100;
        notification.report({ message: phase, increment: percent - shown });
        shown = percent;
      };
      return working.then(() => undefined, () => undefined);
    });
  }, patience);
  try { return await working; } finally { clearTimeout(timer); }
}
