package io.millrace.automl.pipeline;

import io.millrace.automl.codec.BinaryWriter;
import io.millrace.automl.feature.FittedFeatures;
import io.millrace.automl.feature.Frame;
import io.millrace.automl.learner.Matrix;
import io.millrace.automl.pipeline.FittedPipeline.Member;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Members whose predictions are averaged by weight. Equal features of several members are held and applied once. */
final class Ensemble {
    /** Rows whose features are held at a time. */
    private static final int MOST_ROWS = 4_096;

    private final List<Member> members;
    private final List<FittedFeatures> features = new ArrayList<>();
    private final int[] featuresOfMember;
    private final double totalWeight;
    private final int outputs;

    Ensemble(List<Member> members) {
        if (members.isEmpty()) {
            throw new IllegalArgumentException("a pipeline needs at least one member");
        }
        this.members = List.copyOf(members);
        this.featuresOfMember = new int[members.size()];
        Map<ByteBuffer, Integer> known = new HashMap<>();
        double sum = 0;
        for (int member = 0; member < featuresOfMember.length; member++) {
            FittedFeatures each = members.get(member).features();
            BinaryWriter out = new BinaryWriter();
            each.write(out);
            Integer number = known.putIfAbsent(ByteBuffer.wrap(out.toByteArray()), features.size());
            featuresOfMember[member] = number == null ? features.size() : number;
            if (number == null) {
                features.add(each);
            }
            sum += members.get(member).weight();
        }
        this.totalWeight = sum;
        this.outputs = members.get(0).model().outputs();
        for (Member member : members) {
            if (member.model().outputs() != outputs) {
                throw new IllegalArgumentException("one member predicts " + outputs + " values, and another "
                        + member.model().outputs());
            }
        }
    }

    List<Member> members() {
        return members;
    }

    /** The distinct features, in the order of their first member. */
    List<FittedFeatures> features() {
        return features;
    }

    /** The position of a member's features among {@link #features}. */
    int featuresOf(int member) {
        return featuresOfMember[member];
    }

    int outputs() {
        return outputs;
    }

    /** The weighted mean of the members' predictions, as {@code [output][row]}. */
    double[][] predict(Frame rows) {
        if (rows.rows() <= MOST_ROWS) {
            return predictAtOnce(rows);
        }
        double[][] all = new double[outputs][rows.rows()];
        for (int start = 0; start < rows.rows(); start += MOST_ROWS) {
            int end = Math.min(rows.rows(), start + MOST_ROWS);
            double[][] part =
                    predictAtOnce(rows.select(IntStream.range(start, end).toArray()));
            for (int output = 0; output < outputs; output++) {
                System.arraycopy(part[output], 0, all[output], start, end - start);
            }
        }
        return all;
    }

    private double[][] predictAtOnce(Frame rows) {
        @Nullable Matrix[] matrices = new Matrix[features.size()];
        double[][] sums = new double[outputs][rows.rows()];
        for (int member = 0; member < members.size(); member++) {
            int number = featuresOfMember[member];
            Matrix matrix = matrices[number];
            if (matrix == null) {
                matrix = features.get(number).apply(rows);
                matrices[number] = matrix;
            }
            double[][] predicted = members.get(member).model().predict(matrix);
            double weight = members.get(member).weight() / totalWeight;
            for (int output = 0; output < outputs; output++) {
                for (int row = 0; row < sums[output].length; row++) {
                    sums[output][row] += weight * predicted[output][row];
                }
            }
        }
        return sums;
    }
}
