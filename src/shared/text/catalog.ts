/**
 * The shape that a catalog in another language must have: the same names, texts where there are texts, and functions of
 * the same arguments. Written out in English first; the compiler finds what is missing in the others.
 */
export type Catalog<Source> = {
  readonly [Name in keyof Source]: Source[Name] extends string
    ? string
    : Source[Name] extends (...args: infer Args) => string
      ? (...args: Args) => string
      : Catalog<Source[Name]>
}
