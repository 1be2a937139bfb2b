package io.millrace.automl.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.Arrays;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class BinaryCodecTest {
    @Property(tries = 500, seed = "1")
    void readsWhatWasWritten(
            @ForAll long whole,
            @ForAll double number,
            @ForAll float single,
            @ForAll String text,
            @ForAll boolean flag,
            @ForAll byte[] bytes,
            @ForAll int[] ints,
            @ForAll long[] longs,
            @ForAll float[] floats,
            @ForAll double[] doubles) {
        String sound = new String(
                text.getBytes(java.nio.charset.StandardCharsets.UTF_8), java.nio.charset.StandardCharsets.UTF_8);
        byte[] written = new BinaryWriter()
                .writeVarint(whole)
                .writeDouble(number)
                .writeFloat(single)
                .writeString(sound)
                .writeBoolean(flag)
                .writeBytes(bytes)
                .writeInts(ints)
                .writeLongs(longs)
                .writeFloats(floats)
                .writeDoubles(doubles)
                .toByteArray();
        BinaryReader in = BinaryReader.of(written);
        assertThat(in.readVarint()).isEqualTo(whole);
        assertThat(in.readDouble()).isEqualTo(number);
        assertThat(in.readFloat()).isEqualTo(single);
        assertThat(in.readString()).isEqualTo(sound);
        assertThat(in.readBoolean()).isEqualTo(flag);
        assertThat(in.readBytes()).isEqualTo(bytes);
        assertThat(in.readInts()).isEqualTo(ints);
        assertThat(in.readLongs()).isEqualTo(longs);
        assertThat(in.readFloats()).isEqualTo(floats);
        assertThat(in.readDoubles()).isEqualTo(doubles);
        in.expectEnd();
    }

    @Test
    void numbersAreBigEndianAndSmallNumbersTakeOneByte() {
        byte[] written = new BinaryWriter()
                .writeInt(1)
                .writeVarint(127)
                .writeVarint(128)
                .writeString("é")
                .toByteArray();
        assertThat(written).containsExactly(0, 0, 0, 1, 127, 0x80, 1, 2, 0xC3, 0xA9);
    }

    @Test
    void everyNaNHasTheSameBytes() {
        double other = Double.longBitsToDouble(0x7FF8_0000_0000_0001L);
        assertThat(new BinaryWriter().writeDoubles(new double[] {other}).toByteArray())
                .isEqualTo(new BinaryWriter()
                        .writeDoubles(new double[] {Double.NaN})
                        .toByteArray());
    }

    @Test
    void everyTruncationIsAnError() {
        byte[] written = new BinaryWriter()
                .writeLong(7)
                .writeString("millrace")
                .writeDoubles(new double[] {1, 2})
                .toByteArray();
        for (int length = 0; length < written.length; length++) {
            BinaryReader in = BinaryReader.of(Arrays.copyOf(written, length));
            assertThatExceptionOfType(CodecException.class).isThrownBy(() -> {
                in.readLong();
                in.readString();
                in.readDoubles();
            });
        }
    }

    @Test
    void aLengthBeyondTheBytesIsRefusedBeforeAnythingIsAllocated() {
        byte[] written = new BinaryWriter().writeVarint(Integer.MAX_VALUE).toByteArray();
        assertThatExceptionOfType(CodecException.class)
                .isThrownBy(() -> BinaryReader.of(written).readDoubles())
                .withMessage("Cannot read 2147483647 values of 8 bytes: 0 bytes remain");
    }

    @Test
    void bytesThatAreNoTextOrNoBooleanAreErrors() {
        assertThatExceptionOfType(CodecException.class)
                .isThrownBy(() -> BinaryReader.of(new byte[] {1, (byte) 0xFF}).readString())
                .withMessage("Cannot read a text of 1 bytes: it is not UTF-8");
        assertThatExceptionOfType(CodecException.class)
                .isThrownBy(() -> BinaryReader.of(new byte[] {2}).readBoolean())
                .withMessage("Cannot read a boolean: the byte is 2");
        assertThatExceptionOfType(CodecException.class)
                .isThrownBy(() -> BinaryReader.of(new byte[] {2}).expectEnd())
                .withMessage("Cannot use the bytes: 1 follow the expected end");
    }
}
