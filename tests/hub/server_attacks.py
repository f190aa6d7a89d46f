"""What a student tries against the exchange, as programs that run with the student's own rights."""

# Arguments: the inbound folder, my name, another's name, a file and a folder that only the grader reads.
FOLDER = """\
import os, sys
from pathlib import Path
inbound, me, other, secret, folder = sys.argv[1:]

def submission(whose, day, notebook):
    when = f"{day} 00:00:00.000000 UTC"
    made = Path(inbound, f"{whose}+tiny+{when}+mine")
    made.mkdir()
    for name, text in {"tiny.ipynb": notebook, "timestamp.txt": when, "submission_secret.txt": "x"}.items():
        (made / name).write_text(text)
    made.chmod(0o777)
    return made

# Two in another's name, newer than their own: a folder, and a link to a folder.
forged = submission(other, "2030-01-01", "not theirs")
Path(inbound, f"{other}+tiny+2030-01-02 00:00:00.000000 UTC+mine").symlink_to(forged)
# One of mine, in which a notebook was exchanged for a link after it was handed in, and what no notebook is.
mine = submission(me, "2030-01-01", "soon a link")
(mine / "tiny.ipynb").unlink()
(mine / "tiny.ipynb").symlink_to(folder + "/tiny.ipynb")
(mine / "settings.txt").symlink_to(secret)
(mine / "data").symlink_to(folder)
os.mkfifo(mine / "pipe")
try:
    os.listdir(inbound)
except PermissionError:
    print("the names of others are not to be seen")
"""

# Arguments: the course, another's name, the id of their attempt, its key. Prints what the service answers to each.
SERVICE = """\
import io, json, os, stat, sys, zipfile
import requests
course, other, id, key = sys.argv[1:]
url = os.environ["COHORT_EXCHANGE_URL"]
mine = {"Authorization": "token " + os.environ["JUPYTERHUB_API_TOKEN"]}
as_other = {"X-Forwarded-User": other, "X-Remote-User": other, "JUPYTERHUB_USER": other}

def package(name="tiny.ipynb", kind=stat.S_IFREG, text="forged"):
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        entry = zipfile.ZipInfo(name)
        entry.create_system, entry.external_attr = 3, (kind | 0o644) << 16
        archive.writestr(entry, text)
    return made.getvalue()

def ask(method, path, headers=mine, **more):
    return requests.request(method, f"{url}/{path}", headers=headers, timeout=30, **more)

def submit(data, key="k" * 16, query=""):
    return ask("POST", f"submissions/{course}/tiny{query}", mine | as_other | {"Idempotency-Key": key}, data=data)

asked = {
    "their attempt": ask("GET", f"submission/{id}"),
    "feedback in their place": ask("PUT", f"submission/{id}/feedback?student={other}", data=package("tiny.html")),
    "delete theirs": ask("DELETE", f"submission/{id}"),
    "release": ask("PUT", f"assignments/{course}/tiny?replace=yes", data=package()),
    "no token": ask("GET", f"submission/{id}", {}),
    "a token made up": ask("GET", f"submission/{id}", {"Authorization": "token " + "0" * 32}),
    "a link": submit(package(kind=stat.S_IFLNK, text="/etc/shadow")),
    "a pipe": submit(package(kind=stat.S_IFIFO, text="")),
    "a path out": submit(package(name="../tiny.ipynb")),
}
told = {what: answer.status_code for what, answer in asked.items()}
told["whose attempts I see"] = {each["student"] for each in ask("GET", f"submissions/{course}").json()["submissions"]}
# With their name wherever one can be, and with the key of their attempt.
told["whose my attempt is"] = submit(package(), key, f"?student={other}&sender={other}").json()["student"]
print(json.dumps(told, default=sorted))
"""
