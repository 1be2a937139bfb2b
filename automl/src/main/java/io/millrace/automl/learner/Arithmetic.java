package io.millrace.automl.learner;

/** The numbers in which a tree ensemble compares feature values and adds the values of leaves. */
enum Arithmetic {
    /** Values are rounded to float before they are compared, and every sum is rounded to float: as XGBoost does. */
    FLOAT32,
    /** Values are compared and added as doubles: as LightGBM does. */
    FLOAT64
}
