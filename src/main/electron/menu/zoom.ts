/** Of 1. Nothing is lost in the window up to twice its usual size. */
const STEPS = [0.75, 0.8, 0.9, 1, 1.1, 1.25, 1.5, 1.75, 2] as const
/** Electron hands back what floating point made of a factor. */
const ALMOST = 0.01

export function zoomedIn(factor: number): number {
  return STEPS.find((step) => step > factor + ALMOST) ?? 2
}

export function zoomedOut(factor: number): number {
  return STEPS.findLast((step) => step < factor - ALMOST) ?? STEPS[0]
}
