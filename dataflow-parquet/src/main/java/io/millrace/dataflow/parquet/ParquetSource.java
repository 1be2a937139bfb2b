package io.millrace.dataflow.parquet;

import io.millrace.dataflow.format.Reading;
import io.millrace.dataflow.source.SourceFile;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import org.apache.parquet.io.DelegatingSeekableInputStream;
import org.apache.parquet.io.InputFile;
import org.apache.parquet.io.SeekableInputStream;

/** A file of any source, read by ranges. */
record ParquetSource(SourceFile file, Reading reading) implements InputFile {
    @Override
    public long getLength() {
        return file.length();
    }

    @Override
    public SeekableInputStream newStream() {
        Ranges ranges = new Ranges();
        return new DelegatingSeekableInputStream(ranges) {
            @Override
            public long getPos() {
                return ranges.position;
            }

            @Override
            public void seek(long position) throws IOException {
                ranges.seek(position);
            }
        };
    }

    /** Opens the file anew where it is read elsewhere than where it was read last. */
    private final class Ranges extends InputStream {
        private long position;
        private long opened;
        private InputStream current = InputStream.nullInputStream();

        Ranges() {
            opened = -1;
        }

        void seek(long to) throws IOException {
            if (to > file.length()) {
                throw new EOFException("beyond the end");
            }
            position = to;
        }

        private InputStream stream() throws IOException {
            if (opened != position) {
                current.close();
                current = reading.access().read(file, position, file.length() - position, reading.cancellation());
                opened = position;
            }
            return current;
        }

        @Override
        public int read() throws IOException {
            int read = stream().read();
            if (read >= 0) {
                position++;
                opened++;
            }
            return read;
        }

        @Override
        public int read(byte[] bytes, int offset, int length) throws IOException {
            int read = stream().read(bytes, offset, length);
            if (read > 0) {
                position += read;
                opened += read;
            }
            return read;
        }

        @Override
        public void close() throws IOException {
            current.close();
        }
    }
}
