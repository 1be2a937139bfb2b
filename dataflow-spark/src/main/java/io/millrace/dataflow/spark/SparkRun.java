package io.millrace.dataflow.spark;

import io.millrace.dataflow.execution.Cancellation;
import io.millrace.dataflow.kernel.ConstantKernels;
import io.millrace.dataflow.plan.Operator;
import io.millrace.dataflow.plan.Plan;
import io.millrace.dataflow.plan.rule.Optimiser;
import io.millrace.dataflow.source.Credential;
import io.millrace.dataflow.source.Credentials;
import io.millrace.dataflow.source.SasToken;
import io.millrace.dataflow.source.Source;
import io.millrace.dataflow.source.SourceAccess;
import io.millrace.dataflow.table.ReadReport;
import io.millrace.dataflow.table.Reduction;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.jspecify.annotations.Nullable;

/**
 * One run of a plan on Spark. Its jobs form a job group, which a cancellation stops. Leaves the properties of the calling
 * thread as it found them.
 */
final class SparkRun implements AutoCloseable {
    private static final Optimiser OPTIMISER = Optimiser.of(new ConstantKernels());
    private static final List<String> GROUP_PROPERTIES =
            List.of("spark.jobGroup.id", "spark.job.description", "spark.job.interruptOnCancel");

    private final JavaSparkContext context;
    private final Plan plan;
    private final Credentials credentials;
    private final Cancellation cancellation;
    private final String group = "millrace-" + UUID.randomUUID();
    private final ReadReports reports = new ReadReports();
    private final KeptRows kept = new KeptRows();
    private @Nullable SharedCredentials shared;

    SparkRun(JavaSparkContext context, Plan plan, Credentials credentials, Cancellation cancellation) {
        this.context = context;
        this.plan = OPTIMISER.apply(plan);
        this.credentials = credentials;
        this.cancellation = cancellation;
        context.sc().register(reports);
        cancellation.onCancel(this::stop);
    }

    /** Computes the rows of all partitions at once, or of as many as the plan wants. */
    Result collect() {
        return inGroup(() -> {
            Plan.Stage limit = lastLimit();
            if (limit != null) {
                return first(limit);
            }
            SparkStage result = compile(plan.stages());
            return new Result(result.files(), result.write().collect().iterator());
        });
    }

    /** Computes the rows of one partition after the other, when they are asked for. */
    Result iterate() {
        Result lazy = inGroup(() -> {
            Plan.Stage limit = lastLimit();
            if (limit != null) {
                return first(limit);
            }
            SparkStage result = compile(plan.stages());
            return new Result(result.files(), result.write().toLocalIterator());
        });
        return new Result(lazy.files(), new Iterator<>() {
            @Override
            public boolean hasNext() {
                return inGroup(lazy.elements()::hasNext);
            }

            @Override
            public byte[] next() {
                return inGroup(lazy.elements()::next);
            }
        });
    }

    /** The last stage, whose rows are computed when somebody asks Spark for them, after this run. */
    SparkStage lazy() {
        return inGroup(() -> compile(plan.stages()));
    }

    /** What a reduction knows of the rows, in shares that follow each other. */
    List<byte[]> shares(Reduction<?, ?> reduction) {
        return inGroup(() -> compile(plan.stages())
                .reduce(reduction, context.defaultParallelism())
                .collect());
    }

    /** The limit at the end of the plan that nothing follows but projections; null when it ends otherwise. */
    private Plan.@Nullable Stage lastLimit() {
        Plan.Stage stage = plan.result();
        while (stage.operator() instanceof Operator.Project) {
            stage = plan.stages().get(stage.inputs().get(0));
        }
        return stage.operator() instanceof Operator.Limit ? stage : null;
    }

