/* The doubles that numbers of Python's or numpy's own are, and datetimes that are local or in UTC. None
 * of this runs code of a program.
 */

typedef struct {
    PyObject *numbers;     /* a tuple, the types of numpy's numbers */
    PyTypeObject *float64; /* numpy's, which is a float */
    PyObject *timestamp;   /* the name of a method of datetimes */
} Types;

static int
is_of_numpy(Types *types, PyObject *type)
{
    for (Py_ssize_t i = 0; i < PyTuple_GET_SIZE(types->numbers); i++) {
        if (PyTuple_GET_ITEM(types->numbers, i) == type) {
            return 1;
        }
    }
    return 0;
}

/* Find the value of a number; 0 where it is none, or needs a closer look. */
static inline int
number_of(Types *types, PyObject *given, double *found)
{
    PyTypeObject *type = Py_TYPE(given);
    if (type == &PyFloat_Type || type == types->float64) {
        *found = PyFloat_AS_DOUBLE(given);
        return 1;
    }
    if (type == &PyLong_Type) {
        *found = PyLong_AsDouble(given);
    }
    else if (is_of_numpy(types, (PyObject *)type)) {
        *found = PyFloat_AsDouble(given);
    }
    else {
        return 0;
    }
    if (*found == -1.0 && PyErr_Occurred()) {
        PyErr_Clear(); /* it is too large for a double, and told so in Python */
        return 0;
    }
    return 1;
}

#define DAY 86400
#define NEAR 4000000000LL /* seconds since 1970 whose microseconds a double has */

/* Days from 1970 to a day of the proleptic Gregorian calendar, whose years are counted from March. */
static long long
days_of(int year, int month, int day)
{
    long long y = month > 2 ? year : year - 1, era = (y >= 0 ? y : y - 399) / 400;
    long long of_era = y - 400 * era, of_year = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1;
    return 146097 * era + 365 * of_era + of_era / 4 - of_era / 100 + of_year - 719468;
}

/* Find the seconds from `origin` to a datetime; 0 where it is none, or needs a closer look.
 *
 * Its zone is UTC, or it has none and is local; another zone may be a program's own.
 */
static int
seconds_of(Types *types, PyObject *given, long long origin, double *found)
{
    if (!PyDateTime_CheckExact(given) || origin > NEAR || origin < -NEAR) {
        return 0;
    }
    PyObject *zone = PyDateTime_DATE_GET_TZINFO(given);
    long long microseconds;
    if (zone == PyDateTime_TimeZone_UTC) {
        long long days = days_of(PyDateTime_GET_YEAR(given), PyDateTime_GET_MONTH(given),
                                 PyDateTime_GET_DAY(given));
        int minutes = 60 * PyDateTime_DATE_GET_HOUR(given) + PyDateTime_DATE_GET_MINUTE(given);
        long long seconds = DAY * days + 60 * minutes + PyDateTime_DATE_GET_SECOND(given);
        if (llabs(seconds) > NEAR) {
            return 0;
        }
        microseconds = 1000000 * seconds + PyDateTime_DATE_GET_MICROSECOND(given);
    }
    else if (zone == Py_None) {
        PyObject *timestamp = PyObject_CallMethodNoArgs(given, types->timestamp);
        if (timestamp == NULL) {
            PyErr_Clear(); /* it is before or after what the system knows, and told so in Python */
            return 0;
        }
        double seconds = PyFloat_AsDouble(timestamp);
        Py_DECREF(timestamp);
        if (!(fabs(seconds) < NEAR)) {
            return 0;
        }
        microseconds = llrint(1e6 * seconds);
    }
    else {
        return 0;
    }
    *found = (double)(microseconds - 1000000 * origin) / 1e6; /* both are exact: it rounds once */
    return 1;
}
