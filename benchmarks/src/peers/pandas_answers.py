"""Prints what pandas answers where docs/semantics.md compares it: run with Python 3 and pandas, nothing else is needed."""
import warnings

import numpy as np
import pandas as pd

S = pd.Series
BERLIN = "Europe/Berlin"


def ask(what, question):
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        try:
            answer = question()
        except Exception as problem:
            answer = "fails: " + type(problem).__name__
    print(f"{what}: {answer}" + (" and a warning" if caught else ""))


print("pandas", pd.__version__)
ask("null = null", lambda: (S([None, 1.0]) == S([None, 1.0])).tolist())
ask("null = null, nullable", lambda: (S([None, 1], dtype="Int64") == S([None, 1], dtype="Int64")).tolist())
ask("null and false", lambda: (S([None], dtype="boolean") & False).tolist())
ask("x <> 1", lambda: S([1.0, None, 2])[lambda x: x != 1].tolist())
ask("not (x in (1, null))", lambda: S([1.0, None, 2])[lambda x: ~x.isin([1, None])].tolist())
ask("sum of no value", lambda: S([None], dtype=float).sum())
ask("null key of a group-by", lambda: pd.DataFrame({"x": [1, None], "y": 1}).groupby("x").y.count().to_dict())
ask("join on null", lambda: len(pd.DataFrame({"x": [1, None]}).merge(pd.DataFrame({"x": [1, None]}), on="x")))
ask("ascending", lambda: S([2, None, 1.0]).sort_values().tolist())
ask("descending", lambda: S([2, None, 1.0]).sort_values(ascending=False).tolist())
ask("concat('a', null)", lambda: (S(["a"]) + S([None], dtype="str")).tolist())
ask("greatest(1, null)", lambda: pd.DataFrame({"a": [1], "b": [None]}).max(axis=1).tolist())
ask("first of null, 1", lambda: pd.DataFrame({"k": [1, 1], "x": [None, 1]}).groupby("k").x.first().tolist())
ask("element beyond the end", lambda: S([[1, 2]]).str[5].tolist())
ask("NaN = NaN", lambda: (S([np.nan]) == S([np.nan])).tolist())
ask("maximum of NaN, 1", lambda: S([np.nan, 1.0]).max())
ask("groups of -0.0, 0.0", lambda: len(pd.DataFrame({"x": [-0.0, 0.0], "y": 1}).groupby("x").y.count()))
ask("square root of -1", lambda: np.sqrt(S([-1.0])).tolist())
ask("logarithm of 0", lambda: np.log(S([0.0])).tolist())
ask("largest + 1", lambda: (S([9223372036854775807]) + 1).tolist())
ask("sum of largest, 1", lambda: S([9223372036854775807, 1]).sum())
ask("absolute value of least", lambda: S([-9223372036854775808]).abs().tolist())
ask("1 / 0", lambda: (S([1]) / 0).tolist())
ask("7 mod 0", lambda: (S([7]) % 0).tolist())
ask("-7 mod 3", lambda: (S([-7]) % 3).tolist())
ask("-7 / 2, whole", lambda: (S([-7]) // 2).tolist())
ask("round(-2.5)", lambda: S([-2.5]).round().tolist())
ask("'abc' to whole", lambda: S(["abc"]).astype(int).tolist())
ask("' 12 ' to whole", lambda: S([" 12 "]).astype(int).tolist())
ask("'12d' to float", lambda: S(["12d"]).astype(float).tolist())
ask("1.9 to whole", lambda: S([1.9]).astype(int).tolist())
ask("1e20 to whole", lambda: S([1e20]).astype(int).tolist())
ask("'2024-02-30' to date", lambda: pd.to_datetime(S(["2024-02-30"])).tolist())
ask("1 = '1'", lambda: (S([1]) == S(["1"])).tolist())
ask("9007199254740993 = 9007199254740992.0", lambda: (S([9007199254740993]) == S([9007199254740992.0])).tolist())
ask("2024-01-31 and a month", lambda: pd.Timestamp("2024-01-31") + pd.DateOffset(months=1))
ask("a time that clocks skip", lambda: pd.Timestamp("2024-03-31 02:30").tz_localize(BERLIN))
ask("a time that comes twice", lambda: pd.Timestamp("2024-10-27 02:30").tz_localize(BERLIN))
ask("number of a Monday", lambda: pd.Timestamp("2024-01-01").dayofweek)
ask("upper('ß')", lambda: S(["ß"]).str.upper().tolist())
ask("length('😀')", lambda: S(["😀"]).str.len().tolist())
ask("U+FFFF < '😀'", lambda: "\uffff" < "😀")
ask("skewness", lambda: S([1, 2, 4, 9.0]).skew())
ask("quarter quantile", lambda: S([1, 2, 4, 9.0]).quantile(0.25))
ask("deviation of one value", lambda: S([1.0]).std())
ask("order of groups", lambda: pd.DataFrame({"k": [2, 1], "x": 1}).groupby("k").x.first().index.tolist())
