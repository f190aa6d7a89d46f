"""Awkward cells that students write, by theme and idea; each is deterministic under plain nbgrader."""

# ruff: noqa: E501  A cell's text is easier to read on one line.
from __future__ import annotations

# What reaches file descriptor 1 or 2 travels through a thread of ipykernel's: each such cell waits
# a moment, as plain nbgrader's own order and its last words would be a matter of chance without.
REST = "\nimport time; time.sleep(0.3)"

# These can share a kernel: a theme becomes one submission, an idea one cell of it.
TOGETHER: dict[str, dict[str, str]] = {
    "asynchronous": {
        "top-level await": "import asyncio\nawait asyncio.sleep(0.01)\nprint('awaited')",
        "asyncio.run in a running loop": (
            "import asyncio\nasync def slow():\n    return 3\nwork = slow()\n"
            "try:\n    asyncio.run(work)\nfinally:\n    work.close()"
        ),
        "a nest of tasks": (
            "async def leaf(n):\n    await asyncio.sleep(0.01 * n)\n    print('leaf', n)\n    return n\n"
            "async def branch():\n"
            "    return sum(await asyncio.gather(*(asyncio.create_task(leaf(n)) for n in (3, 1, 2))))\n"
            "await branch()"
        ),
        "a task that a later cell awaits": "later = asyncio.create_task(leaf(4))",
        "the later cell": "print(await later)",
        "async for and async with": (
            "async def count():\n    for n in range(3):\n        yield n\n[n async for n in count()]"
        ),
        "an error in a task": "async def fails():\n    raise ValueError('in a task')\nawait asyncio.create_task(fails())",
        "asyncio.run in a thread": (
            "import threading\nfound = []\n"
            "thread = threading.Thread(target=lambda: found.append(asyncio.run(leaf(1))))\n"
            "thread.start(); thread.join()\nfound"
        ),
    },
    "magics": {
        "%time": "%time sum(range(10))",
        "%%time": "%%time\nprint('timed')",
        "%timeit": "%timeit -n 1 -r 1 sum(range(10))",
        "%%bash": "%%bash\necho from bash\necho to stderr >&2\nsleep 0.1",
        "%%bash that fails": "%%bash\nexit 3",
        "%cd and %pwd": "%mkdir -p below\n%cd -q below\nimport os\nos.path.basename(os.getcwd())",
        "back again": "%cd -q ..\nos.path.isdir('below')",
        "%env": "%env AWKWARD=yes\nimport os\nprint(os.environ['AWKWARD'])",
        "%%capture": "%%capture caught\nprint('hidden')",
        "what was captured": "caught.stdout",
        "%matplotlib inline": "%matplotlib inline",
        "%who": "%who_ls str",
        "%run of a file": "%run extra.py\nfrom_extra",
        "%%writefile": "%%writefile written.py\nvalue = 7",
        "import of the file": "import written\nwritten.value",
        "%load_ext": "%load_ext autoreload\n%autoreload 0",
        "%precision": "%precision 3\n3.14159265",
        "%history": "%history -n 1-2",
        "%alias_magic and unknown magic": "%no_such_magic",
        "help": "len?",
        "source": "add??",
        "shell": "!echo one; echo two",
        "shell into a name": "files = !ls extra.py\nfiles",
        "shell that fails": "!false\n_exit_code",
        "shell to stderr": "!echo bad >&2",
        "%%html": "%%html\n<b>bold</b>",
        "%%javascript": "%%javascript\nconsole.log(1)",
        "%%latex": "%%latex\n$x^2$",
        "%pip without a name": "%lsmagic\nNone",
        "%xmode": "%xmode Minimal\n1/0",
        "%xmode back": "%xmode Context",
        "%config": "%config InlineBackend.figure_formats = {'png'}",
        "%%script": "%%script python3\nprint(6 * 7)",
        "%%prun is quiet": "%%prun -q\nsum(range(10))",
        "%store of a name": "%reset_selective -f ^written$\n'written' in globals()",
        "%macro and %recall": "%macro -q twice 1\ntype(twice).__name__",
    },
    "asking": {
        "input": "input('Your name? ')",
        "getpass": "import getpass\ngetpass.getpass()",
        "sys.stdin": "import sys\nsys.stdin.read()",
        "breakpoint": "import os\nos.environ['PYTHONBREAKPOINT'] = '0'\nbreakpoint()\n'went on'",
    },
    "streams": {
        "print": "print('one')\nprint('two', end='')",
        "no newline": "import sys\nsys.stdout.write('no newline')\nNone",
        "flush": "print('flushed', flush=True)\nprint('after')",
        "carriage returns": "for n in range(3):\n    print(f'\\rstep {n}', end='')",
        "backspace and bell": "print('abc\\b\\b\\adef')",
        "os.write": "import os, time\nprint('before')\nos.write(1, b'by os.write\\n')\ntime.sleep(0.3)\nprint('after')",
        "os.write to stderr": "os.write(2, b'to fd 2\\n')\ntime.sleep(0.3)",
        "os.system": "print('before')\ncode = os.system('echo by os.system')\ntime.sleep(0.3)\nprint('after', code)",
        "a display between": "print('a')\ndisplay('b')\nprint('c')",
        "os.write before a display": "os.write(1, b'raw\\n')\ntime.sleep(0.3)\ndisplay('shown')\nprint('printed')",
        "stderr": "print('to stderr', file=sys.stderr)\nprint('to stdout')",
        "warnings once a location": "import warnings\nfor n in range(3):\n    warnings.warn('careful')",
        "the same warning in another cell": "warnings.warn('careful')",
        "a deprecation": "def old():\n    warnings.warn('old', DeprecationWarning, stacklevel=2)\nold()",
        "warnings as errors": "with warnings.catch_warnings():\n    warnings.simplefilter('error')\n    warnings.warn('now')",
        "logging": "import logging\nlogging.warning('logged')\nlogging.getLogger('x').info('not shown')",
        "print to __stdout__": "print('to __stdout__', file=sys.__stdout__, flush=True)\ntime.sleep(0.3)",
        "redirect": (
            "import contextlib, io\nwith contextlib.redirect_stdout(io.StringIO()) as kept:\n    print('kept')\n"
            "kept.getvalue()"
        ),
        "isatty and encoding": "sys.stdout.isatty(), sys.stdout.encoding, sys.stdin.isatty() if sys.stdin else None",
        "write a number": "sys.stdout.write(3)",
        "writelines": "sys.stdout.writelines(['a\\n', 'b\\n'])",
        "a thread prints": (
            "import threading\nthread = threading.Thread(target=print, args=('from a thread',))\n"
            "thread.start()\nthread.join()"
        ),
        "a thread prints after its cell": (
            "def late():\n    time.sleep(0.3)\n    print('late')\nthread = threading.Thread(target=late)\nthread.start()"
        ),
        "the cell after": "thread.join()\nprint('joined')",
        "a thread that fails": "thread = threading.Thread(target=lambda: 1 / 0)\nthread.start()\nthread.join()" + REST,
    },
    "sizes": {
        "2000 lines": "for n in range(2000):\n    print(n)",
        "a line of 5 MB": "print('x' * 5_000_000)",
        "a long list": "list(range(3000))",
        "a long string": "'y' * 20_000",
        "a wide array": "np.arange(10_000).reshape(100, 100)",
        "a deep list": "deep = []\nfor _ in range(50):\n    deep = [deep]\ndeep",
        "unicode": "print('Ọ̀yọ́ 日本 🦟 \\u202eright')\n'naïve ✓'",
        "NUL and control": "print('a\\x00b\\x07\\x7f')\n'a\\x00b'",
        "ANSI": "print('\\x1b[31mred\\x1b[0m \\x1b[2J')",
        "line separators": "print('a\\u2028b\\u2029c\\x85d\\x0ce\\x1cf')",
        "bytes": "bytes(range(256))",
        "a traceback of many lines": (
            "def down(n):\n    if n == 0:\n        raise ValueError('x' * 300)\n"
            "    return down_again(n)\ndef down_again(n):\n    return down(n - 1)\ndown(60)"
        ),
        "a variable with many names": "{f'name_{n}': n for n in range(1500)}",
    },
    "displays": {
        "display of many": "display(1, 'two', [3])",
        "display_id and update": "handle = display('first', display_id=True)\nprint('between')\nhandle.update('second')",
        "update from a later cell": "handle.update('third')",
        "update of an unknown id": "from IPython.display import update_display\nupdate_display('x', display_id='none')",
        "the same id twice": "display('one', display_id='same')\ndisplay('two', display_id='same')",
        "clear_output": "from IPython.display import clear_output\nprint('gone')\nclear_output()\nprint('stays')",
        "clear_output with wait": "print('gone')\nclear_output(wait=True)\nprint('new')",
        "clear_output with wait and nothing after": "print('stays')\nclear_output(wait=True)",
        "HTML, Markdown, Latex": (
            "from IPython.display import HTML, JSON, Latex, Markdown, Math, SVG\n"
            "display(HTML('<i>i</i>'), Markdown('*m*'), Latex('$l$'), Math('m'), JSON({'a': [1, None]}))"
        ),
        "SVG": 'SVG(\'<svg xmlns="http://www.w3.org/2000/svg" width="1" height="1"/>\')',
        "an image": (
            "import base64\nfrom IPython.display import Image\nImage(base64.b64decode('iVBORw0KGgoAAAANSUhEUgAAAAEA"
            "AAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=='))"
        ),
        "raw data": "display({'text/plain': 'raw', 'application/x-own+json': {'k': 1}}, raw=True)",
        "metadata": "display({'text/plain': 'm'}, raw=True, metadata={'text/plain': {'size': 1}})",
        "a DataFrame": "table",
        "a large DataFrame": "pd.DataFrame(np.arange(400).reshape(100, 4), columns=list('abcd'))",
        "a Series and an Index": "display(table['deaths'], table.index)\ntable.describe()",
        "styled": "table.style.format({'deaths': '{:.1f}'})",
        "own repr": "class Own:\n    def _repr_html_(self):\n        return '<b>own</b>'\nOwn()",
        "own mimebundle": (
            "class Bundle:\n    def _repr_mimebundle_(self, include=None, exclude=None):\n"
            "        return {'text/plain': 'bundle', 'text/html': '<u>b</u>'}\nBundle()"
        ),
        "own _ipython_display_": (
            "class Shows:\n    def _ipython_display_(self):\n        print('shows itself')\nShows()"
        ),
        "a repr that raises": "class Bad:\n    def __repr__(self):\n        raise ValueError('no repr')\nBad()",
        "an HTML repr that raises": (
            "class BadHtml:\n    def _repr_html_(self):\n        raise ValueError('no html')\n"
            "    def __repr__(self):\n        return 'plain'\nBadHtml()"
        ),
        "a semicolon": "3;",
        "the last results": "_, type(__).__name__, type(Out).__name__, len(In) > 3",
        "an object's address": "object()",
        "a pager": "print(add.__name__)\nadd?",
        "a progress display": ("from IPython.display import ProgressBar\nfor _ in ProgressBar(3):\n    pass"),
        "interactivity": ("get_ipython().ast_node_interactivity = 'all'"),
        "interactivity at work": "1\n2",
        "interactivity back": "get_ipython().ast_node_interactivity = 'last_expr'",
    },
    "figures": {
        "one": "plt.plot([1, 2, 3])\nplt.title('one')\nplt.show()",
        "two in a cell": "plt.figure()\nplt.plot([1, 2])\nplt.figure()\nplt.bar([1, 2], [3, 4])\nplt.show()",
        "no show": "plt.plot([3, 1, 2])",
        "a figure as last expression": "figure, axes = plt.subplots(figsize=(3, 2))\naxes.scatter([1, 2], [2, 1])\nfigure",
        "the figure again in a later cell": "axes.set_title('changed')\nfigure",
        "a figure that stays open": "plt.ioff()\nkept, inside = plt.subplots(figsize=(3, 2))\nplt.ion()\nlen(plt.get_fignums())",
        "the open figure carried on": "inside.plot([1, 3])\nkept",
        "many subplots": "plt.subplots(2, 2, figsize=(4, 3), layout='constrained')\nplt.show()",
        "savefig": "kept.savefig('kept.png')\nimport os\nos.path.getsize('kept.png') > 1000",
        "svg": "from matplotlib_inline.backend_inline import set_matplotlib_formats\nset_matplotlib_formats('svg')",
        "an svg figure": "plt.figure(figsize=(2, 2))\nplt.plot([1, 2])\nplt.show()",
        "png again": "set_matplotlib_formats('png')",
        "text and a figure": "print('before')\nplt.plot([1])\nplt.show()\nprint('after')",
        "an error after a figure": "plt.plot([2, 1])\n1/0",
        "pandas plots": "table.plot(x='week', y='deaths')",
        "close": "plt.plot([1]); plt.close('all')",
        "the next figure is empty": "plt.gcf().number",
        "rcParams": "plt.rcParams['figure.figsize'] = (2, 1)\nplt.plot([1, 2])\nplt.show()",
        "the backend": "import matplotlib\nmatplotlib.get_backend()",
    },
    "widgets": {
        "a slider": "import ipywidgets\nslider = ipywidgets.IntSlider(value=3)\nslider",
        "its value": "slider.value = 5\nslider.value",
        "an Output widget": "box = ipywidgets.Output()\ndisplay(box)\nwith box:\n    print('in the box')",
        "interact": "ipywidgets.interact(lambda n: print('n is', n), n=(0, 4));",
        "an observed value": (
            "slider.observe(lambda change: print(change['old'], '->', change['new']), names='value')\nslider.value = 7"
        ),
        "a comm": "import comm\nown = comm.create_comm(target_name='own', data={'a': 1})\nown.send({'b': 2})\nown.close()",
    },
    "processes": {
        "subprocess": "import subprocess, sys\nsubprocess.run(['echo', 'captured'], capture_output=True, text=True).stdout",
        "a subprocess that writes to our stdout": "subprocess.run(['echo', 'straight'])" + REST,
        "a Python process": "subprocess.check_output([sys.executable, '-c', 'print(2 + 2)'], text=True)",
        "a command that does not exist": "subprocess.run(['no-such-command'])",
        "a Pool": (
            "import multiprocessing\ndef square(n):\n    return n * n\n"
            "with multiprocessing.get_context('fork').Pool(2) as pool:\n    print(pool.map(square, range(5)))"
        ),
        "a Process that prints": (
            "process = multiprocessing.get_context('fork').Process(target=print, args=('from a process',), "
            "kwargs={'flush': True})\nprocess.start()\nprocess.join()\nprocess.exitcode" + REST
        ),
        "a Process that fails": (
            "def fails():\n    raise SystemExit(4)\n"
            "process = multiprocessing.get_context('fork').Process(target=fails)\n"
            "process.start()\nprocess.join()\nprocess.exitcode"
        ),
        "a Queue and a Lock": (
            "queue = multiprocessing.get_context('fork').Queue()\nqueue.put(1)\nprint(queue.get())\n"
            "lock = multiprocessing.get_context('fork').Lock()\nwith lock:\n    print('locked')"
        ),
        "shared memory": (
            "from multiprocessing import shared_memory\nshared = shared_memory.SharedMemory(create=True, size=10)\n"
            "shared.buf[0] = 7\nprint(shared.buf[0])\nshared.close()\nshared.unlink()"
        ),
        "os.fork": (
            "import os\nchild = os.fork()\nif child == 0:\n    os._exit(3)\nos.waitstatus_to_exitcode(os.waitpid(child, 0)[1])"
        ),
        "a pool of threads": (
            "from concurrent.futures import ThreadPoolExecutor\nwith ThreadPoolExecutor(2) as threads:\n"
            "    print(list(threads.map(str, range(4))))"
        ),
        "a process left behind": "left = subprocess.Popen(['sleep', '100'])\nleft.poll()",
        "signals": (
            "import signal\nsignal.signal(signal.SIGALRM, lambda *_: print('alarm'))\n"
            "signal.setitimer(signal.ITIMER_REAL, 0.05)\nimport time\ntime.sleep(0.2)"
        ),
        "SIGINT to itself": "os.kill(os.getpid(), signal.SIGINT)\ntime.sleep(0.5)",
        "an own SIGINT handler": (
            "old = signal.signal(signal.SIGINT, lambda *_: print('caught'))\nos.kill(os.getpid(), signal.SIGINT)\n"
            "time.sleep(0.1)\nsignal.signal(signal.SIGINT, old)\nNone"
        ),
    },
    "errors": {
        "a plain error": "1/0",
        "chained": "try:\n    1/0\nexcept ZeroDivisionError as error:\n    raise ValueError('because') from error",
        "while handling": "try:\n    1/0\nexcept ZeroDivisionError:\n    {}['key']",
        "from None": "try:\n    1/0\nexcept ZeroDivisionError:\n    raise ValueError('alone') from None",
        "a group": "raise ExceptionGroup('many', [ValueError(1), TypeError(2)])",
        "a note": "error = ValueError('noted')\nerror.add_note('look here')\nraise error",
        "SyntaxError": "x = (",
        "SyntaxError in the middle": "print('never')\nfor in 3",
        "IndentationError": "if True:\nprint(1)",
        "TabError": "if True:\n\tx = 1\n        y = 2",
        "NameError": "no_such_name",
        "ImportError": "import no_such_module",
        "UnicodeError": "'é'.encode('ascii')",
        "an error with a bad message": "class Odd(Exception):\n    def __str__(self):\n        raise ValueError\nraise Odd",
        "an error with a bad repr": "class Odder(Exception):\n    def __repr__(self):\n        1/0\nraise Odder('x')",
        "an error with many lines": "raise ValueError('\\n'.join('abc'))",
        "an error with ANSI and NUL": "raise ValueError('\\x1b[31mred\\x00')",
        "KeyboardInterrupt raised": "raise KeyboardInterrupt",
        "GeneratorExit": "raise GeneratorExit",
        "StopIteration": "next(iter([]))",
        "a BaseException": "class Base(BaseException):\n    pass\nraise Base('base')",
        "a CancelledError": "import asyncio\nraise asyncio.CancelledError",
        "SystemExit raised": "raise SystemExit",
        "sys.exit(0)": "import sys\nsys.exit(0)",
        "sys.exit(1)": "sys.exit(1)",
        "sys.exit with text": "sys.exit('stopped')",
        "MemoryError": "bytearray(1 << 60)",
        "an error after output": "print('so far')\ndisplay('shown')\nraise ValueError",
        "an error in a file": "import extra\nextra.fails()",
        "an error in a library": "np.zeros(3).reshape(2, 2)",
        "an error in exec": "exec(compile('1/0', 'made up', 'exec'))",
        "an error in __del__": "class Dies:\n    def __del__(self):\n        1/0\nDies()\nNone" + REST,
        "the cell after": "'still here'",
        "a cell named twice": "raise RuntimeError('traceback of this cell')",
        "return outside": "return 3",
        "await outside async": "def f():\n    await 3",
        "a warning of syntax": "3 is 3",
        "a nonlocal": "nonlocal x",
        "an import from the future": "from __future__ import annotations\ndef f(x: undefined): ...\nf.__annotations__",
        "an import from the future in the middle": "y = 1\nfrom __future__ import division",
        "numbers": "print(1 / 3, 10 ** 400 % 7, float('nan'), -0.0, 1e-300)\n2 ** 5000",
        "division warnings": "np.array([1.0]) / 0",
    },
    "names": {
        "In and Out deleted": "del In, Out",
        "after it": "1 + 1",
        "print overwritten": "keep = print\ndef print(*words):\n    keep('mine:', *words)\nprint('hello')",
        "print given back": "del print\nprint('hello')",
        "open overwritten": "open = None\nopen('extra.py')",
        "open given back": "del open\nlen(open('extra.py').read()) > 0",
        "underscore set": "_ = 5\n6",
        "underscore after": "_",
        "builtins changed": "import builtins\nbuiltins.own = 3",
        "builtins seen": "own",
        "displayhook replaced": "import sys\nhook = sys.displayhook\nsys.displayhook = lambda value: print('shown:', value)\n7",
        "displayhook given back": "sys.displayhook = hook\n8",
        "excepthook replaced": "sys.excepthook = lambda *_: print('hooked')\n1/0",
        "stdout replaced": "import io\nreal = sys.stdout\nsys.stdout = io.StringIO()\nprint('lost')",
        "stdout given back": "sys.stdout = real\nprint('found')",
        "a custom exception handler": (
            "get_ipython().set_custom_exc((ZeroDivisionError,), lambda self, *_, **__: print('handled'))\n1/0"
        ),
        "and without": "get_ipython().set_custom_exc((), None)",
        "showtraceback patched": "shell = get_ipython()\nreal = shell.showtraceback\nshell.showtraceback = lambda *_, **__: None\n1/0",
        "showtraceback given back": "shell.showtraceback = real\n1/0",
        "a hook before each cell": "shell.events.register('pre_run_cell', lambda info: print('before'))",
        "the hook at work": "'cell'",
        "a module shadowed": "import random as this\nrandom_before = this.random\nthis.__name__",
        "__name__ and __file__": "print(__name__, '__file__' in globals(), __builtins__.__name__)",
        "argv": "len(sys.argv) > 0, type(sys.argv[0]).__name__",
        "type of shell": "type(get_ipython()).__name__, get_ipython().has_trait('kernel')",
        "execution count": "get_ipython().execution_count",
        "run_cell": "get_ipython().run_cell('print(11)\\n12')\nNone",
        "set_next_input": "get_ipython().set_next_input('x = 1')",
        "a payload": "get_ipython().payload_manager.write_payload({'source': 'page', 'data': {'text/plain': 'p'}})",
        "reset": "get_ipython().reset()",
        "after the reset": "'add' in globals()",
        "a function again": "def add(a, b):\n    return a + b\nimport random, sys",
    },
    "files": {
        "read": "text = open('data/numbers.csv').read()\ntext",
        "a file of the course": "open('given.csv').read()",
        "write and read": "from pathlib import Path\nPath('mine.txt').write_text('mine')\nPath('mine.txt').read_text()",
        "a list of files": "sorted(path.name for path in Path().iterdir())",
        "a changed folder": "import os\nos.makedirs('deep/down', exist_ok=True)\nos.chdir('deep/down')\nopen('x.txt', 'w').write('x')",
        "and back": "os.chdir('../..')\nsorted(os.listdir('deep/down'))",
        "a temporary file": (
            "import tempfile\nwith tempfile.NamedTemporaryFile('w+') as file:\n    file.write('t')\n    print(file.name)"
        ),
        "the home folder": "Path.home().is_dir(), os.access(Path.home(), os.W_OK)",
        "sqlite": (
            "import sqlite3\nbase = sqlite3.connect('mine.db')\nbase.execute('create table t (n)')\n"
            "base.execute('insert into t values (3)')\nbase.commit()\nbase.execute('select * from t').fetchall()"
        ),
        "a file that is not there": "open('no-such-file')",
        "pandas": "pd.read_csv('data/numbers.csv').to_csv('out.csv', index=False)\nlen(pd.read_csv('out.csv'))",
        "a file of the course overwritten": "Path('given.csv').chmod(0o644)\nPath('given.csv').write_text('a\\n9\\n')",
        "parquet": "table.to_parquet('t.parquet')\npd.read_parquet('t.parquet').equals(table)",
        "pickle": "import pickle\npickle.loads(pickle.dumps(table)).equals(table)",
        "a link": "os.symlink('mine.txt', 'link.txt')\nopen('link.txt').read()",
        "an executable": "Path('run.sh').write_text('#!/bin/sh\\necho ran\\n')\nos.chmod('run.sh', 0o755)\n!./run.sh",
        "a submodule of the extras": "from data import helper\nhelper.twice(4)",
        "umask and mode": "oct(Path('mine.txt').stat().st_mode & 0o777)",
        "environment": "os.environ.get('NBGRADER_EXECUTION')",
    },
    "chance": {
        "random goes on as seeded": "random.random()",
        "numpy goes on as seeded": "np.random.rand(2)",
        "a generator goes on": "generator.integers(0, 100, 5)",
        "seeded again": "random.seed(1)\nrandom.random()",
        "hash of a number": "hash(3.5)",
        "unseeded differs from itself": "random.SystemRandom().random() != random.SystemRandom().random()",
        "uuid": "import uuid\nuuid.uuid4() != uuid.uuid4()",
        "id order": "sorted({3, 1, 2})",
        "time moves": "import time\nstart = time.perf_counter()\ntime.sleep(0.01)\ntime.perf_counter() > start",
        "locale and time zone": "import locale\nlocale.getlocale(), time.tzname",
        "limits of Python": "import sys\nsys.getrecursionlimit(), sys.flags.optimize, sys.getswitchinterval()",
        "gc": "import gc\ngc.isenabled(), gc.get_threshold()",
        "threads": "import threading\nthreading.current_thread() is threading.main_thread()",
        "warnings filters": "import warnings\nlen(warnings.filters) > 0",
        "precision of numpy": "np.array([1 / 3, 1e10])\n",
        "options of pandas": "pd.get_option('display.max_rows'), pd.get_option('display.width')",
        "version": "sys.version_info[:2]",
        "a process pool seeds": "random.getstate()[1][-1] >= 0",
    },
}

