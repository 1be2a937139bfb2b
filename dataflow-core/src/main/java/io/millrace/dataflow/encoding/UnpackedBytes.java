package io.millrace.dataflow.encoding;

import io.millrace.dataflow.error.DataflowException;
import io.millrace.dataflow.error.ErrorCode;
import java.io.IOException;
import java.io.InputStream;
import java.util.Locale;
import java.util.zip.DataFormatException;

/** What a packed file holds. Says what is wrong with it, and how much was read before; gives no more than a file can mean. */
abstract class UnpackedBytes extends InputStream {
    /** Text packs to a tenth, tables of repeated values to a hundredth. */
    private static final long MOST_FOR_A_BYTE = 1_000;

    final PackedInput packed;
    final String display;
    private final String form;
    private final long freely;
    private long given;

    /**
     * What the bytes hold.
     *
     * @param display the name of the file in messages
     * @param form how it is packed, as {@code gzip}
     * @param freely how many bytes are given whatever they were packed in
     */
    UnpackedBytes(PackedInput packed, String display, String form, long freely) {
        this.packed = packed;
        this.display = display;
        this.form = form;
        this.freely = freely;
    }

    /** Unpacks at least one byte, or gives -1 at the end. */
    abstract int unpack(byte[] bytes, int offset, int length) throws IOException, DataFormatException;

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
        if (length == 0) {
            return 0;
        }
        int count;
        try {
            count = unpack(bytes, offset, length);
        } catch (DataFormatException damaged) {
            throw damaged("is damaged").causedBy(damaged);
        }
        given += Math.max(0, count);
        if (given > freely && given / MOST_FOR_A_BYTE > packed.taken()) {
            throw DataflowException.of(
                    ErrorCode.DAMAGED_FILE,
                    "Cannot read " + display + ": its " + form + " data grows to more than " + number(MOST_FOR_A_BYTE)
                            + " times its size, as no table does",
                    readBefore(),
                    "Unpack it first if it is meant to be so");
        }
        return count;
    }

    /** An error that begins with what is wrong with the data, as {@code is cut off}. */
    DataflowException damaged(String what) {
        return DataflowException.of(
                ErrorCode.DAMAGED_FILE,
                "Cannot read " + display + ": its " + form + " data " + what,
                readBefore(),
                "Get the file again");
    }

    /** An error for bytes behind the packed data. */
    DataflowException followed() {
        return DataflowException.of(
                ErrorCode.DAMAGED_FILE,
                "Cannot read " + display + ": behind its " + form + " data are bytes that are none",
                readBefore(),
                "Get the file again, or cut it off there");
    }

    private String readBefore() {
        return "Before it, " + number(packed.taken()) + " bytes of the file gave " + number(given) + " bytes of text";
    }

    private static String number(long value) {
        return String.format(Locale.ROOT, "%,d", value);
    }

    @Override
    public void close() throws IOException {
        packed.close();
    }
}
