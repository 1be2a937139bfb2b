package io.millrace.dataflow.profile;

import io.millrace.dataflow.schema.Schema;
import io.millrace.dataflow.table.ReadReport;
import io.millrace.dataflow.table.Reduction;
import java.util.Objects;

/** Makes the profile of rows. */
public final class ProfileReduction implements Reduction<ProfileShare, Profile> {
    /** The word for this kind of reduction. */
    public static final String NAME = "profile";

    private static final String SEMANTIC = " semantic_types";

    private final ProfileOptions options;

    private ProfileReduction(ProfileOptions options) {
        this.options = options;
    }

    /** A reduction to a profile with these options. */
    public static ProfileReduction of(ProfileOptions options) {
        return new ProfileReduction(Objects.requireNonNull(options, "options"));
    }

    /** The reduction of which {@code settings} are the {@link #settings}. */
    public static ProfileReduction read(String settings) {
        int bins = Integer.parseInt(settings.replace(SEMANTIC, ""));
        ProfileOptions options = ProfileOptions.defaults().bins(bins);
        return of(settings.endsWith(SEMANTIC) ? options.withSemanticTypes() : options);
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public String settings() {
        return options.bins() + (options.hasSemanticTypes() ? SEMANTIC : "");
    }

    @Override
    public ProfileShare share(Schema schema) {
        return new ProfileShare(schema, options);
    }

    @Override
    public ProfileShare share(Schema schema, byte[] bytes) {
        return new ProfileShare(schema, options, bytes);
    }

    @Override
    public Profile value(ProfileShare whole, ReadReport report) {
        return whole.profile(options, report);
    }
}