# These end the kernel, hang it, or spoil it for what follows: one submission each.
ALONE: dict[str, str] = {
    "exit": "exit()",
    "quit-text": "quit('done')",
    "os-exit": "import os\nos._exit(0)",
    "os-exit-3": "print('last words', flush=True)\nimport os\nos._exit(3)",
    "segfault": "import ctypes\nctypes.string_at(0)",
    "abort": "import os\nos.abort()",
    "kill-itself": "import os, signal\nos.kill(os.getpid(), signal.SIGKILL)",
    "terminate-itself": "import os, signal\nos.kill(os.getpid(), signal.SIGTERM)\nimport time\ntime.sleep(1)",
    "loop": "while True:\n    pass",
    "loop-that-catches": (
        "import time\nwhile True:\n    try:\n        while True:\n            time.sleep(0.01)\n"
        "    except KeyboardInterrupt:\n        pass"
    ),
    "loop-that-prints": "import time\nwhile True:\n    print('again')\n    time.sleep(1)",
    "sleep": "import time\ntime.sleep(100)",
    "loop-in-await": "import asyncio\nawait asyncio.sleep(100)",
    "loop-in-c": "sum(range(10 ** 12))",
    "shell-that-waits": "!sleep 100",
    "interrupt-caught-once": "import time\ntry:\n    time.sleep(100)\nexcept KeyboardInterrupt:\n    print('caught')",
    "asyncio-run-then-loop": (
        "import asyncio, threading\nthread = threading.Thread(target=lambda: asyncio.run(asyncio.sleep(0)))\n"
        "thread.start(); thread.join()\nwhile True:\n    pass"
    ),
    "stdout-closed": "import sys\nsys.stdout.close()\nprint('lost')",
    "fd-closed": "import os\nos.close(1)\nprint('still printed')",
    "stdout-gone": "import sys\nsys.stdout = None\nprint('nowhere')",
    "displayhook-broken": "import sys\nsys.displayhook = None\n3",
    "shell-broken": "get_ipython().run_cell_async = None",
    "display-formatter-broken": "get_ipython().display_formatter.format = lambda *_, **__: ({}, {})\n3",
    "daemon-thread": "import threading, time\nthreading.Thread(target=time.sleep, args=(100,), daemon=True).start()",
    "thread-left": "import threading, time\nthreading.Thread(target=time.sleep, args=(2,)).start()",
    "atexit": "import atexit, time\natexit.register(time.sleep, 1)",
    "asserts-off": "import builtins\nbuiltins.AssertionError = type('Quiet', (Exception,), {})",
    "import-blocked": "import sys\nsys.modules['random'] = None",
    "recursion": "import sys\nsys.setrecursionlimit(250)\ndef down():\n    return down()\ndown()",
    "surrogate-printed": "print('\\ud800')",
    "surrogate-as-result": "'\\udcff'",
    "surrogate-in-error": "raise ValueError('\\ud800')",
    "display-that-no-notebook-holds": "display({'text/plain': 'raw', 'application/x-own': {'k': 1}}, raw=True)",
    "recursion-limit": "import sys\nsys.setrecursionlimit(200)",
}

