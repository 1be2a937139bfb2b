package io.millrace.automl.learner;

import static com.microsoft.ml.lightgbm.lightgbmlib.C_API_DTYPE_FLOAT32;
import static com.microsoft.ml.lightgbm.lightgbmlib.C_API_DTYPE_FLOAT64;
import static io.millrace.automl.learner.LightGbmLibrary.check;

import com.microsoft.ml.lightgbm.SWIGTYPE_p_double;
import com.microsoft.ml.lightgbm.SWIGTYPE_p_float;
import com.microsoft.ml.lightgbm.SWIGTYPE_p_p_void;
import com.microsoft.ml.lightgbm.SWIGTYPE_p_void;
import com.microsoft.ml.lightgbm.lightgbmlib;
import org.jspecify.annotations.Nullable;

/** Rows binned by LightGBM, in native memory until closed. */
final class LightGbmDataset implements AutoCloseable {
    private final SWIGTYPE_p_void handle;

    private LightGbmDataset(SWIGTYPE_p_void handle) {
        this.handle = handle;
    }

    /** Bins rows; with the bins of {@code reference} if there is one. */
    static LightGbmDataset of(
            TrainingSet set, double[] target, String parameters, @Nullable LightGbmDataset reference) {
        SWIGTYPE_p_double values = copy(set.matrix());
        SWIGTYPE_p_p_void created = lightgbmlib.new_voidpp();
        LightGbmDataset dataset;
        try {
            check(lightgbmlib.LGBM_DatasetCreateFromMat(
                    lightgbmlib.double_to_voidp_ptr(values),
                    C_API_DTYPE_FLOAT64,
                    set.rows(),
                    set.matrix().features().size(),
                    0,
                    parameters,
                    reference == null ? null : reference.handle,
                    created));
            dataset = new LightGbmDataset(lightgbmlib.voidpp_value(created));
        } finally {
            lightgbmlib.delete_voidpp(created);
            lightgbmlib.delete_doubleArray(values);
        }
        try {
            dataset.setField("label", target);
            double[] weights = set.weights();
            if (weights != null) {
                dataset.setField("weight", weights);
            }
            return dataset;
        } catch (RuntimeException e) {
            dataset.close();
            throw e;
        }
    }

    /** The columns one after the other in native memory, which the caller frees. */
    private static SWIGTYPE_p_double copy(Matrix matrix) {
        int rows = matrix.rows();
        SWIGTYPE_p_double values =
                lightgbmlib.new_doubleArray((long) rows * matrix.features().size());
        long at = 0;
        for (int feature = 0; feature < matrix.features().size(); feature++) {
            double[] column = matrix.column(feature);
            for (int row = 0; row < rows; row++) {
                lightgbmlib.doubleArray_setitem(values, at++, column[row]);
            }
        }
        return values;
    }

    private void setField(String name, double[] values) {
        SWIGTYPE_p_float array = lightgbmlib.new_floatArray(values.length);
        try {
            for (int row = 0; row < values.length; row++) {
                lightgbmlib.floatArray_setitem(array, row, (float) values[row]);
            }
            check(lightgbmlib.LGBM_DatasetSetField(
                    handle, name, lightgbmlib.float_to_voidp_ptr(array), values.length, C_API_DTYPE_FLOAT32));
        } finally {
            lightgbmlib.delete_floatArray(array);
        }
    }

    SWIGTYPE_p_void handle() {
        return handle;
    }

    @Override
    public void close() {
        check(lightgbmlib.LGBM_DatasetFree(handle));
    }
}
