package io.millrace.dataflow.local;

import io.millrace.dataflow.execution.MemoryReservation;
import io.millrace.dataflow.schema.DataType;
import io.millrace.dataflow.table.Batch;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Numbers groups from 0 in the order in which their keys first come: by {@link CodedKeys} while these suit, then by a
 * {@link KeyIndex}, which learns the keys that are known by then.
 */
final class GroupNumbers {
    private final List<DataType> types;
    private final MemoryReservation memory;
    private final Run run;
    private final KeyIndex index;
    private @Nullable CodedKeys coded;
    /** By part of the index and number there: the number of the group. */
    private final int[][] numbers = new int[KeyBatch.PARTS][0];

    private int groups;

    /**
     * What became of some batches.
     *
     * @param groups by batch: the number of the group of each row
     * @param fresh by batch: the rows that were the first of their group, in order
     */
    record Numbered(List<int[]> groups, List<int[]> fresh) {}

    GroupNumbers(List<DataType> types, List<Integer> columns, MemoryReservation memory, Run run) {
        this.types = types;
        this.memory = memory;
        this.run = run;
        this.index = new KeyIndex(types, memory);
        this.coded = CodedKeys.suit(types) ? new CodedKeys(types, columns, memory, run) : null;
    }

    /**
     * Numbers the rows of a round.
     *
     * @param known the keys of the groups so far in their first columns, in order
     */
    Numbered add(Rounds round, HeldRows known) {
        if (coded != null) {
            CodedKeys.Numbered found = coded.number(round.batches());
            if (found.all()) {
                return new Numbered(found.numbers(), found.fresh());
            }
            learn(known);
        }
        List<KeyBatch> keys = round.readKeys();
        index.add(keys, run.crew());
        List<int[]> fresh = new ArrayList<>();
        for (KeyBatch each : keys) {
            fresh.add(each.fresh());
            number(each);
        }
        int[][] result = new int[keys.size()][];
        run.crew().each(result.length, i -> result[i] = groupsOfRows(keys.get(i)));
        return new Numbered(List.of(result), fresh);
    }

    /** The keys of a round, looked up; no group is added. */
    List<KeyBatch> find(Rounds round, HeldRows known) {
        if (coded != null) {
            learn(known);
        }
        List<KeyBatch> keys = round.readKeys();
        index.find(keys, run.crew());
        return keys;
    }

    /** Gives the index the keys that had codes. */
    private void learn(HeldRows known) {
        coded = null;
        List<Integer> first = IntStream.range(0, types.size()).boxed().toList();
        KeyBatch keys = new KeyBatch(types);
        for (Batch batch : known.batches()) {
            keys.read(batch, first);
            index.add(List.of(keys), run.crew());
            number(keys);
        }
    }

    /** Gives numbers to the groups that begin in a batch, in the order of its rows. */
    private void number(KeyBatch found) {
        for (int row : found.fresh()) {
            int part = found.part(row);
            int number = found.numbers()[row];
            if (number >= numbers[part].length) {
                int capacity = Math.max(16, 2 * numbers[part].length);
                memory.reserve((long) (capacity - numbers[part].length) * Integer.BYTES);
                numbers[part] = Arrays.copyOf(numbers[part], capacity);
            }
            numbers[part][number] = groups++;
        }
    }

    /** The groups of the rows of a batch whose keys were looked up; {@link KeyPart#UNKNOWN} where it has none. */
    int[] groupsOfRows(KeyBatch found) {
        int[] result = new int[found.rows()];
        int[] order = found.order();
        int[] inPart = found.numbers();
        for (int part = 0; part < KeyBatch.PARTS; part++) {
            int[] known = numbers[part];
            int end = found.start(part + 1);
            for (int i = found.start(part); i < end; i++) {
                int row = order[i];
                result[row] = inPart[row] == KeyPart.UNKNOWN ? KeyPart.UNKNOWN : known[inPart[row]];
            }
        }
        return result;
    }
}
