/* What gathers of one series, and the quick way to it: `Pairs` and `Publish`, as pairs.py and
 * calls.py have them in Python.
 *
 * `publish` is called at any rate, and an empty function of Python costs more than what it has to
 * do. Here two numbers go from the call to a buffer of doubles. Whatever else is given, or when
 * there is no room or nobody takes, the same call goes to the function in Python.
 *
 * A call is one step for the interpreter: no other thread and no interrupt comes in between, since
 * all that it calls is the conversion of a number of Python's or of numpy's own. It takes a point
 * for each series that is named, or none.
 */

#define PY_SSIZE_T_CLEAN
#include <Python.h>

#include <datetime.h>
#include <math.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>
#include <structmember.h>

#ifdef Py_GIL_DISABLED
#error "a call is one step by the interpreter's lock: without it the way in Python is taken"
#endif

/* -- Pairs: x, y, x, y, ... as doubles ------------------------------------------------------ */

#define LEAST 16 /* numbers for which there is room at first */

typedef struct {
    PyObject_HEAD
    double *numbers;
    Py_ssize_t used, room;
    Py_ssize_t most;  /* from which on `Publish` leaves them to the function in Python */
    char is_open;     /* to numbers */
    char takes_times; /* counted from `origin`, a whole second since 1970 */
    long long origin;
} Pairs;

static PyObject *
pairs_new(PyTypeObject *type, PyObject *args, PyObject *named)
{
    static char *names[] = {"most", NULL};
    Py_ssize_t most;
    if (!PyArg_ParseTupleAndKeywords(args, named, "n", names, &most)) {
        return NULL;
    }
    Pairs *self = (Pairs *)type->tp_alloc(type, 0);
    if (self != NULL) {
        self->most = most;
    }
    return (PyObject *)self;
}

static void
pairs_dealloc(Pairs *self)
{
    PyTypeObject *type = Py_TYPE(self);
    PyMem_Free(self->numbers);
    type->tp_free(self);
    Py_DECREF(type);
}

static int
resize(Pairs *self, Py_ssize_t room)
{
    double *numbers = self->numbers;
    if (PyMem_Resize(numbers, double, room) == NULL) {
        return -1;
    }
    self->numbers = numbers;
    self->room = room;
    return 0;
}

/* Have room for two more; -1, and no error is set, where there is no memory. */
static inline int
make_room(Pairs *self)
{
    if (self->used + 2 <= self->room) {
        return 0;
    }
    return resize(self, self->room ? 2 * self->room : LEAST);
}

/* Give back most of the room where it is much more than what is used, or was of late. */
static void
shrink(Pairs *self, Py_ssize_t of_late)
{
    Py_ssize_t room = self->used > of_late ? self->used : of_late;
    room = 2 * (room > LEAST ? room : LEAST);
    if (2 * room <= self->room) {
        resize(self, room); /* without memory it stays */
    }
}

static inline void
append(Pairs *self, double x, double y)
{
    self->numbers[self->used++] = x;
    self->numbers[self->used++] = y;
}

static PyObject *
pairs_extend(Pairs *self, PyObject *pair)
{
    double x, y;
    if (!PyArg_Parse(pair, "(dd)", &x, &y)) {
        return NULL;
    }
    if (make_room(self) < 0) {
        return PyErr_NoMemory();
    }
    append(self, x, y);
    Py_RETURN_NONE;
}

/* How many of the first numbers are meant: all, as with a list, where there are not as many, for
 * another thread may have cleared them. -1 with an error where that is no count.
 */
static Py_ssize_t
count_of(Pairs *self, PyObject *given)
{
    Py_ssize_t count = PyLong_AsSsize_t(given);
    if (count < 0) {
        if (!PyErr_Occurred()) {
            PyErr_Format(PyExc_ValueError, "%zd numbers", count);
        }
        return -1;
    }
    return count < self->used ? count : self->used;
}

static PyObject *
pairs_first(Pairs *self, PyObject *given)
{
    Py_ssize_t count = count_of(self, given);
    if (count < 0) {
        return NULL;
    }
    return PyByteArray_FromStringAndSize((char *)self->numbers, count * sizeof(double));
}

