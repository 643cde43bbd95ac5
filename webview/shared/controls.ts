import { h } from 'preact';
import type { Attributes, ComponentChildren, VNode } from 'preact';
import { provideVSCodeDesignSystem, vsCodeButton, vsCodeCheckbox, vsCodeTextField } from '@vscode/webview-ui-toolkit';

/**
 * The form controls of the panels, and the only place that knows which library draws them. The toolkit has reached its end of life upstream: to replace it,
 * re-point the three `h('vscode-…')` below (`@vscode-elements/elements` has the same three controls) and keep these signatures.
 * A list to choose from is the browser's own `<select>`: it is never clipped by a scrolling panel and screen readers know it.
 */
export interface ButtonProps {
  readonly onPress: () => void;
  readonly look?: 'primary' | 'secondary' | 'icon';
  readonly label?: string;
  readonly hint?: string;
  readonly disabled?: boolean;
  readonly pressed?: boolean;
  readonly expanded?: boolean;
  readonly id?: string;
  readonly children?: ComponentChildren;
}

provideVSCodeDesignSystem().register(vsCodeButton(), vsCodeCheckbox(), vsCodeTextField());

export function Button(props: ButtonProps): VNode {
  const { onPress, look = 'secondary', label, hint, disabled = false, pressed, expanded, id, children } = props;
  // The name comes first: the toolkit calls a button "Icon Button" when it becomes an icon without one.
  return h('vscode-button', {
    'aria-label': label ?? (typeof children === 'string' ? children : null), appearance: look, disabled, id, onClick: disabled ? undefined : onPress, title: hint,
    ariaPressed: pressed === undefined ? null : String(pressed), ariaExpanded: expanded === undefined ? null : String(expanded),
  } as Attributes, children);
}

export function Checkbox(props: { readonly checked: boolean; readonly onChange: (checked: boolean) => void; readonly hint?: string; readonly children: ComponentChildren }): VNode {
  const onChange = (event: Event): void => {
    const checked = (event.currentTarget as HTMLInputElement).checked;
    if (checked !== props.checked) props.onChange(checked);
  };
  return h('vscode-checkbox', { checked: props.checked, title: props.hint, onChange } as Attributes, props.children);
}

export interface FieldProps {
  readonly value: string;
  readonly onInput: (value: string) => void;
  /** Visible label; or `name` for a label that only screen readers read. */
  readonly label?: string;
  readonly name?: string;
  readonly size?: number;
  readonly hint?: string;
  readonly placeholder?: string;
  readonly onEnter?: () => void;
}

export function Field(props: FieldProps): VNode {
  return h('vscode-text-field', {
    value: props.value, size: props.size ?? 10, title: props.hint, placeholder: props.placeholder, ariaLabel: props.name ?? props.label ?? null, spellcheck: false,
    onInput: (event: Event) => props.onInput((event.currentTarget as HTMLInputElement).value),
    onKeyDown: (event: KeyboardEvent) => { if (event.key === 'Enter') props.onEnter?.(); },
  } as Attributes, props.label);
}

export interface ChoiceProps {
  readonly value: string;
  readonly options: readonly { readonly value: string; readonly title: string; readonly group?: string }[];
  readonly onChange: (value: string) => void;
  readonly label?: string;
  readonly name?: string;
  readonly hint?: string;
}

export function Choice(props: ChoiceProps): ComponentChildren {
  const groups = [...new Set(props.options.map(o => o.group ?? ''))];
  const option = (o: ChoiceProps['options'][number]): ComponentChildren => h('option', { key: o.value, value: o.value, selected: o.value === props.value }, o.title);
  const select = h('select', {
    class: 'choice', title: props.hint, 'aria-label': props.name, value: props.value,
    onChange: (event: Event) => props.onChange((event.currentTarget as HTMLSelectElement).value),
  }, groups.map(group => {
    const members = props.options.filter(o => (o.group ?? '') === group).map(option);
    return group ? h('optgroup', { key: group, label: group }, members) : members;
  }));
  return props.label ? h('label', { class: 'labelled' }, h('span', null, props.label), select) : select;
}
