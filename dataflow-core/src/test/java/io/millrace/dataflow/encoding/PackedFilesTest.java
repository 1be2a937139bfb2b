package io.millrace.dataflow.encoding;

import static io.millrace.dataflow.encoding.Packed.gzip;
import static io.millrace.dataflow.encoding.Packed.joined;
import static io.millrace.dataflow.encoding.Packed.read;
import static io.millrace.dataflow.encoding.Packed.stored;
import static io.millrace.dataflow.encoding.Packed.zip;
import static io.millrace.dataflow.encoding.Packed.zstd;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;

class PackedFilesTest {
    private static final byte[] BIRDS =
            "name,weight\nwren,9\nowl,420\n".repeat(20_000).getBytes(UTF_8);

    @Test
    void packedFilesAreReadAndAreNotPlain() throws IOException {
        for (byte[] bytes : List.of(gzip(BIRDS), zstd(BIRDS), zip(BIRDS, "birds.csv"), stored(BIRDS, "birds.csv"))) {
            try (Utf8Stream text = Utf8Stream.open(new ByteArrayInputStream(bytes), "birds", UTF_8)) {
                assertThat(text.isPlain()).isFalse();
                assertThat(text.isPacked()).isTrue();
                assertThat(text.readAllBytes()).isEqualTo(BIRDS);
            }
        }
    }

    @Test
    void theEncodingIsThatOfWhatAPackedFileHolds() throws IOException {
        byte[] marked = "\uFEFFblåmes\n".getBytes(UTF_16LE);
        assertThat(new String(read(gzip(marked)), UTF_8)).isEqualTo("blåmes\n");
        byte[] latin = zip("blåmes\n".getBytes(ISO_8859_1), "birds.csv");
        try (Utf8Stream text = Utf8Stream.open(new ByteArrayInputStream(latin), "birds.zip", ISO_8859_1)) {
            assertThat(new String(text.readAllBytes(), UTF_8)).isEqualTo("blåmes\n");
        }
    }

    @Test
    void membersAndFramesOneAfterTheOtherAreOneText() {
        byte[] line = "wren\n".getBytes(UTF_8);
        byte[] nothing = new byte[0];
        assertThat(read(joined(gzip(BIRDS), gzip(nothing), gzip(line)))).isEqualTo(joined(BIRDS, line));
        assertThat(read(joined(zstd(BIRDS), zstd(nothing), zstd(line)))).isEqualTo(joined(BIRDS, line));
        assertThat(read(gzip(nothing))).isEmpty();
        assertThat(read(zstd(nothing))).isEmpty();
    }

    @Test
    void zerosBehindGzipDataArePadding() {
        assertThat(read(joined(gzip(BIRDS), new byte[1_000]))).isEqualTo(BIRDS);
    }

    @Test
    void framesOfZstdThatHoldNoTextArePassedOver() {
        byte[] withoutText = HexFormat.of().parseHex("532a4d180300000001ff02");
        assertThat(read(joined(withoutText, zstd(BIRDS), withoutText, zstd(BIRDS), withoutText)))
                .isEqualTo(joined(BIRDS, BIRDS));
        assertThat(read(withoutText)).isEmpty();
    }

    @Test
    void theHeaderOfGzipMayHaveNamesAndMore() {
        byte[] plain = gzip(BIRDS);
        byte[] header = HexFormat.of().parseHex("1f8b081e000000000003");
        byte[] fields = joined(new byte[] {3, 0, 1, 2, 3}, "birds.csv\0a comment\0".getBytes(UTF_8), new byte[] {9, 9});
        assertThat(read(joined(header, fields, Arrays.copyOfRange(plain, 10, plain.length))))
                .isEqualTo(BIRDS);
    }

    @Test
    void directoriesAndWhatMacOsAddsArePassedOverInAnArchive() {
        assertThat(read(zip(BIRDS, "data/", "__MACOSX/._birds.csv", "data/birds.csv", "__MACOSX/x")))
                .isEqualTo(BIRDS);
    }

