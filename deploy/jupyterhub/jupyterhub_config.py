"""JupyterHub for one course on one Linux machine; installed by `install`, explained in the book.

Everybody logs in with the account of this machine. Teachers start in the course folder, with
Formgrader; students in their home, without it.
"""

import grp
import os
import pwd
import sys

c = get_config()  # noqa: F821  (given by traitlets)

TEACHERS, STUDENTS = "cvbook-teachers", "cvbook-students"
COURSE = "/srv/cvbook/course"
SETTINGS = "/etc/cvbook"
ENVIRONMENT = os.path.dirname(os.path.dirname(sys.executable))

# Put a web server with TLS in front of this address before others log in over a network.
c.JupyterHub.bind_url = "http://127.0.0.1:8000"
c.JupyterHub.cookie_secret_file = "/srv/cvbook/hub/cookie_secret"
c.JupyterHub.db_url = "sqlite:////srv/cvbook/hub/jupyterhub.sqlite"
c.ConfigurableHTTPProxy.pid_file = "/srv/cvbook/hub/proxy.pid"
c.ConfigurableHTTPProxy.command = [
    f"{ENVIRONMENT}/bin/node",
    "/opt/cvbook/node_modules/configurable-http-proxy/bin/configurable-http-proxy",
]

c.JupyterHub.authenticator_class = "pam"
c.PAMAuthenticator.allowed_groups = {TEACHERS, STUDENTS}

c.JupyterHub.spawner_class = "jupyterhub.spawner.LocalProcessSpawner"
c.Spawner.cmd = [f"{ENVIRONMENT}/bin/jupyterhub-singleuser"]
c.Spawner.default_url = "/lab"
c.Spawner.environment = {"PATH": f"{ENVIRONMENT}/bin:/usr/local/bin:/usr/bin:/bin"}
c.Spawner.start_timeout = c.Spawner.http_timeout = 120


def by_group(spawner):
    """Start teachers in the course folder; hide Formgrader from students."""
    user = pwd.getpwnam(spawner.user.name)
    groups = os.getgrouplist(user.pw_name, user.pw_gid)
    if grp.getgrnam(TEACHERS).gr_gid in groups:
        spawner.notebook_dir = COURSE
        # JupyterLab shows Formgrader in a frame, which a hub forbids.
        policy = "{'headers': {'Content-Security-Policy': \"frame-ancestors 'self'\"}}"
        spawner.args = [f"--ServerApp.tornado_settings={policy}"]
    else:
        spawner.environment = {**spawner.environment, "JUPYTER_CONFIG_PATH": f"{SETTINGS}/students"}


c.Spawner.pre_spawn_hook = by_group
