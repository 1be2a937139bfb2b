package io.millrace.automl.learner;

/** How the features of a {@link Matrix} must be encoded for a learner. */
public enum Encoding {
    /** Categories as codes from 0 on, numbers as they are, NaN where a value is missing. */
    CODES,
    /** Numbers only: categories one-hot, numbers standardised, missing values filled and marked by an indicator. */
    ONE_HOT,
    /** Numbers only: categories of low cardinality one-hot and the others as their codes; NaN where a value is missing. */
    ORDINAL
}