static PyObject *
pairs_forget(Pairs *self, PyObject *given)
{
    Py_ssize_t count = count_of(self, given);
    if (count < 0) {
        return NULL;
    }
    self->used -= count;
    if (self->used && count) {
        memmove(self->numbers, self->numbers + count, self->used * sizeof(double));
    }
    shrink(self, count);
    Py_RETURN_NONE;
}

static PyObject *
pairs_clear(Pairs *self, PyObject *Py_UNUSED(none))
{
    self->used = 0;
    shrink(self, 0);
    Py_RETURN_NONE;
}

static Py_ssize_t
pairs_length(Pairs *self)
{
    return self->used;
}

static PyMethodDef pairs_methods[] = {
    {"extend", (PyCFunction)pairs_extend, METH_O, "Append x and y, a tuple of two numbers."},
    {"first", (PyCFunction)pairs_first, METH_O, "Return the bytes of the first so many numbers."},
    {"forget", (PyCFunction)pairs_forget, METH_O, "Remove the first so many numbers."},
    {"clear", (PyCFunction)pairs_clear, METH_NOARGS, "Remove all numbers."},
    {NULL},
};

static PyMemberDef pairs_members[] = {
    {"is_open", T_BOOL, offsetof(Pairs, is_open), 0, "True while x may be a number."},
    {"takes_times", T_BOOL, offsetof(Pairs, takes_times), 0, "True while x may be a datetime."},
    {"origin", T_LONGLONG, offsetof(Pairs, origin), 0, "The second from which times count."},
    {NULL},
};

static PyType_Slot pairs_slots[] = {
    {Py_tp_doc, "Pairs(most)\n--\n\nThe numbers of a series, x, y, x, y, ..., as doubles."},
    {Py_tp_new, pairs_new},
    {Py_tp_dealloc, pairs_dealloc},
    {Py_tp_methods, pairs_methods},
    {Py_tp_members, pairs_members},
    {Py_sq_length, pairs_length},
    {0, NULL},
};

static PyType_Spec pairs_spec = {
    .name = "zwsnb.quick.in_c.Pairs",
    .basicsize = sizeof(Pairs),
    .flags = Py_TPFLAGS_DEFAULT | Py_TPFLAGS_IMMUTABLETYPE,
    .slots = pairs_slots,
};

/* -- Publish: a `publish` function ----------------------------------------------------------- */

#define MOST_SERIES 32 /* of a call; of more it is left to the function in Python */

typedef struct {
    PyObject_HEAD
    vectorcallfunc vectorcall;
    PyObject *closer;      /* the function in Python */
    Pairs *items;          /* those of the default series */
    PyObject *named;       /* a dict, `Pairs` by the name of their series */
    PyObject *numbers;     /* a tuple, the types of numpy's numbers */
    PyTypeObject *float64; /* numpy's, which is a float */
    PyObject *x, *series, *plot; /* the words */
    PyObject *timestamp;         /* the name of a method of datetimes */
    PyObject *dict, *weak;
} Publish;

static PyObject *
publish_new(PyTypeObject *type, PyObject *args, PyObject *words)
{
    PyObject *closer, *items, *named, *float64, *numbers;
    if (words != NULL && PyDict_GET_SIZE(words)) {
        PyErr_SetString(PyExc_TypeError, "Publish takes no keyword arguments");
        return NULL;
    }
    if (!PyArg_ParseTuple(args, "OOO!O!O!", &closer, &items, &PyDict_Type, &named, &PyType_Type,
                          &float64, &PyTuple_Type, &numbers)) {
        return NULL;
    }
    int is_pairs = Py_IS_TYPE(items, *(PyTypeObject **)PyType_GetModuleState(type));
    if (!is_pairs || !PyType_IsSubtype((PyTypeObject *)float64, &PyFloat_Type)) {
        PyErr_SetString(PyExc_TypeError, "items are Pairs, and float64 is a float");
        return NULL;
    }
    Publish *self = (Publish *)type->tp_alloc(type, 0);
    if (self == NULL) {
        return NULL;
    }
    self->closer = Py_NewRef(closer);
    self->items = (Pairs *)Py_NewRef(items);
    self->named = Py_NewRef(named);
    self->float64 = (PyTypeObject *)Py_NewRef(float64);
    self->numbers = Py_NewRef(numbers);
    self->x = PyUnicode_InternFromString("x");
    self->series = PyUnicode_InternFromString("series");
    self->plot = PyUnicode_InternFromString("plot");
    self->timestamp = PyUnicode_InternFromString("timestamp");
    if (self->x == NULL || self->series == NULL || self->plot == NULL || self->timestamp == NULL) {
        Py_DECREF(self);
        return NULL;
    }
    return (PyObject *)self;
}

