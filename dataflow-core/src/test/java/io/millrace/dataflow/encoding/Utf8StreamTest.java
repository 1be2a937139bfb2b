package io.millrace.dataflow.encoding;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_16BE;
import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.dataflow.encoding.Utf8Stream.Malformed;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.CharsetEncoder;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

class Utf8StreamTest {
    private static final Charset WINDOWS_1252 = Charset.forName("windows-1252");

    @Test
    void utf8PassesThroughUntouchedAndIsPlain() throws IOException {
        byte[] bytes = hex("61 C3 A9 FF 00 C3 0A");
        try (Utf8Stream text = open(bytes, UTF_8)) {
            assertThat(text.readAllBytes()).isEqualTo(bytes);
            assertThat(text.isPlain()).isTrue();
            assertThat(text.markLength()).isZero();
            assertThat(text.firstMalformed()).isEmpty();
        }
    }

    @Test
    void aMarkOfUtf8IsPassedOverAndTheFileStaysPlain() throws IOException {
        try (Utf8Stream text = open(hex("EF BB BF 61"), WINDOWS_1252)) {
            assertThat(text.readAllBytes()).isEqualTo(hex("61"));
            assertThat(text.isPlain()).isTrue();
            assertThat(text.markLength()).isEqualTo(3);
            assertThat(text.charset()).isEqualTo(UTF_8);
        }
    }

    @Test
    void aMarkGoesBeforeTheDeclaredEncoding() throws IOException {
        for (String name : new String[] {"UTF-16LE", "UTF-16BE", "UTF-32LE", "UTF-32BE"}) {
            byte[] bytes = "\uFEFFmäh \uD83D\uDC11\n".getBytes(Charset.forName(name));
            try (Utf8Stream text = open(bytes, WINDOWS_1252)) {
                assertThat(text.charset()).hasToString(name);
                assertThat(new String(text.readAllBytes(), UTF_8)).isEqualTo("mäh \uD83D\uDC11\n");
                assertThat(text.isPlain()).isFalse();
                assertThat(text.markLength()).isEqualTo(name.contains("32") ? 4 : 2);
            }
        }
    }

    @Test
    void utf16WithoutAMarkIsReadWhenItIsDeclared() throws IOException {
        assertThat(read("a,b\n1,2\n".getBytes(UTF_16LE), UTF_16LE)).isEqualTo("a,b\n1,2\n");
        assertThat(read("a,b\n1,2\n".getBytes(UTF_16BE), UTF_16BE)).isEqualTo("a,b\n1,2\n");
        assertThat(read("a,b\n1,2\n".getBytes(UTF_16BE), Charset.forName("UTF-16")))
                .isEqualTo("a,b\n1,2\n");
    }

    @Test
    void aByteThatIsNoTextBecomesAMarkThatPrintsAsTheByte() throws IOException {
        try (Utf8Stream text = open(hex("61 E4 81 62 9D"), WINDOWS_1252)) {
            byte[] bytes = text.readAllBytes();
            assertThat(bytes).isEqualTo(hex("61 C3 A4 FF F8 F1 62 FF F9 FD"));
            assertThat(Utf8Stream.printable(bytes, 0, bytes.length)).isEqualTo("aä\\x81b\\x9D");
            assertThat(text.firstMalformed()).contains(new Malformed("byte 0x81", 2));
        }
    }

    @Test
    void everyByteOfHalfACharacterIsMarked() throws IOException {
        try (Utf8Stream text = open(hex("FF FE 61 00 00 D8 62 00 01"), UTF_8)) {
            byte[] bytes = text.readAllBytes();
            assertThat(Utf8Stream.printable(bytes, 0, bytes.length)).isEqualTo("a\\x00\\xD8b\\x01");
            assertThat(text.firstMalformed()).contains(new Malformed("bytes 0x00 0xD8", 4));
        }
    }

    @Test
    void asciiTakesNoOtherBytes() throws IOException {
        try (Utf8Stream text = open(hex("61 E4"), US_ASCII)) {
            byte[] bytes = text.readAllBytes();
            assertThat(Utf8Stream.printable(bytes, 0, bytes.length)).isEqualTo("a\\xE4");
        }
    }

    @Test
    void bytesThatAreNoUtf8ArePrintedOneByOne() {
        byte[] bytes = hex("61 C3 A9 C3 28 E2 82 F0 9F 90 91 ED A0 80 C0 80 F5");
        assertThat(Utf8Stream.printable(bytes, 0, bytes.length))
                .isEqualTo("aé\\xC3(\\xE2\\x82\uD83D\uDC11\\xED\\xA0\\x80\\xC0\\x80\\xF5");
        assertThat(Utf8Stream.printable(bytes, 1, 3)).isEqualTo("é");
    }

    @Test
    void whatAnyEncodingWritesIsReadBack() throws IOException {
        int read = 0;
        for (Charset charset : Charset.availableCharsets().values()) {
            String text = charset.canEncode() ? characters(charset) : "";
            byte[] bytes = charset.canEncode() ? text.getBytes(charset) : new byte[0];
            try {
                // A few decoders of Java do not read all that their encoders write.
                String expected =
                        charset.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
                assertThat(read(bytes, charset)).as(charset.name()).isEqualTo(expected);
                read++;
            } catch (CharacterCodingException ofJava) {
                assertThat(bytes).isNotEmpty();
            }
        }
        assertThat(read).isGreaterThan(160);
    }

    /** Every character that an encoding has, so that no byte of its table is left out. */
    private static String characters(Charset charset) {
        CharsetEncoder encoder = charset.newEncoder();
        StringBuilder characters = new StringBuilder();
        for (int point = 0x20; point < 0x11000; point++) {
            if (Character.getType(point) != Character.SURROGATE && encoder.canEncode(Character.toString(point))) {
                characters.appendCodePoint(point);
            }
        }
        return characters.toString();
    }

    @Test
    void latin1HasACharacterForEveryByte() throws IOException {
        byte[] bytes = new byte[224];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) (32 + i);
        }
        assertThat(read(bytes, ISO_8859_1)).isEqualTo(new String(bytes, ISO_8859_1));
    }

    private static String read(byte[] bytes, Charset charset) throws IOException {
        try (Utf8Stream text = open(bytes, charset)) {
            return new String(text.readAllBytes(), UTF_8);
        }
    }

    private static Utf8Stream open(byte[] bytes, Charset charset) {
        return Utf8Stream.open(new ByteArrayInputStream(bytes), "birds.csv", charset);
    }

    private static byte[] hex(String digits) {
        return HexFormat.ofDelimiter(" ").parseHex(digits);
    }
}
