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

#include "pairs.h"
#include "values.h"

/* -- Publish: a `publish` function ----------------------------------------------------------- */

#define MOST_SERIES 32 /* of a call; of more it is left to the function in Python */

typedef struct {
    PyObject_HEAD
    vectorcallfunc vectorcall;
    PyObject *closer;      /* the function in Python */
    Pairs *items;          /* those of the default series */
    PyObject *named;       /* a dict, `Pairs` by the name of their series */
    PyObject *plots;       /* a dict of those of other plots, by the name of the plot */
    Types types;
    PyObject *x, *y, *series, *plot; /* the words; y is the default series too */
    PyObject *dict, *weak;
} Publish;

static PyObject *
publish_new(PyTypeObject *type, PyObject *args, PyObject *words)
{
    PyObject *closer, *items, *named, *plots, *float64, *numbers;
    if (words != NULL && PyDict_GET_SIZE(words)) {
        PyErr_SetString(PyExc_TypeError, "Publish takes no keyword arguments");
        return NULL;
    }
    if (!PyArg_ParseTuple(args, "OOO!O!O!O!", &closer, &items, &PyDict_Type, &named, &PyDict_Type,
                          &plots, &PyType_Type, &float64, &PyTuple_Type, &numbers)) {
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
    self->plots = Py_NewRef(plots);
    self->types.float64 = (PyTypeObject *)Py_NewRef(float64);
    self->types.numbers = Py_NewRef(numbers);
    self->x = PyUnicode_InternFromString("x");
    self->y = PyUnicode_InternFromString("y");
    self->series = PyUnicode_InternFromString("series");
    self->plot = PyUnicode_InternFromString("plot");
    self->types.timestamp = PyUnicode_InternFromString("timestamp");
    if (self->x == NULL || self->y == NULL || self->series == NULL || self->plot == NULL
        || self->types.timestamp == NULL) {
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
    Py_VISIT(self->plots);
    Py_VISIT(self->types.float64);
    Py_VISIT(self->types.numbers);
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
    Py_CLEAR(self->plots);
    Py_CLEAR(self->types.numbers);
    Py_CLEAR(self->types.float64);
    Py_CLEAR(self->x);
    Py_CLEAR(self->y);
    Py_CLEAR(self->series);
    Py_CLEAR(self->plot);
    Py_CLEAR(self->types.timestamp);
    type->tp_free(self);
    Py_DECREF(type);
}

/* What a dict has under a name, or NULL; it runs no code, for its names are plain texts. */
static inline PyObject *
found_in(PyObject *dict, PyObject *name)
{
    if (!PyUnicode_CheckExact(name)) {
        return NULL;
    }
    PyObject *found = PyDict_GetItemWithError(dict, name);
    if (found == NULL) {
        PyErr_Clear();
    }
    return found;
}

/* Where the numbers of a series gather; NULL where that is not known, or needs a closer look. */
static inline Pairs *
pairs_named(Publish *self, PyObject *known, PyObject *name)
{
    PyObject *found = known != NULL && PyDict_CheckExact(known) ? found_in(known, name) : NULL;
    return found != NULL && Py_IS_TYPE(found, Py_TYPE(self->items)) ? (Pairs *)found : NULL;
}

/* Find an x for what gathers there; 0 where it needs a closer look. */
static inline int
x_of(Publish *self, PyObject *given, Pairs *pairs, double *found)
{
    if (pairs == NULL) {
        return 0;
    }
    if (pairs->is_open) {
        return number_of(&self->types, given, found) && isfinite(*found);
    }
    return pairs->takes_times && seconds_of(&self->types, given, pairs->origin, found);
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

/* What was given for a parameter, or NULL where that was nothing or None. */
static inline PyObject *
unless_none(PyObject *given)
{
    return given == Py_None ? NULL : given;
}

/* publish(x, y), with a series, a plot or both, by place or by name; n: how many words */
static inline int
take_one(Publish *self, PyObject *const *given, Py_ssize_t n_given, PyObject *words, Py_ssize_t n)
{
    PyObject *series = n_given > 2 ? given[2] : NULL, *plot = n_given > 3 ? given[3] : NULL;
    for (Py_ssize_t i = 0; i < n; i++) {
        PyObject *word = PyTuple_GET_ITEM(words, i), *value = given[n_given + i];
        if (word == self->series && series == NULL) {
            series = value;
        }
        else if (word == self->plot && plot == NULL) {
            plot = value;
        }
        else {
            return 0;
        }
    }
    series = unless_none(series);
    plot = unless_none(plot);
    PyObject *known = self->named;
    if (plot != NULL) {
        known = found_in(self->plots, plot);
        series = series == NULL ? self->y : series;
    }
    Pairs *pairs = series == NULL ? self->items : pairs_named(self, known, series);
    double x, y;
    if (!x_of(self, given[0], pairs, &x) || !number_of(&self->types, given[1], &y) || !is_ready(pairs)) {
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
        pairs[i] = is_parameter(self, word) ? NULL : pairs_named(self, self->named, word);
        for (Py_ssize_t k = 0; k < i; k++) {
            if (pairs[k] == pairs[i]) { /* there is room for one point only */
                return 0;
            }
        }
        if (i ? pairs[i] == NULL || !is_like(pairs[i], pairs[0])
              : !x_of(self, given[0], pairs[0], &x)) {
            return 0;
        }
        if (!number_of(&self->types, given[1 + i], &y[i]) || !is_ready(pairs[i])) {
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
    int is_taken = n_given == 1       ? n && take_named(self, given, words, n)
                   : n_given + n <= 4 ? n_given > 1 && take_one(self, given, n_given, words, n)
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
