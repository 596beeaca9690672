package org.altmin.testkit;

/** What a toy implementation does wrong, so that the contract can be seen to notice. */
enum Mistake {
    NONE,
    VALUE,
    DERIVATIVE,
    PROX,
    TIE,
    PREIMAGE,
    PREIMAGE_OUT_OF_RANGE,
    RANGE,
    SMOOTHNESS,
    TRAITS,
    SETTINGS,
    ENCODING,
    QUADRATIC,
    CONSTRAINT,
    DIVISION,
    NOT_CONVEX,
    INITIAL_WEIGHTS,
    ALLOCATION,
    ARCHIVE,
    DETERMINISM,
    TERMS,
    SQUARED_STEP,
    OBJECTIVE,
    SEED
}
