import fc from 'fast-check';

/** Properties run on the same cases everywhere; `ROUNDOFF_SEED=…` (any integer) explores others. */
fc.configureGlobal({ seed: Number(process.env.ROUNDOFF_SEED ?? 20261122) });
