/**
 * The parts of the SARIF 2.1.0 object model (OASIS standard, section 3) that `roundoff check` writes, closed: a property that the standard does not have in its object
 * is an error, as in the standard's own schema.
 */
const text = { type: 'string' } as const;
const line = { type: 'integer', minimum: 1 } as const;
const index = { type: 'integer', minimum: -1 } as const;
const object = (properties: Record<string, unknown>, required: readonly string[] = []) => ({ type: 'object', additionalProperties: false, properties, required });
const list = (items: unknown, more: Record<string, unknown> = {}) => ({ type: 'array', items, ...more });
const level = { enum: ['none', 'note', 'warning', 'error'] };
const message = { ...object({ text, markdown: text, id: text, arguments: list(text) }), anyOf: [{ required: ['text'] }, { required: ['id'] }] };
const multiformat = object({ text, markdown: text }, ['text']);
const properties = { type: 'object', properties: { tags: list(text, { uniqueItems: true }) } };
const artifactLocation = object({ uri: { type: 'string', format: 'uri-reference' }, uriBaseId: text, index, description: message });
const content = object({ text, binary: text, rendered: multiformat });
const region = object({ startLine: line, startColumn: line, endLine: line, endColumn: line, charOffset: index, charLength: { type: 'integer', minimum: 0 }, snippet: content, message });
const physicalLocation = { ...object({ artifactLocation, region, contextRegion: region }), anyOf: [{ required: ['artifactLocation'] }, { required: ['address'] }] };
const location = object({ id: index, physicalLocation, message, properties });
const artifactChange = object({ artifactLocation, replacements: list(object({ deletedRegion: region, insertedContent: content }, ['deletedRegion']), { minItems: 1 }) }, ['artifactLocation', 'replacements']);
const fix = object({ description: message, artifactChanges: list(artifactChange, { minItems: 1, uniqueItems: true }) }, ['artifactChanges']);
const result = object({
  ruleId: text, ruleIndex: index, level, kind: { enum: ['notApplicable', 'pass', 'fail', 'review', 'open', 'informational'] }, message,
  locations: list(location), relatedLocations: list(location, { uniqueItems: true }), fixes: list(fix, { uniqueItems: true }), properties,
}, ['message']);
const rule = object({
  id: text, name: text, shortDescription: multiformat, fullDescription: multiformat, help: multiformat, helpUri: { type: 'string', format: 'uri' },
  defaultConfiguration: object({ enabled: { type: 'boolean' }, level, rank: { type: 'number' } }), properties,
}, ['id']);
const notification = object({ level, message, locations: list(location) }, ['message']);
const run = object({
  tool: object({ driver: object({ name: text, version: text, semanticVersion: text, informationUri: { type: 'string', format: 'uri' }, rules: list(rule, { uniqueItems: true }) }, ['name']) }, ['driver']),
  columnKind: { enum: ['utf16CodeUnits', 'unicodeCodePoints'] },
  originalUriBaseIds: { type: 'object', additionalProperties: artifactLocation },
  invocations: list(object({ executionSuccessful: { type: 'boolean' }, exitCode: { type: 'integer' }, toolExecutionNotifications: list(notification) }, ['executionSuccessful'])),
  results: list(result),
}, ['tool']);

/** `format` is not checked by ajv alone; what is a URI is left to the other tests. */
function withoutFormats(schema: unknown): unknown {
  if (Array.isArray(schema)) return schema.map(withoutFormats);
  if (schema === null || typeof schema !== 'object') return schema;
  return Object.fromEntries(Object.entries(schema).filter(([key, value]) => !(key === 'format' && typeof value === 'string')).map(([key, value]) => [key, withoutFormats(value)]));
}

export const sarifSchema = withoutFormats(object({ $schema: text, version: { const: '2.1.0' }, runs: list(run) }, ['version', 'runs'])) as Record<string, unknown>;
