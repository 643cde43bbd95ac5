import { DidChangeConfigurationNotification, type ClientCapabilities, type Connection } from 'vscode-languageserver';
import { defaultSettings, readSettings, type Settings } from '../protocol/settings';

/**
 * Settings of each document. They are pulled from the client once and kept until it says that they changed; a client that cannot be asked pushes one set
 * for all documents.
 */
export class SettingsStore {
  private readonly known = new Map<string, Promise<Settings>>();
  private pushed: Settings = defaultSettings;
  private pulls = false;

  constructor(private readonly connection: Connection) {}

  /** To be called on `initialize` with what the client can do. */
  initialize(capabilities: ClientCapabilities, initial: unknown): void {
    this.pulls = capabilities.workspace?.configuration === true;
    this.pushed = readSettings(initial);
  }

  /** To be called on `initialized`: asks to be told of changes. */
  watch(capabilities: ClientCapabilities): void {
    if (capabilities.workspace?.didChangeConfiguration?.dynamicRegistration) void this.connection.client.register(DidChangeConfigurationNotification.type, { section: 'roundoff' });
  }

  changed(settings: unknown): void {
    this.known.clear();
    const section = typeof settings === 'object' && settings !== null && 'roundoff' in settings ? settings.roundoff : undefined;
    if (section !== undefined && section !== null) this.pushed = readSettings(section);
  }

  of(uri: string): Promise<Settings> {
    if (!this.pulls) return Promise.resolve(this.pushed);
    let settings = this.known.get(uri);
    if (!settings) {
      settings = this.connection.workspace.getConfiguration({ scopeUri: uri, section: 'roundoff' }).then(readSettings, () => this.pushed);
      this.known.set(uri, settings);
    }
    return settings;
  }

  forget(uri: string): void {
    this.known.delete(uri);
  }
}
