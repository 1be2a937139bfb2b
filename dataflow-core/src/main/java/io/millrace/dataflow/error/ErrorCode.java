package io.millrace.dataflow.error;

/** The stable name of an error, and whose fault it is. Names are part of the interface: scripts match on them. */
public enum ErrorCode {
    /** A column that the schema at that place does not have. */
    UNKNOWN_COLUMN(Kind.USER),
    /** Two columns of one schema with the same name. */
    DUPLICATE_COLUMN(Kind.USER),
    /** A value or column of a type that the operation does not take. */
    TYPE_MISMATCH(Kind.USER),
    /** A function that the catalog does not have, or with the wrong number of arguments. */
    UNKNOWN_FUNCTION(Kind.USER),
    /** An argument that is wrong by itself. */
    INVALID_ARGUMENT(Kind.USER),
    /** Examples of which no program makes all. */
    CONTRADICTING_EXAMPLES(Kind.USER),
    /** No file, blob or page at that address. */
    SOURCE_NOT_FOUND(Kind.USER),
    /** A directory where a file was expected. */
    SOURCE_IS_DIRECTORY(Kind.USER),
    /** An address that cannot be understood. */
    INVALID_ADDRESS(Kind.USER),
    /** A credential name that nothing defines. */
    UNKNOWN_CREDENTIAL(Kind.USER),
    /** An output that exists and would be overwritten. */
    OUTPUT_EXISTS(Kind.USER),
    /** A file format that is not read or written. */
    UNSUPPORTED_FORMAT(Kind.USER),
    /** A step that the engine cannot run. */
    UNSUPPORTED_BY_ENGINE(Kind.USER),
    /** More concurrency than the cluster has free. */
    CONCURRENCY_UNAVAILABLE(Kind.USER),
    /** The server refused: the credential is missing, wrong or lacks a permission. */
    SOURCE_FORBIDDEN(Kind.ENVIRONMENT),
    /** A shared access signature that is expired, not yet valid, or unfit for the request. */
    SAS_NOT_USABLE(Kind.ENVIRONMENT),
    /** The server or the network failed. */
    SOURCE_UNREACHABLE(Kind.ENVIRONMENT),
    /** The file or blob changed while it was read. */
    SOURCE_CHANGED(Kind.ENVIRONMENT),
    /** A file that exists and cannot be read, or a directory that cannot be written. */
    IO_FAILED(Kind.ENVIRONMENT),
    /** More memory asked for than the run may use. */
    OUT_OF_MEMORY(Kind.ENVIRONMENT),
    /** A cluster that does not answer, or that lost too many of its processes. */
    ENGINE_FAILED(Kind.ENVIRONMENT),
    /** A native or system library that is not there. */
    LIBRARY_MISSING(Kind.ENVIRONMENT),
    /** A file without a byte, or with a header and no rows where rows are needed. */
    EMPTY_SOURCE(Kind.DATA),
    /** Records that do not have the shape of their header, where that is not allowed. */
    MALFORMED_ROW(Kind.DATA),
    /** Bytes that are not text in the given encoding. */
    INVALID_ENCODING(Kind.DATA),
    /** A file that is not of its format, or is cut off or damaged. */
    DAMAGED_FILE(Kind.DATA),
    /** A column of a type that the language, or the format to be written, does not have. */
    UNSUPPORTED_TYPE(Kind.DATA),
    /** More error values than the error policy allows. */
    TOO_MANY_ERRORS(Kind.DATA),
    /** A key on two rows where it was expected on one. */
    DUPLICATE_KEY(Kind.DATA),
    /** Inputs of unlike numbers of rows where they must be the same. */
    UNEQUAL_LENGTHS(Kind.DATA),
    /** More different values in a column than the operation is allowed to find. */
    TOO_MANY_VALUES(Kind.DATA),
    /** Rows that hold nothing of what is to be learnt from them. */
    NOTHING_TO_LEARN(Kind.DATA),
    /** A column that the input must have, and does not. */
    MISSING_COLUMN(Kind.DATA),
    /** A target that cannot be learnt: all null, one class, or the wrong type for its task. */
    UNUSABLE_TARGET(Kind.DATA),
    /** A file that is not what it should be, or is cut off or damaged. */
    NOT_A_MODEL(Kind.DATA),
    /** A saved pipeline written by a newer Millrace. */
    NEWER_MODEL(Kind.DATA),
    /** A file that is not a saved plan. */
    NOT_A_PLAN(Kind.DATA),
    /** A saved plan written by a newer Millrace, or with a step that this one does not know. */
    NEWER_PLAN(Kind.DATA),
    /** A directory that does not hold an experiment that can be resumed. */
    NOT_AN_EXPERIMENT(Kind.DATA),
    /** No trial gave a model. */
    NO_TRIAL_SUCCEEDED(Kind.DATA),
    /** Stopped because somebody asked for it. */
    CANCELLED(Kind.CANCELLED),
    /** A bug in Millrace. */
    INTERNAL(Kind.INTERNAL);

    /** Whose fault an error is. Decides the exit code of the command. */
    public enum Kind {
        /** The caller's mistake: arguments, names, addresses. Exit code 2. */
        USER(2),
        /** The data's: empty, malformed, not a model. Exit code 3. */
        DATA(3),
        /** The environment's: permissions, network, memory, disk. Exit code 4. */
        ENVIRONMENT(4),
        /** Ours. Exit code 70. */
        INTERNAL(70),
        /** Nobody's: it was asked for. Exit code 130. */
        CANCELLED(130);

        private final int exitCode;

        Kind(int exitCode) {
            this.exitCode = exitCode;
        }

        /** The exit code of a command that ends with an error of this kind. */
        public int exitCode() {
            return exitCode;
        }
    }

    private final Kind kind;

    ErrorCode(Kind kind) {
        this.kind = kind;
    }

    /** Whose fault it is. */
    public Kind kind() {
        return kind;
    }
}
