package io.millrace.dataflow.output;

import io.millrace.dataflow.source.BlobUpload;
import io.millrace.dataflow.source.Existing;
import io.millrace.dataflow.source.Source;
import java.io.OutputStream;
import java.util.Objects;

/** A blob, whose bytes are sent in blocks and made visible at the end by one request. */
record BlobTarget(Source source, Existing existing) implements Target {
    BlobTarget {
        Objects.requireNonNull(source, "source");
        Objects.requireNonNull(existing, "existing");
    }

    @Override
    public String display() {
        return source.display();
    }

    @Override
    public Target existing(Existing fate) {
        return new BlobTarget(source, fate);
    }

    @Override
    public void check() {
        BlobUpload.check(source);
    }

    @Override
    public Pending open(Writing writing) {
        BlobUpload upload = writing.access().upload(source, existing, writing.cancellation());
        return new Pending() {
            @Override
            public OutputStream stream() {
                return upload.stream();
            }

            @Override
            public void commit() {
                upload.commit();
            }

            @Override
            public void close() {
                upload.close();
            }
        };
    }
}
