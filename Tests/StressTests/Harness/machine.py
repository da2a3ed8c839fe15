"""A Linux kernel as a process, with the host's files read-only, a disk of its own in an image, and a program of this harness as its only
work. Losing its power is killing the process."""
import os
import pathlib
import shutil
import signal
import subprocess
import sys

from daemons import Finding, wait_for

HARNESS = pathlib.Path(__file__).resolve().parent
# Where the guest sees the host's shared folder, the disk in the image, and has its own files.
SHARED, DISK, OWN = "/run/host", "/run/disk", "/run/own"
INIT = """\
#!/bin/bash
export PATH=/usr/sbin:/usr/bin:/sbin:/bin PYTHONDONTWRITEBYTECODE=1
mount -t proc proc /proc
mount -t sysfs sys /sys
mount -t tmpfs run /run
mkdir {shared} {disk} {own}
mount -t hostfs none {shared} -o {folder}
export TMPDIR={own}
ip link set lo up
mount -t ext4 /dev/ubda {disk} && '{python}' '{program}' {arguments}
echo "the guest's program ended with status $?"
umount {disk}
echo o > /proc/sysrq-trigger
sleep 60
"""


class Machine:
    """Leaving the block ends it and removes its files, as far as they are in the scene's folder."""

    def __init__(self, scene, name="machine"):
        self.scene, self.image, self.shared = scene, scene.folder / f"{name}.img", scene.folder / name
        kernel = shutil.which("linux.uml")
        if not kernel:
            raise Finding("there is no linux.uml; install Debian's package user-mode-linux")
        self.shared.mkdir()
        with open(self.image, "wb") as image:
            image.truncate(64 << 20)
        subprocess.run(["/usr/sbin/mkfs.ext4", "-q", "-F", self.image], check=True)
        # In a process namespace of its own, all parts of the kernel end in one moment.
        self.process = scene.add(
            name, shutil.which("unshare"), "--fork", "--pid", "--kill-child", kernel, "mem=384M", f"ubd0={self.image}", "rootfstype=hostfs",
            "rootflags=/", "ro", f"init={self.shared}/init.sh", "con=null", "con0=fd:0,fd:1", "quiet")

    def __enter__(self):
        return self

    def __exit__(self, *_):
        if self.process.child and self.process.child.poll() is None:
            self.lose_power()

    def boot(self, *arguments):
        """Starts it with harness program `guest.py` and these arguments."""
        words = " ".join(f"'{word}'" for word in (self.scene.programs, *arguments))
        init = self.shared / "init.sh"
        init.write_text(INIT.format(
            shared=SHARED, disk=DISK, own=OWN, folder=self.shared, python=sys.executable, program=HARNESS / "guest.py", arguments=words))
        init.chmod(0o755)
        self.process.start()

    def wait_for(self, text, seconds):
        wait_for(f"the guest prints '{text}'", lambda: text in self.process.output(), seconds, pause=0.01, failed=self.check)

    def wait_until_off(self, seconds):
        wait_for("the guest is off", lambda: self.process.child.poll() is not None, seconds)
        self.check(allows_end=True)

    def check(self, allows_end=False):
        """Raises what the guest has found."""
        output = self.process.output()
        if "FINDING" in output and "END OF FINDING" in output:
            raise Finding(output[output.index("FINDING"):output.index("END OF FINDING")].replace("FINDING: ", "", 1))
        if not allows_end and self.process.child.poll() is not None:
            raise Finding(f"the guest ended by itself:\n{output[-3000:]}")

    def lose_power(self):
        children = pathlib.Path(f"/proc/{self.process.pid}/task/{self.process.pid}/children").read_text().split()
        for child in children or [self.process.pid]:
            os.kill(int(child), signal.SIGKILL)
        self.process.child.wait(30)