    @Test
    void aCutOffFileSaysHowMuchWasRead() {
        byte[] cut = Arrays.copyOf(gzip("wren\n".repeat(10).getBytes(UTF_8)), 20);
        assertThatThrownBy(() -> read(cut)).hasMessage("""
                DAMAGED_FILE: Cannot read birds.csv: its gzip data is cut off
                  Before it, 20 bytes of the file gave 50 bytes of text
                  Get the file again""");
        assertThatThrownBy(() -> read(Arrays.copyOf(zstd(BIRDS), 90)))
                .hasMessageStartingWith("DAMAGED_FILE: Cannot read birds.csv: its zstd data is cut off\n");
        assertThatThrownBy(() -> read(Arrays.copyOf(zip(BIRDS, "birds.csv"), 100)))
                .hasMessageStartingWith("DAMAGED_FILE: Cannot read birds.csv: its zip data is cut off\n");
    }

    @Test
    void anArchiveThatEndsBehindItsFirstFileIsCutOff() {
        byte[] one = zip(BIRDS, "birds.csv");
        int directory = new String(one, ISO_8859_1).indexOf("PK\u0001\u0002");
        assertThatThrownBy(() -> read(Arrays.copyOf(one, directory)))
                .hasMessageStartingWith("DAMAGED_FILE: Cannot read birds.csv: its zip data is cut off\n");
    }

    @Test
    void aWrongChecksumIsAnError() {
        for (byte[] bytes : List.of(gzip(BIRDS), zstd(BIRDS), zip(BIRDS, "birds.csv"), stored(BIRDS, "birds.csv"))) {
            boolean zip = bytes[0] == 'P';
            // In a zip of which the sizes are known it stands in front, else behind.
            String text = new String(bytes, ISO_8859_1);
            int at = zip ? (text.contains("PK\u0007\b") ? text.indexOf("PK\u0007\b") + 4 : 14) : bytes.length - 8;
            bytes[bytes[0] == 0x28 ? bytes.length - 1 : at] ^= 1;
            assertThatThrownBy(() -> read(bytes))
                    .hasMessageMatching(
                            "DAMAGED_FILE: Cannot read birds.csv: its (gzip|zstd|zip) data does not agree with"
                                    + " its checksum\n  Before it, [\\d,]+ bytes of the file gave [\\d,]+ bytes of text\n"
                                    + "  Get the file again");
        }
    }

    @Test
    void bytesBehindPackedDataAreAnError() {
        assertThatThrownBy(() -> read(joined(gzip("wren\n".getBytes(UTF_8)), "owl".getBytes(UTF_8))))
                .hasMessage("""
                        DAMAGED_FILE: Cannot read birds.csv: behind its gzip data are bytes that are none
                          Before it, 25 bytes of the file gave 5 bytes of text
                          Get the file again, or cut it off there""");
        assertThatThrownBy(() -> read(joined(zstd(BIRDS), "owl and wren".getBytes(UTF_8))))
                .hasMessageStartingWith(
                        "DAMAGED_FILE: Cannot read birds.csv: behind its zstd data are bytes that are none\n");
    }

    @Test
    void aFileThatGrowsBeyondAllMeasureIsRefused() {
        byte[] bomb = gzip(new byte[40_000_000]);
        assertThatThrownBy(() -> read(bomb))
                .hasMessageStartingWith("DAMAGED_FILE: Cannot read birds.csv: its gzip data grows to more than 1,000"
                        + " times its size, as no table does\n")
                .hasMessageEndingWith("\n  Unpack it first if it is meant to be so");
        assertThat(read(gzip("a\n".repeat(4_000_000).getBytes(UTF_8)))).hasSize(8_000_000);
    }