    /**
     * The first rows of what a limit reads, as the projections after it give them: of the first partition, then of four times
     * as many, until there are enough.
     */
    private Result first(Plan.Stage limit) {
        long rows = ((Operator.Limit) limit.operator()).rows();
        SparkStage whole = compile(plan.stages().subList(0, limit.inputs().get(0) + 1));
        SparkStage first = new SparkStage(
                whole.elements(), new PartitionSources.Limited(whole.rows(), rows), whole.schema(), whole.files());
        Deque<Plan.Stage> projections = new ArrayDeque<>();
        for (Plan.Stage stage = plan.result();
                stage.id() != limit.id();
                stage = plan.stages().get(stage.inputs().get(0))) {
            projections.push(stage);
        }
        for (Plan.Stage projection : projections) {
            first = first.then(projection);
        }
        JavaRDD<byte[]> limited = first.write();
        int partitions = limited.getNumPartitions();
        List<byte[]> elements = new ArrayList<>();
        long found = 0;
        int next = 0;
        int atOnce = 1;
        while (found < rows && next < partitions) {
            int[] wanted =
                    IntStream.range(next, Math.min(partitions, next + atOnce)).toArray();
            for (List<byte[]> part : limited.collectPartitions(wanted)) {
                for (byte[] element : part) {
                    elements.add(element);
                    found += RowFormat.count(element);
                }
            }
            next += wanted.length;
            atOnce = Math.min(4 * atOnce, 1 << 20);
        }
        return new Result(whole.files(), elements.iterator());
    }

    /**
     * Rows as elements in order; more than a limit at the end of the plan wants.
     *
     * @param files the names of the files that positions index
     */
    record Result(List<String> files, Iterator<byte[]> elements) {}

    /** The most rows of the plan; a result may have more. */
    long most() {
        Plan.Stage limit = lastLimit();
        return limit == null ? Long.MAX_VALUE : ((Operator.Limit) limit.operator()).rows();
    }

    /** The account of what was read so far. */
    ReadReport report() {
        return reports.value();
    }

    private SparkStage compile(List<Plan.Stage> stages) {
        SharedCredentials known = SharedCredentials.of(tokens(), context);
        shared = known;
        return new SparkCompiler(context, SourceAccess.with(credentials), known, reports, kept, cancellation)
                .compile(stages);
    }

    /** The signatures that the sources of the plan need, by the names that travel in their place. */
    private Map<String, SasToken> tokens() {
        Map<String, SasToken> tokens = new TreeMap<>();
        for (Plan.Stage stage : plan.stages()) {
            if (stage.operator() instanceof Operator.Scan scan && scan.source() instanceof Source.Blob blob) {
                Credential credential = blob.credential();
                credentials.resolve(credential).ifPresent(token -> tokens.put(name(credential), token));
            }
        }
        return tokens;
    }

    /** The name that travels in the place of a signature. */
    static String name(Credential credential) {
        return credential instanceof Credential.Sas sas ? sas.name() : ((Credential.Named) credential).name();
    }

    /** Runs {@code work}, whose jobs belong to the group of this run. */
    private <T> T inGroup(Callable<T> work) {
        cancellation.check();
        Map<String, String> before = new TreeMap<>();
        for (String property : GROUP_PROPERTIES) {
            String value = context.getLocalProperty(property);
            if (value != null) {
                before.put(property, value);
            }
        }
        context.setJobGroup(group, "Millrace dataflow", true);
        try {
            return work.call();
        } catch (Exception failure) {
            throw SparkFailures.readable(failure, cancellation);
        } finally {
            for (String property : GROUP_PROPERTIES) {
                context.setLocalProperty(property, before.get(property));
            }
        }
    }

    private void stop() {
        context.cancelJobGroup(group);
    }

    /** Stops what is still under way, frees the rows that were kept, and takes the signatures back. */
    @Override
    public void close() {
        SharedCredentials known = shared;
        shared = null;
        if (known != null && !context.sc().isStopped()) {
            stop();
            kept.release();
            known.destroy();
        }
    }
}
