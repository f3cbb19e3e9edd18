/* `Pairs`: the numbers of one series, x, y, x, y, ..., as doubles. */

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
