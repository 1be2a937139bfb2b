package io.millrace.automl.spark;

import static org.assertj.core.api.Assertions.assertThat;

import org.apache.spark.SparkConf;
import org.junit.jupiter.api.Test;

class SparkSlotsTest {
    private static int slots(String master, String... settings) {
        SparkConf conf = new SparkConf(false);
        for (int i = 0; i < settings.length; i += 2) {
            conf.set(settings[i], settings[i + 1]);
        }
        return SparkSlots.of(master, conf, 3, 24, 8);
    }

    @Test
    void aLocalMasterHasAsManySlotsAsThreads() {
        assertThat(slots("local")).isEqualTo(1);
        assertThat(slots("local[2]")).isEqualTo(2);
        assertThat(slots("local[6,3]")).isEqualTo(6);
        assertThat(slots("local[*]")).isEqualTo(8);
    }

    @Test
    void aTaskThatTakesSeveralCoresLeavesFewerSlots() {
        assertThat(slots("local[5]", "spark.task.cpus", "2")).isEqualTo(2);
        assertThat(slots("local[1]", "spark.task.cpus", "2")).isEqualTo(1);
        assertThat(slots("yarn", "spark.executor.cores", "5", "spark.task.cpus", "2", "spark.executor.instances", "4"))
                .isEqualTo(8);
    }

    @Test
    void underDynamicAllocationTheMostExecutorsCount() {
        assertThat(slots(
                        "yarn",
                        "spark.executor.cores",
                        "4",
                        "spark.dynamicAllocation.enabled",
                        "true",
                        "spark.dynamicAllocation.maxExecutors",
                        "10"))
                .isEqualTo(40);
    }

    @Test
    void whereNothingIsSaidTheExecutorsThatAreThereCount() {
        assertThat(slots("yarn")).isEqualTo(3);
        assertThat(slots("yarn", "spark.executor.cores", "4", "spark.dynamicAllocation.enabled", "true"))
                .isEqualTo(12);
        assertThat(slots("spark://host:7077")).isEqualTo(24);
    }
}
