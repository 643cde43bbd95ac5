import type { HostMessage, OrdersRequest, PanelMessage, PanelState } from './panel';
import type { SimulationRequest } from './report';

/**
 * Whether `data`, just received from a webview, is a message this version understands. A webview is outside the trust boundary, so everything the host
 * acts on (paths, offsets, requests, sizes) is checked; unknown extra fields are ignored.
 */
export function isPanelMessage(data: unknown): data is PanelMessage {
  if (!isRecord(data)) return false;
  switch (data.type) {
    case 'ready': return isOneOf(data.panel, panels) && (data.state === null || isPanelState(data.state));
    case 'run': return isSimulationRequest(data.request) && (data.detailed === undefined || isText(data.detailed));
    case 'findWorst': return isSimulationRequest(data.request) && isText(data.scheme);
    case 'cancel': return true;
    case 'keep': return typeof data.keep === 'boolean';
    case 'reveal': return isText(data.file) && isSpan(data.start, data.end) && typeof data.focus === 'boolean';
    case 'settings': return isSettings(data.settings);
    case 'copy': return isText(data.text, contentLimit) && isText(data.what);
    case 'page': return isText(data.whole) && isPageRequest(data.page);
    case 'save': return isText(data.suggestedName) && ((isOneOf(data.kind, ['html', 'json']) && data.content === undefined) || (isOneOf(data.kind, ['json', 'svg', 'markdown']) && isText(data.content, contentLimit)));
    case 'remedy': return isOneOf(data.remedy, remedies);
    case 'openNumber': return isText(data.value) && isText(data.format);
    case 'runOrders': return isOrdersRequest(data.request);
    default: return false;
  }
}

/** Whether `data` is a message from the host. The host is trusted; the check catches a host and a webview of different versions. */
export function isHostMessage(data: unknown): data is HostMessage {
  if (!isRecord(data)) return false;
  switch (data.type) {
    case 'context': return isRecord(data.context) && typeof data.context.trusted === 'boolean' && Array.isArray(data.context.functions)
      && Array.isArray(data.context.presets) && Array.isArray(data.context.formats) && isSettings(data.context.settings)
      && (data.context.request === null || isSimulationRequest(data.context.request));
    case 'report': return isSimulationRequest(data.request) && isRecord(data.report) && data.report.version === 1 && Array.isArray(data.report.formats);
    case 'kept': return isRecord(data.report) && data.report.version === 1 && Array.isArray(data.report.formats);
    case 'page': return isText(data.whole) && isRecord(data.page) && isReportPage(data.page);
    case 'status': return isRecord(data.status) && isOneOf(data.status.state, states) && typeof data.status.message === 'string' && Array.isArray(data.status.remedies);
    case 'progress': return isRecord(data.progress) && isNumber(data.progress.operations) && isNumber(data.progress.operationsPerSecond)
      && (data.progress.fraction === null || isNumber(data.progress.fraction)) && typeof data.progress.phase === 'string';
    case 'select': return isText(data.file) && isSpan(data.start, data.end);
    case 'number': return isText(data.value) && isText(data.format);
    case 'orders': return isRecord(data.report) && data.report.version === 1 && isOrdersRequest(data.report.request) && Array.isArray(data.report.distribution);
    default: return false;
  }
}

/** Whether `data` is a state that some version-1 panel stored. The host calls it when it restores a panel; a refused state means an empty panel. */
export function isPanelState(data: unknown): data is PanelState {
  if (!isRecord(data) || data.version !== 1 || !isRecord(data.view)) return false;
  switch (data.panel) {
    case 'simulation': return data.request === null || isSimulationRequest(data.request);
    case 'formats': return isText(data.value) && isText(data.format);
    case 'orders': return data.request === null || isOrdersRequest(data.request);
    default: return false;
  }
}

export function isSimulationRequest(data: unknown): data is SimulationRequest {
  return isRecord(data) && isText(data.file) && isText(data.functionName) && Array.isArray(data.schemes) && data.schemes.length <= schemeLimit
    && data.schemes.every(isSchemeRequest) && isInputRequest(data.inputs) && (data.limits === undefined || isLimits(data.limits));
}

const panels = ['simulation', 'formats', 'orders'];
const states = ['empty', 'running', 'done', 'failed', 'cancelled', 'untrusted', 'unsupported'];
const remedies = ['run', 'trust', 'pickFunction', 'openExample', 'openSettings', 'showOutput', 'revealProblem'];
const roundings = ['nearest-even', 'nearest-away', 'toward-zero', 'up', 'down', 'to-odd', 'stochastic'];

