/** The same columns for the heads and for every row; they fall away one by one as the view gets narrow. */
export const COLUMNS =
  'grid items-center gap-3 grid-cols-[1.25rem_minmax(0,1fr)_6.5rem_4.5rem] @2xl:grid-cols-[1.25rem_minmax(0,1fr)_7.5rem_4rem_5rem] @3xl:grid-cols-[1.25rem_minmax(0,1fr)_8rem_4rem_7rem_5rem] @4xl:grid-cols-[1.25rem_minmax(0,1fr)_8rem_4rem_8rem_5rem_5rem]'