# Other text of the cell that the checks call.
ANSWERS: dict[str, str] = {
    "right": "def add(a, b):\n    return a + b",
    "wrong": "def add(a, b):\n    return a * b",
    "half": "def add(a, b):\n    return 2 if a == 1 else 0",
    "nothing": "",
    "too-many-points": "def add(a, b):\n    return 100",
    "prints": "def add(a, b):\n    print('adding', a, b)\n    return a + b",
    "prints-to-stderr": "import sys\ndef add(a, b):\n    print('adding', file=sys.stderr)\n    return a + b",
    "warns": "import warnings\ndef add(a, b):\n    warnings.warn('adding')\n    return a + b",
    "exits": "import sys\ndef add(a, b):\n    sys.exit(0)",
    "exits-python": "import os\ndef add(a, b):\n    os._exit(0)",
    "loops": "def add(a, b):\n    while True:\n        pass",
    "interrupts": "def add(a, b):\n    raise KeyboardInterrupt",
    "clears": "from IPython.display import clear_output\ndef add(a, b):\n    clear_output()\n    return a + b",
    "draws": "def add(a, b):\n    plt.plot([a, b])\n    return a + b",
    "seeds": "def add(a, b):\n    random.seed(0)\n    return a + b",
    "always-equal": "class Any(float):\n    def __eq__(self, other):\n        return True\ndef add(a, b):\n    return Any()",
    "syntax-error": "def add(a, b)\n    return a + b",
    "asynchronous": "async def add(a, b):\n    return a + b",
    "magic": "%%time\ndef add(a, b):\n    return a + b",
}
