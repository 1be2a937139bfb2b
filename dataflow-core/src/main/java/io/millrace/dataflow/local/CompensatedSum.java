package io.millrace.dataflow.local;

/** A sum of float64 with Neumaier's compensation. */
final class CompensatedSum {
    private double sum;
    private double lost;

    void add(double value) {
        double before = sum;
        sum = before + value;
        lost += Math.abs(before) >= Math.abs(value) ? (before - sum) + value : (value - sum) + before;
    }

    void add(CompensatedSum other) {
        add(other.sum);
        lost += other.lost;
    }

    void clear() {
        sum = 0;
        lost = 0;
    }

    double value() {
        double exact = sum + lost;
        // Beyond the range, and for infinite values, the compensation means nothing.
        return Double.isNaN(exact) ? sum : exact;
    }
}
