package io.millrace.dataflow.spark;

import io.millrace.dataflow.table.CellError;
import io.millrace.dataflow.table.CellErrorCount;
import io.millrace.dataflow.table.ReadReport;
import io.millrace.dataflow.table.Rejection;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.spark.util.AccumulatorV2;

/**
 * The accounts of the splits that were read, by number of the split. A split that is read again, because a task was
 * retried or its rows were needed twice, replaces its account and never adds to it.
 */
final class ReadReports extends AccumulatorV2<ReadReports.Part, ReadReport> {
    private static final long serialVersionUID = 1L;

    /** Synchronized by itself too: Spark serialises it at any time. */
    private final Map<Integer, byte[]> reports = Collections.synchronizedMap(new TreeMap<>());

    /** The account of one split of the run. */
    record Part(int split, ReadReport report) {}

    @Override
    public synchronized boolean isZero() {
        return reports.isEmpty();
    }

    @Override
    public synchronized ReadReports copy() {
        ReadReports copy = new ReadReports();
        copy.reports.putAll(reports);
        return copy;
    }

    @Override
    public synchronized void reset() {
        reports.clear();
    }

    @Override
    public synchronized void add(Part part) {
        put(part.split(), write(part.report()));
    }

    @Override
    public void merge(AccumulatorV2<Part, ReadReport> other) {
        Map<Integer, byte[]> theirs = ((ReadReports) other).copy().reports;
        synchronized (this) {
            theirs.forEach(this::put);
        }
    }

    /** A split that some task read to its end counts as read to its end. */
    private void put(int split, byte[] report) {
        reports.merge(split, report, (a, b) -> read(a).read() >= read(b).read() ? a : b);
    }

    @Override
    public synchronized ReadReport value() {
        ReadReport all = ReadReport.empty();
        for (byte[] report : List.copyOf(reports.values())) {
            all = all.plus(read(report));
        }
        return all;
    }

    private static byte[] write(ReadReport report) {
        RowBuffer out = new RowBuffer();
        out.putVarint(report.read());
        out.putVarint(report.emitted());
        out.putVarint(report.rejected());
        out.putVarint(report.cellErrors().size());
        for (CellErrorCount counted : report.cellErrors()) {
            out.putText(counted.column());
            out.putText(counted.code().name());
            out.putVarint(counted.count());
        }
        out.putVarint(report.rejections().size());
        report.rejections().forEach(rejection -> write(rejection, out));
        return out.toBytes();
    }

    private static ReadReport read(byte[] bytes) {
        RowBuffer.Reader in = new RowBuffer.Reader(bytes);
        long read = in.readVarint();
        long emitted = in.readVarint();
        long rejected = in.readVarint();
        List<CellErrorCount> cellErrors = new ArrayList<>();
        for (long left = in.readVarint(); left > 0; left--) {
            cellErrors.add(new CellErrorCount(in.readText(), new CellError.Code(in.readText()), in.readVarint()));
        }
        long count = in.readVarint();
        List<Rejection> rejections = new ArrayList<>();
        for (long i = 0; i < count; i++) {
            rejections.add(rejection(in));
        }
        return new ReadReport(read, emitted, rejected, rejections, cellErrors);
    }

    private static void write(Rejection rejection, RowBuffer out) {
        Rejection.Place place = rejection.place();
        out.putText(place.file());
        out.putVarint(place.record());
        out.putVarint(place.line());
        out.putVarint(place.from() + 1);
        out.putVarint(place.to() + 1);
        out.putText(rejection.code().name());
        out.putVarint(rejection.column().isPresent() ? 1 : 0);
        rejection.column().ifPresent(out::putText);
        out.putText(rejection.reason());
        out.putText(rejection.text());
    }

    private static Rejection rejection(RowBuffer.Reader in) {
        Rejection.Place place = new Rejection.Place(
                in.readText(), in.readVarint(), in.readVarint(), in.readVarint() - 1, in.readVarint() - 1);
        Rejection.Code code = Rejection.Code.valueOf(in.readText());
        Optional<String> column = in.readVarint() == 1 ? Optional.of(in.readText()) : Optional.empty();
        return new Rejection(place, code, column, in.readText(), in.readText());
    }
}
