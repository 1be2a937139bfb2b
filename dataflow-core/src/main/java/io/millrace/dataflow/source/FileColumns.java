package io.millrace.dataflow.source;

/** Which columns several files give when their headers differ. */
public enum FileColumns {
    /** All files must have the same columns, in any order. The default. */
    STRICT,
    /**
     * Every column that some file has, in the order in which they first appear; null in files that lack it. Its type fits
     * the values of all files.
     */
    UNION,
    /** The columns that all files have, in the order of the first file. */
    INTERSECTION,
    /**
     * Columns are the same by their position and named as in the first file, however other files name them. All files must
     * have as many columns, and none the names of the first file in another order.
     */
    POSITION
}
