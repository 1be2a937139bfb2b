package io.millrace.automl.spark;

import static org.assertj.core.api.Assertions.assertThat;

import org.apache.spark.SparkException;
import org.junit.jupiter.api.Test;

class SparkRunnersTest {
    @Test
    void whatIsNoMasterIsTheUsersMistake() {
        assertThat(SparkRunners.refused("localx[2]", new SparkException("Could not parse Master URL: 'localx[2]'")))
                .hasMessage("""
                        INVALID_ARGUMENT: Cannot start Spark at 'localx[2]': that is no master
                          A master is local[2], local[*], yarn, spark://HOST:7077 or k8s://HOST""");
    }

    @Test
    void aClusterThatDoesNotAnswerIsTheEnvironmentsFault() {
        assertThat(SparkRunners.refused(
                        "spark://127.0.0.1:1",
                        new SparkException("Job aborted: Cannot call methods on a stopped SparkContext.\nmore")))
                .hasMessage("ENGINE_FAILED: Cannot start Spark at 'spark://127.0.0.1:1': it does not answer");
        assertThat(SparkRunners.refused("yarn", new SparkException("HADOOP_CONF_DIR is not set\nmore")))
                .hasMessage("ENGINE_FAILED: Cannot start Spark at 'yarn': HADOOP_CONF_DIR is not set");
    }
}
