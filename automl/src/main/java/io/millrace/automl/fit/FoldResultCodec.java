package io.millrace.automl.fit;

import io.millrace.automl.codec.BinaryReader;
import io.millrace.automl.codec.CodecException;

/** The numbers in the bytes of fold results, and the reader of them. */
final class FoldResultCodec {
    static final int VERSION = 1;
    static final int FITTED = 0;
    static final int NOT_APPLICABLE = 1;
    static final int FAILED = 2;

    private FoldResultCodec() {}

    static FoldResult decode(byte[] bytes) {
        BinaryReader in = BinaryReader.of(bytes);
        int version = in.readByte();
        if (version != VERSION) {
            throw new CodecException("Cannot read the result of a fit of version " + version);
        }
        int kind = in.readByte();
        FoldResult result =
                switch (kind) {
                    case FITTED -> FoldResult.Fitted.read(in);
                    case NOT_APPLICABLE -> new FoldResult.NotApplicable(in.readString());
                    case FAILED -> new FoldResult.Failed(in.readString(), in.readString());
                    default -> throw new CodecException("Cannot read the result of a fit of kind " + kind);
                };
        in.expectEnd();
        return result;
    }
}
