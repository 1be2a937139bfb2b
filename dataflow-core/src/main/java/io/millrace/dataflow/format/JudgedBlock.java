package io.millrace.dataflow.format;

/** A block whose cells can be judged before the types of their columns are known, in place of being decoded. */
public interface JudgedBlock extends Block {
    /**
     * Observes the cells of its records. Needs nothing but this block, as {@link #decode}, in whose place it comes; a
     * block is judged once.
     *
     * @param columns the evidence of each column of the file, in its order
     * @param most how many records are observed at most
     * @return how many were
     */
    int observe(ColumnEvidence[] columns, long most);
}
