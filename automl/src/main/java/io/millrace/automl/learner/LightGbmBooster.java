package io.millrace.automl.learner;

import static io.millrace.automl.learner.LightGbmLibrary.check;

import com.microsoft.ml.lightgbm.SWIGTYPE_p_double;
import com.microsoft.ml.lightgbm.SWIGTYPE_p_int;
import com.microsoft.ml.lightgbm.SWIGTYPE_p_long_long;
import com.microsoft.ml.lightgbm.SWIGTYPE_p_p_void;
import com.microsoft.ml.lightgbm.SWIGTYPE_p_void;
import com.microsoft.ml.lightgbm.lightgbmlib;

/** A model that LightGBM is growing, in native memory until closed. It must be closed before its datasets. */
final class LightGbmBooster implements AutoCloseable {
    private static final int VALIDATION = 1;
    private static final long FIRST_TEXT_SIZE = 1 << 20;

    private final SWIGTYPE_p_void handle;
    private final SWIGTYPE_p_int integer = lightgbmlib.new_intp();
    private final SWIGTYPE_p_double number = lightgbmlib.new_doublep();

    private LightGbmBooster(SWIGTYPE_p_void handle) {
        this.handle = handle;
    }

    static LightGbmBooster of(LightGbmDataset train, String parameters) {
        SWIGTYPE_p_p_void created = lightgbmlib.new_voidpp();
        try {
            check(lightgbmlib.LGBM_BoosterCreate(train.handle(), parameters, created));
            return new LightGbmBooster(lightgbmlib.voidpp_value(created));
        } finally {
            lightgbmlib.delete_voidpp(created);
        }
    }

    /** Computes the one metric of the parameters on those rows from here on. */
    void validateOn(LightGbmDataset validation) {
        check(lightgbmlib.LGBM_BoosterAddValidData(handle, validation.handle()));
    }

    /** Adds the trees of one round; false if no split improves the model, and then none was added. */
    boolean update() {
        check(lightgbmlib.LGBM_BoosterUpdateOneIter(handle, integer));
        return lightgbmlib.intp_value(integer) == 0;
    }

    /** The metric on the validation rows. */
    double validationLoss() {
        check(lightgbmlib.LGBM_BoosterGetEval(handle, VALIDATION, integer, number));
        return lightgbmlib.doublep_value(number);
    }

    /** The first rounds of the model in LightGBM's text format. */
    String text(int rounds) {
        SWIGTYPE_p_long_long size = lightgbmlib.new_int64_tp();
        try {
            String text = lightgbmlib.LGBM_BoosterSaveModelToStringSWIG(handle, 0, rounds, 0, FIRST_TEXT_SIZE, size);
            if (text == null) {
                throw new LearnerException("Cannot fit with LightGBM: " + lightgbmlib.LGBM_GetLastError());
            }
            return text;
        } finally {
            lightgbmlib.delete_int64_tp(size);
        }
    }

    SWIGTYPE_p_void handle() {
        return handle;
    }

    @Override
    public void close() {
        lightgbmlib.delete_intp(integer);
        lightgbmlib.delete_doublep(number);
        check(lightgbmlib.LGBM_BoosterFree(handle));
    }
}
