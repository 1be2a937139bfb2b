package io.millrace.dataflow.learn;

import io.millrace.dataflow.Dataflow;
import io.millrace.dataflow.Engine;
import io.millrace.dataflow.error.DataflowException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** Learns the edges of bins from the finite values of a column. Immutable. */
public final class BinsBuilder {
    private final Dataflow dataflow;
    private final String column;
    private final String newColumn;

    BinsBuilder(Dataflow dataflow, String column, String newColumn) {
        this.dataflow = dataflow;
        this.column = Objects.requireNonNull(column, "column");
        this.newColumn = Objects.requireNonNull(newColumn, "newColumn");
    }

    /** Learns bins of one width, from the least to the greatest value. Runs the dataflow when asked to learn. */
    public Ready byWidth(int bins) {
        return new Ready(this, checked(bins), Rule.WIDTH);
    }

    /** Learns bins that hold about as many values each; fewer where values repeat. */
    public Ready byQuantile(int bins) {
        return new Ready(this, checked(bins), Rule.QUANTILE);
    }

    private static int checked(int bins) {
        if (bins < 1 || bins > 1_000) {
            throw new IllegalArgumentException("bins must be from 1 to 1000: " + bins);
        }
        return bins;
    }

    private enum Rule {
        WIDTH,
        QUANTILE
    }

    /** Bins whose edges are not learnt yet. */
    public static final class Ready {
        private final BinsBuilder options;
        private final int bins;
        private final Rule rule;

        private Ready(BinsBuilder options, int bins, Rule rule) {
            this.options = options;
            this.bins = bins;
            this.rule = rule;
        }

        /**
         * Runs the dataflow twice, to count the values and to sort them.
         *
         * @throws DataflowException {@code UNKNOWN_COLUMN}; {@code TYPE_MISMATCH} for what is no number; {@code
         *     NOTHING_TO_LEARN} when the column has no finite value
         */
        public Bins learn(Engine engine) {
            String column = options.column;
            Query.number(options.dataflow.schema(engine), column, "bin");
            int points = rule == Rule.WIDTH ? 2 : bins + 1;
            double[] values = Ranks.quantiles(options.dataflow, column, points, "the bins", engine);
            double low = values[0];
            double high = values[values.length - 1];
            List<Double> edges = new ArrayList<>(List.of(low));
            for (int i = 1; i < (rule == Rule.WIDTH ? bins : values.length - 1); i++) {
                double edge =
                        rule == Rule.WIDTH ? low * (1 - (double) i / bins) + high * ((double) i / bins) : values[i];
                if (edge > edges.get(edges.size() - 1) && edge < high) {
                    edges.add(edge);
                }
            }
            edges.add(high);
            return new Bins(options.dataflow, column, options.newColumn, edges);
        }
    }
}