    @Test
    void anArchiveOfSeveralFilesAsksWhichIsMeant() {
        assertThatThrownBy(() -> read(zip(BIRDS, "2023.csv", "2024.csv", "2025.csv")))
                .hasMessage("""
                        UNSUPPORTED_FORMAT: Cannot read birds.csv: it is a zip archive of several files, '2023.csv', '2024.csv' and perhaps more
                          Say which to read, as 'birds.csv!/2023.csv' or 'birds.csv!/*.csv'""");
    }

    @Test
    void anEmptyArchiveIsRefused() {
        String message = "EMPTY_SOURCE: Cannot read birds.csv: it is a zip archive without a file";
        assertThatThrownBy(() -> read(zip(BIRDS))).hasMessage(message);
        assertThatThrownBy(() -> read(zip(BIRDS, "data/"))).hasMessage(message);
    }

    @Test
    void entriesThatAreEncryptedOrPackedInOtherWaysAreRefused() {
        byte[] encrypted = zip(BIRDS, "birds.csv");
        encrypted[6] |= 1;
        assertThatThrownBy(() -> read(encrypted)).hasMessage("""
                UNSUPPORTED_FORMAT: Cannot read birds.csv: 'birds.csv' in it is encrypted
                  Unpack it first""");
        byte[] other = zip(BIRDS, "birds.csv");
        other[8] = 9;
        assertThatThrownBy(() -> read(other)).hasMessage("""
                UNSUPPORTED_FORMAT: Cannot read birds.csv: 'birds.csv' in it is packed by Deflate64
                  Unpack it first""");
    }

    @Test
    void packedFilesInPackedFilesAreRefused() {
        assertThatThrownBy(() -> read(gzip(zstd(BIRDS)))).hasMessage("""
                UNSUPPORTED_FORMAT: Cannot read birds.csv: its gzip data holds zstd data, and packed files in packed files are not read
                  Unpack it first""");
        byte[] tar = new byte[512];
        System.arraycopy("ustar".getBytes(UTF_8), 0, tar, 257, 5);
        assertThatThrownBy(() -> read(gzip(tar))).hasMessage("""
                UNSUPPORTED_FORMAT: Cannot read birds.csv: this is a tar archive, not text
                  Unpack it first""");
    }

    @Test
    void filesThatAreNoTextAreRefusedByName() {
        assertThatThrownBy(() -> read("%PDF-1.7\n".getBytes(UTF_8))).hasMessage("""
                UNSUPPORTED_FORMAT: Cannot read birds.csv: this is a PDF document, not text
                  Export its tables as CSV""");
        assertThatThrownBy(() -> read(zip(BIRDS, "[Content_Types].xml", "xl/workbook.xml")))
                .hasMessage("""
                UNSUPPORTED_FORMAT: Cannot read birds.csv: this is an Excel workbook or another Office document, not text
                  Save it as CSV""");
        assertThatThrownBy(() -> read("PAR1\u0015".getBytes(UTF_8))).hasMessage("""
                UNSUPPORTED_FORMAT: Cannot read birds.csv: this is a Parquet file, not text
                  Read it as Parquet""");
        assertThatThrownBy(() -> read(HexFormat.of().parseHex("89504e470d0a1a0a00")))
                .hasMessageContaining("this is a PNG image, not text");
        assertThatThrownBy(() -> read("BZh91AY&SY".getBytes(UTF_8)))
                .hasMessageContaining("this is packed with bzip2, not text");
        assertThat(read("BZh9,rest\n".getBytes(UTF_8))).hasSize(10);
    }

    @Test
    void dataOfManyControlCharactersIsNoText() {
        byte[] numbers = new byte[400];
        for (int i = 0; i < numbers.length; i++) {
            numbers[i] = (byte) (i * 7);
        }
        assertThatThrownBy(() -> read(numbers)).hasMessage("""
                UNSUPPORTED_FORMAT: Cannot read birds.csv: this is binary data, not text
                  Check the address, or set the encoding of the file if it is a text""");
        byte[] hive = "wren\u0001a\u0002b\u0003c\n".getBytes(UTF_8);
        assertThat(read(hive)).isEqualTo(hive);
    }
}
