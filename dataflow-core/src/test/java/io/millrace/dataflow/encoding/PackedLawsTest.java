package io.millrace.dataflow.encoding;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.dataflow.error.DataflowException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

class PackedLawsTest {
    @Property(seed = "21", tries = 200)
    void whatIsPackedIsReadInPiecesOfAnySize(
            @ForAll("texts") byte[] text,
            @ForAll @IntRange(max = 4) int way,
            @ForAll @IntRange(min = 1, max = 70) int most) {
        assertThat(Packed.read(Packed.slow(packed(text, way), most))).isEqualTo(text);
    }

    /** A changed bit is found, or changes nothing that is read. */
    @Property(seed = "22", tries = 2_000)
    void aChangedBitNeverChangesTheTextWithoutAnError(
            @ForAll("texts") byte[] text,
            @ForAll @IntRange(max = 4) int way,
            @ForAll @IntRange(max = 1 << 20) int bit) {
        byte[] bytes = packed(text, way);
        int at = bit % (bytes.length * 8);
        // Without its mark a file is no packed one.
        if (at < 32) {
            return;
        }
        bytes[at / 8] ^= (byte) (1 << (at % 8));
        List<RuntimeException> failures = new ArrayList<>();
        byte[] read = Packed.readUntilFailure(bytes, failures);
        if (failures.isEmpty()) {
            assertThat(read).isEqualTo(text);
        } else {
            assertThat(failures.get(0))
                    .isInstanceOf(DataflowException.class)
                    .hasMessageContaining("Cannot read birds.csv");
        }
    }

    @Property(seed = "23", tries = 1_000)
    void aCutOffFileIsAnErrorAfterARightBeginning(
            @ForAll("texts") byte[] text,
            @ForAll @IntRange(max = 4) int way,
            @ForAll @IntRange(max = 1 << 20) int place) {
        // Where one member of several ends, nothing tells that another one followed.
        byte[] bytes = packed(text, way == 1 ? 0 : way);
        int most = way == 2 || way == 3 ? directory(bytes) : bytes.length - 1;
        int length = 4 + place % (most - 3);
        List<RuntimeException> failures = new ArrayList<>();
        byte[] read = Packed.readUntilFailure(Arrays.copyOf(bytes, length), failures);
        assertThat(failures).hasSize(1);
        assertThat(failures.get(0)).hasMessageStartingWith("DAMAGED_FILE: ").hasMessageContaining("is cut off");
        assertThat(Arrays.copyOf(text, read.length)).isEqualTo(read);
    }

    @Property(seed = "24", tries = 1_000)
    void anyBytesBehindAMarkAreReadOrRefused(
            @ForAll @Size(max = 300) byte[] noise, @ForAll @IntRange(max = 2) int way) {
        byte[] mark = Arrays.copyOf(packed(new byte[0], way == 0 ? 0 : way + 1), way == 0 ? 3 : 4);
        List<RuntimeException> failures = new ArrayList<>();
        Packed.readUntilFailure(Packed.joined(mark, noise), failures);
        assertThat(failures).allMatch(DataflowException.class::isInstance);
    }

    private static int directory(byte[] zip) {
        return new String(zip, StandardCharsets.ISO_8859_1).lastIndexOf("PK\u0001\u0002");
    }

    private static byte[] packed(byte[] text, int way) {
        return switch (way) {
            case 0 -> Packed.gzip(text);
            case 1 -> Packed.joined(Packed.gzip(text), Packed.gzip(new byte[0]));
            case 2 -> Packed.zip(text, "birds.csv");
            case 3 -> Packed.stored(text, "birds.csv");
            default -> Packed.zstd(text);
        };
    }

    @Provide
    Arbitrary<byte[]> texts() {
        Arbitrary<String> cells = Arbitraries.of("wren", "owl", "1", "420.5", "", "\u00E9t\u00E9", "\"x\ny\"");
        Arbitrary<String> lines = Combinators.combine(cells, cells).as((left, right) -> left + "," + right + "\n");
        return Combinators.combine(lines.list().ofMaxSize(30), Arbitraries.of(1, 2, 700))
                .as((some, times) -> String.join("", some).repeat(times).getBytes(StandardCharsets.UTF_8));
    }
}