static int
publish_traverse(Publish *self, visitproc visit, void *arg)
{
    Py_VISIT(Py_TYPE(self));
    Py_VISIT(self->closer);
    Py_VISIT(self->items);
    Py_VISIT(self->named);
    Py_VISIT(self->float64);
    Py_VISIT(self->numbers);
    Py_VISIT(self->dict);
    return 0;
}

/* What can be part of a circle; the rest is needed by a call that comes after all. */
static int
publish_clear(Publish *self)
{
    Py_CLEAR(self->closer);
    Py_CLEAR(self->dict);
    return 0;
}

static void
publish_dealloc(Publish *self)
{
    PyTypeObject *type = Py_TYPE(self);
    PyObject_GC_UnTrack(self);
    if (self->weak != NULL) {
        PyObject_ClearWeakRefs((PyObject *)self);
    }
    publish_clear(self);
    Py_CLEAR(self->items);
    Py_CLEAR(self->named);
    Py_CLEAR(self->numbers);
    Py_CLEAR(self->float64);
    Py_CLEAR(self->x);
    Py_CLEAR(self->series);
    Py_CLEAR(self->plot);
    Py_CLEAR(self->timestamp);
    type->tp_free(self);
    Py_DECREF(type);
}

static int
is_of_numpy(Publish *self, PyObject *type)
{
    for (Py_ssize_t i = 0; i < PyTuple_GET_SIZE(self->numbers); i++) {
        if (PyTuple_GET_ITEM(self->numbers, i) == type) {
            return 1;
        }
    }
    return 0;
}

/* Find the value of a finite number; 0 where it is none, or needs a closer look. */
static inline int
number_of(Publish *self, PyObject *given, double *found)
{
    PyTypeObject *type = Py_TYPE(given);
    if (type == &PyFloat_Type || type == self->float64) {
        *found = PyFloat_AS_DOUBLE(given);
        return isfinite(*found);
    }
    if (type == &PyLong_Type) {
        *found = PyLong_AsDouble(given);
    }
    else if (is_of_numpy(self, (PyObject *)type)) {
        *found = PyFloat_AsDouble(given);
    }
    else {
        return 0;
    }
    if (*found == -1.0 && PyErr_Occurred()) {
        PyErr_Clear(); /* it is too large for a double, and told so in Python */
        return 0;
    }
    return isfinite(*found);
}

