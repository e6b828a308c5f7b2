/** A text for each kind of number that the language tells apart (CLDR plural rules); `other` stands for the rest. */
export interface PluralForms {
  readonly one?: string
  readonly other: string
}

/** Chooses between texts by a count. Made once per language: a rule costs more to make than to use. */
export function pluralOf(locale: string): (count: number, forms: PluralForms) => string {
  const rules = new Intl.PluralRules(locale)
  return (count, forms) =>
    rules.select(count) === 'one' ? (forms.one ?? forms.other) : forms.other
}