/** Characters of ordinary texts (paths, names, values), and of what is copied or saved. */
const textLimit = 100_000;
const contentLimit = 100_000_000;
/** Schemes in one request, and cases that a panel may ask for. */
const schemeLimit = 64;
const caseLimit = 100_000;
/** Inputs in one page. */
const pageLimit = 1_000;

function isSchemeRequest(data: unknown): boolean {
  return isRecord(data) && isText(data.id) && isOptional(data.rounding, roundings) && isOptional(data.overflow, ['ieee', 'saturate', 'wrap'])
    && isOptional(data.subnormals, ['keep', 'flush']) && (data.accumulator === undefined || isText(data.accumulator))
    && (data.granularity === undefined || (isText(data.granularity) && /^(tensor|channel|group:\d{1,9})$/.test(data.granularity)))
    && (data.calibration === undefined || (isText(data.calibration) && /^(minmax|symmetric|percentile:\d{1,3}(\.\d{1,12})?|kl|mse)$/.test(data.calibration)))
    && (data.seed === undefined || isNumber(data.seed));
}

function isInputRequest(data: unknown): boolean {
  if (!isRecord(data)) return false;
  switch (data.kind) {
    case 'given': return Array.isArray(data.cases) && data.cases.length <= caseLimit && data.cases.every(Array.isArray);
    case 'generated': return isCount(data.count, caseLimit) && isNumber(data.seed);
    case 'calls': return true;
    case 'sweep': return isCount(data.parameter, 1000) && (data.path === undefined || isText(data.path)) && isNumber(data.lo) && isNumber(data.hi)
      && isCount(data.count, caseLimit) && Array.isArray(data.base);
    default: return false;
  }
}

function isPageRequest(data: unknown): boolean {
  if (!isRecord(data)) return false;
  switch (data.kind) {
    case 'run': return isText(data.format);
    case 'cases': return isText(data.format) && isOneOf(data.order, ['given', 'worst']) && isCount(data.from, caseLimit) && isCount(data.count, pageLimit);
    case 'input': return isCount(data.index, caseLimit);
    default: return false;
  }
}

function isReportPage(data: Record<string, unknown>): boolean {
  switch (data.kind) {
    case 'run': return isText(data.format) && isRecord(data.run) && Array.isArray(data.run.sites) && Array.isArray(data.caseErrors);
    case 'cases': return isText(data.format) && isOneOf(data.order, ['given', 'worst']) && isCount(data.from, caseLimit) && Array.isArray(data.rows);
    case 'input': return isCount(data.index, caseLimit) && Array.isArray(data.input);
    default: return false;
  }
}

function isOrdersRequest(data: unknown): data is OrdersRequest {
  return isRecord(data) && (data.place === null || (isRecord(data.place) && isText(data.place.file) && isSpan(data.place.start, data.place.end)))
    && isText(data.text) && Array.isArray(data.values) && data.values.length <= 1_000_000 && data.values.every(isReal)
    && isText(data.format) && isCount(data.orders, 1_000_000) && isNumber(data.seed);
}

function isLimits(data: unknown): boolean {
  return isRecord(data) && ['milliseconds', 'megabytes', 'operations', 'recorded'].every(name => data[name] === undefined || (isNumber(data[name]) && data[name] > 0));
}

function isSettings(data: unknown): boolean {
  return isRecord(data) && typeof data.rerunOnSave === 'boolean';
}

function isReal(data: unknown): boolean {
  return isNumber(data) || isOneOf(data, ['NaN', 'Infinity', '-Infinity', '-0']);
}

function isRecord(data: unknown): data is Record<string, unknown> {
  return typeof data === 'object' && data !== null && !Array.isArray(data);
}

function isText(data: unknown, limit = textLimit): data is string {
  return typeof data === 'string' && data.length <= limit;
}

function isNumber(data: unknown): data is number {
  return typeof data === 'number' && Number.isFinite(data);
}

function isCount(data: unknown, limit: number): boolean {
  return isNumber(data) && Number.isInteger(data) && data >= 0 && data <= limit;
}

function isSpan(start: unknown, end: unknown): boolean {
  return isCount(start, 2 ** 31) && isCount(end, 2 ** 31) && (start as number) <= (end as number);
}

function isOneOf(data: unknown, allowed: readonly string[]): boolean {
  return typeof data === 'string' && allowed.includes(data);
}

function isOptional(data: unknown, allowed: readonly string[]): boolean {
  return data === undefined || isOneOf(data, allowed);
}