/* Where the numbers of a series gather; NULL where that is not known, or needs a closer look. */
static inline Pairs *
pairs_named(Publish *self, PyObject *name)
{
    if (!PyUnicode_CheckExact(name)) {
        return NULL;
    }
    PyObject *found = PyDict_GetItemWithError(self->named, name);
    if (found == NULL) {
        PyErr_Clear();
        return NULL;
    }
    return Py_IS_TYPE(found, Py_TYPE(self->items)) ? (Pairs *)found : NULL;
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
seconds_of(Publish *self, PyObject *given, long long origin, double *found)
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
        PyObject *timestamp = PyObject_CallMethodNoArgs(given, self->timestamp);
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

/* Find an x for what gathers there; 0 where it needs a closer look. */
static inline int
x_of(Publish *self, PyObject *given, Pairs *pairs, double *found)
{
    if (pairs == NULL) {
        return 0;
    }
    return pairs->is_open       ? number_of(self, given, found)
           : pairs->takes_times ? seconds_of(self, given, pairs->origin, found)
                                : 0;
}

/* Make ready for a point; 0 where there are enough for now, or there is no memory. */
static inline int
is_ready(Pairs *pairs)
{
    return pairs->used < pairs->most && make_room(pairs) == 0;
}

/* Whether an x for one is an x for the other too. */
static inline int
is_like(Pairs *pairs, Pairs *other)
{
    return pairs->is_open == other->is_open && pairs->takes_times == other->takes_times
           && pairs->origin == other->origin;
}

/* publish(x, y), publish(x, y, "name") and publish(x, y, series="name"); n: how many words */
static inline int
take_one(Publish *self, PyObject *const *given, Py_ssize_t n_given, PyObject *words, Py_ssize_t n)
{
    Pairs *pairs = self->items;
    double x, y;
    if (n_given + n == 3) {
        if (n && PyTuple_GET_ITEM(words, 0) != self->series) {
            return 0;
        }
        pairs = pairs_named(self, given[2]);
    }
    if (!x_of(self, given[0], pairs, &x) || !number_of(self, given[1], &y) || !is_ready(pairs)) {
        return 0;
    }
    append(pairs, x, y);
    return 1;
}

/* Whether a word is a parameter of `publish`, but y, which is a series too. */
static inline int
is_parameter(Publish *self, PyObject *word)
{
    return word == self->x || word == self->series || word == self->plot
           || (!PyUnicode_CHECK_INTERNED(word)
               && (PyUnicode_Compare(word, self->x) == 0
                   || PyUnicode_Compare(word, self->series) == 0
                   || PyUnicode_Compare(word, self->plot) == 0));
}

/* publish(x, name=y, ...) */
static inline int
take_named(Publish *self, PyObject *const *given, PyObject *words, Py_ssize_t n)
{
    Pairs *pairs[MOST_SERIES];
    double x, y[MOST_SERIES];
    if (n > MOST_SERIES) {
        return 0;
    }
    for (Py_ssize_t i = 0; i < n; i++) {
        PyObject *word = PyTuple_GET_ITEM(words, i);
        pairs[i] = is_parameter(self, word) ? NULL : pairs_named(self, word);
        for (Py_ssize_t k = 0; k < i; k++) {
            if (pairs[k] == pairs[i]) { /* there is room for one point only */
                return 0;
            }
        }
        if (i ? pairs[i] == NULL || !is_like(pairs[i], pairs[0])
              : !x_of(self, given[0], pairs[0], &x)) {
            return 0;
        }
        if (!number_of(self, given[1 + i], &y[i]) || !is_ready(pairs[i])) {
            return 0;
        }
    }
    for (Py_ssize_t i = 0; i < n; i++) {
        append(pairs[i], x, y[i]);
    }
    return 1;
}

static PyObject *
publish_call(Publish *self, PyObject *const *given, size_t flags, PyObject *words)
{
    Py_ssize_t n_given = PyVectorcall_NARGS(flags), n = words == NULL ? 0 : PyTuple_GET_SIZE(words);
    int is_taken = n_given == 1          ? n && take_named(self, given, words, n)
                   : n_given + n <= 3    ? n_given > 1 && take_one(self, given, n_given, words, n)
                                         : 0;
    if (is_taken) {
        Py_RETURN_NONE;
    }
    if (self->closer == NULL) {
        PyErr_SetString(PyExc_RuntimeError, "this publish is being removed");
        return NULL;
    }
    return PyObject_Vectorcall(self->closer, given, flags, words);
}

static PyObject *
publish_alloc(PyTypeObject *type, Py_ssize_t n)
{
    Publish *self = (Publish *)PyType_GenericAlloc(type, n);
    if (self != NULL) {
        self->vectorcall = (vectorcallfunc)publish_call;
    }
    return (PyObject *)self;
}

static PyObject *
publish_repr(Publish *self)
{
    return PyObject_Repr(self->closer);
}

/* As a function is: by its name, where it has one by which another process finds its own. */
static PyObject *
publish_reduce(PyObject *self, PyObject *Py_UNUSED(protocol))
{
    PyObject *name = PyObject_GetAttrString(self, "__qualname__");
    if (name != NULL && PyUnicode_Check(name) && PyUnicode_FindChar(name, '<', 0, PY_SSIZE_T_MAX, 1) >= 0) {
        Py_DECREF(name);
        PyErr_SetString(PyExc_TypeError,
                        "a plot's publish belongs to its process: hand over the Plot itself");
        return NULL;
    }
    return name;
}

static PyObject *
publish_copy(PyObject *self, PyObject *Py_UNUSED(given))
{
    return Py_NewRef(self);
}

static PyMethodDef publish_methods[] = {
    {"__reduce_ex__", publish_reduce, METH_O, NULL},
    {"__copy__", publish_copy, METH_NOARGS, NULL},
    {"__deepcopy__", publish_copy, METH_O, NULL},
    {NULL},
};

static PyMemberDef publish_members[] = {
    {"__vectorcalloffset__", T_PYSSIZET, offsetof(Publish, vectorcall), READONLY, NULL},
    {"__dictoffset__", T_PYSSIZET, offsetof(Publish, dict), READONLY, NULL},
    {"__weaklistoffset__", T_PYSSIZET, offsetof(Publish, weak), READONLY, NULL},
    {NULL},
};

static PyGetSetDef publish_attributes[] = {
    {"__dict__", PyObject_GenericGetDict, PyObject_GenericSetDict, NULL, NULL},
    {NULL},
};

static PyType_Slot publish_slots[] = {
    {Py_tp_new, publish_new},
    {Py_tp_alloc, publish_alloc},
    {Py_tp_traverse, publish_traverse},
    {Py_tp_clear, publish_clear},
    {Py_tp_dealloc, publish_dealloc},
    {Py_tp_call, PyVectorcall_Call},
    {Py_tp_repr, publish_repr},
    {Py_tp_methods, publish_methods},
    {Py_tp_members, publish_members},
    {Py_tp_getset, publish_attributes},
    {0, NULL},
};

static PyType_Spec publish_spec = {
    .name = "zwsnb.quick.in_c.Publish",
    .basicsize = sizeof(Publish),
    .flags = Py_TPFLAGS_DEFAULT | Py_TPFLAGS_HAVE_GC | Py_TPFLAGS_HAVE_VECTORCALL
             | Py_TPFLAGS_IMMUTABLETYPE,
    .slots = publish_slots,
};

/* -- the module ------------------------------------------------------------------------------ */

#define VERSION 1 /* of what pairs.py and calls.py need of this module */

/* The state of the module is the type of `Pairs`. */

static PyTypeObject *
added(PyObject *module, PyType_Spec *spec)
{
    PyTypeObject *type = (PyTypeObject *)PyType_FromModuleAndSpec(module, spec, NULL);
    if (type != NULL && PyModule_AddType(module, type) < 0) {
        Py_CLEAR(type);
    }
    return type;
}

static int
fill(PyObject *module)
{
    PyTypeObject **pairs = PyModule_GetState(module);
    PyDateTime_IMPORT;
    if (PyDateTimeAPI == NULL || PyModule_AddIntConstant(module, "VERSION", VERSION) < 0) {
        return -1;
    }
    *pairs = added(module, &pairs_spec);
    PyTypeObject *publish = *pairs == NULL ? NULL : added(module, &publish_spec);
    Py_XDECREF(publish); /* the module has it */
    return publish == NULL ? -1 : 0;
}

static int
module_traverse(PyObject *module, visitproc visit, void *arg)
{
    PyTypeObject **pairs = PyModule_GetState(module);
    Py_VISIT(*pairs);
    return 0;
}

static int
module_clear(PyObject *module)
{
    PyTypeObject **pairs = PyModule_GetState(module);
    Py_CLEAR(*pairs);
    return 0;
}

static PyModuleDef_Slot slots[] = {
    {Py_mod_exec, fill},
#if PY_VERSION_HEX >= 0x030C0000
    {Py_mod_multiple_interpreters, Py_MOD_MULTIPLE_INTERPRETERS_NOT_SUPPORTED},
#endif
    {0, NULL},
};

static PyModuleDef definition = {
    PyModuleDef_HEAD_INIT,
    .m_name = "zwsnb.quick.in_c",
    .m_doc = "The quick way of numbers to where they gather, in C.",
    .m_size = sizeof(PyTypeObject *),
    .m_slots = slots,
    .m_traverse = module_traverse,
    .m_clear = module_clear,
};

PyMODINIT_FUNC
PyInit_in_c(void)
{
    return PyModuleDef_Init(&definition);
}
