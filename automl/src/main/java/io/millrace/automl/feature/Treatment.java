package io.millrace.automl.feature;

/** How the values of a column become features. */
public enum Treatment {
    /** As a number. */
    NUMBER,
    /** As one of several categories. */
    CATEGORY,
    /** By its words and its form. */
    TEXT,
    /** As a category, and by its words and its form. */
    CATEGORY_AND_TEXT,
    /** By the parts of its date. */
    DATE,
    /** By the parts of its date and its time of day. */
    DATE_AND_TIME,
    /** Not at all. */
    IGNORED
}
