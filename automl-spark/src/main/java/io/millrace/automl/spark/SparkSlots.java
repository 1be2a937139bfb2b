package io.millrace.automl.spark;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.spark.SparkConf;
import org.apache.spark.api.java.JavaSparkContext;

/** How many tasks a cluster runs at a time: its executor cores by {@code spark.task.cpus}. */
final class SparkSlots {
    private static final Pattern LOCAL = Pattern.compile("local\\[(\\*|\\d+)(?:,\\d+)?]");

    private SparkSlots() {}

    /** The slots of a running context, at least 1. Under dynamic allocation those at {@code maxExecutors}. */
    static int of(JavaSparkContext context) {
        int registered = context.sc().statusTracker().getExecutorInfos().length - 1;
        return of(
                context.master(),
                context.getConf(),
                registered,
                context.defaultParallelism(),
                Runtime.getRuntime().availableProcessors());
    }

    /**
     * The slots that a configuration says.
     *
     * @param registered the executors that have said they are there
     * @param cores the cores that Spark counts, for where the configuration does not say how many an executor has
     * @param processors the processors of this machine
     */
    static int of(String master, SparkConf settings, int registered, int cores, int processors) {
        int each = Math.max(1, settings.getInt("spark.task.cpus", 1));
        Matcher local = LOCAL.matcher(master);
        if (local.matches()) {
            String threads = local.group(1);
            return Math.max(1, (threads.equals("*") ? processors : Integer.parseInt(threads)) / each);
        }
        if (master.equals("local")) {
            return 1;
        }
        int coresOfOne = settings.getInt("spark.executor.cores", master.equals("yarn") ? 1 : 0);
        if (coresOfOne == 0) {
            return Math.max(1, cores / each);
        }
        return Math.max(1, executors(settings, registered) * (coresOfOne / each));
    }

    private static int executors(SparkConf settings, int registered) {
        if (settings.getBoolean("spark.dynamicAllocation.enabled", false)) {
            int most = settings.getInt("spark.dynamicAllocation.maxExecutors", Integer.MAX_VALUE);
            return most == Integer.MAX_VALUE ? registered : most;
        }
        return settings.getInt("spark.executor.instances", registered);
    }
}
