#!/usr/bin/python3
"""The recipe of the README on a real engine: a Slurm array digests one log.

usage: test_slurm.py HEADROOM

Starts munge and Slurm on this one node as ordinary processes, with a key, a
socket, ports and folders of their own, and ends them by their numbers.  One
log cut into 1, 4 and 16 shards must come out as the very same digest and YAML
as without an engine; a shard that fails must leave no YAML.
"""
import gzip
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time

import common

RAMP = os.path.join(common.TREE, 'tests', 'results', 'jmeter', 'ramp.csv.gz')
PATIENCE_S = 40
CONF = """\
ClusterName=headroom
SlurmctldHost={host}(127.0.0.1)
SlurmUser={user}
SlurmdUser={user}
SlurmctldPort={ctld}
SlurmdPort={slurmd}
AuthType=auth/munge
AuthInfo=socket={folder}/munge.socket
CredType=cred/munge
StateSaveLocation={folder}/state
SlurmdSpoolDir={folder}/spool
SlurmctldPidFile={folder}/slurmctld.pid
SlurmdPidFile={folder}/slurmd.pid
SlurmctldLogFile={folder}/slurmctld.log
SlurmdLogFile={folder}/slurmd.log
ProctrackType=proctrack/linuxproc
TaskPlugin=task/none
JobAcctGatherType=jobacct_gather/none
SelectType=select/cons_tres
SelectTypeParameters=CR_CPU
MpiDefault=none
ReturnToService=2
SlurmdParameters=config_overrides
SchedulerParameters=sched_min_interval=0,sched_interval=1,batch_sched_delay=0,bf_interval=1
MinJobAge=300
PriorityType=priority/basic
NodeName={host} NodeAddr=127.0.0.1 CPUs=16 State=UNKNOWN
PartitionName=all Nodes={host} Default=YES MaxTime=INFINITE State=UP
"""


def free_port():
    with socket.socket() as some:
        some.bind(('127.0.0.1', 0))
        return some.getsockname()[1]


def recipe():
    """The array script and the two commands of the README."""
    with open(os.path.join(common.TREE, 'README.md'), encoding='utf-8') as f:
        text = f.read()
    script = re.search(r'```slurm\n(.*?)```', text, re.S).group(1)
    commands = re.search(r'```console\n(.*?)```', text, re.S).group(1)
    return script, [line[2:] for line in commands.replace('\\\n', '')
                    .splitlines() if line.startswith('$ ')]


class Engine:
    """munged, slurmctld and slurmd, as long as it is needed."""

    def __init__(self, folder):
        self.folder, self.running = folder, []
        self.env = dict(os.environ, SLURM_CONF=f'{folder}/slurm.conf')
        for name in ('state', 'spool'):
            os.mkdir(f'{folder}/{name}')
        import pwd
        host = socket.gethostname().split('.')[0]
        with open(f'{folder}/slurm.conf', 'w', encoding='utf-8') as file:
            file.write(CONF.format(folder=folder, host=host,
                                   user=pwd.getpwuid(os.getuid()).pw_name,
                                   ctld=free_port(), slurmd=free_port()))
        key = os.open(f'{folder}/munge.key', os.O_WRONLY | os.O_CREAT, 0o400)
        os.write(key, os.urandom(1024))
        os.close(key)
        self.start(['munged', '--foreground', '--force',
                    f'--socket={folder}/munge.socket',
                    f'--key-file={folder}/munge.key',
                    f'--log-file={folder}/munged.log',
                    f'--pid-file={folder}/munged.pid',
                    f'--seed-file={folder}/munged.seed'])
        try:
            self.wait(lambda: os.path.exists(f'{folder}/munge.socket'),
                      'munge')
            self.start(['slurmctld', '-D', '-c', '-i'])
            self.start(['slurmd', '-D', '-N', host])
            self.wait(lambda: 'idle' in self.ask('sinfo', '-h', '-o', '%t'),
                      'a node')
        except BaseException:
            self.stop()
            raise

    def start(self, command):
        log = open(f'{self.folder}/{command[0]}.out', 'wb')
        where = shutil.which(command[0], path=os.environ['PATH'] +
                             ':/usr/sbin:/sbin')
        self.running.append(subprocess.Popen(
            [where, *command[1:]], env=self.env, stdin=subprocess.DEVNULL,
            stdout=log, stderr=log, cwd=self.folder))
        log.close()

    def ask(self, *command):
        done = subprocess.run(command, env=self.env, check=False, timeout=20,
                              stdout=subprocess.PIPE,
                              stderr=subprocess.DEVNULL)
        return done.stdout.decode()

    def wait(self, holds, what):
        deadline = time.monotonic() + PATIENCE_S
        while not holds():
            if time.monotonic() > deadline:
                raise TimeoutError(what)
            time.sleep(0.1)

    def ended(self, job):
        """How a job, or all of an array, ended; '' while some of it runs."""
        states = set(re.findall(r'JobState=(\w+)',
                                self.ask('scontrol', 'show', 'job', job)))
        if states & {'PENDING', 'RUNNING', 'COMPLETING', 'CONFIGURING'}:
            return ''
        return ' '.join(sorted(states))

    def stop(self):
        for process in reversed(self.running):
            if process.poll() is None:
                process.send_signal(signal.SIGTERM)
            try:
                process.wait(10)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()


def shell(engine, command, work, program):
    env = dict(engine.env, PATH=os.path.dirname(program) + ':' +
               os.environ['PATH'])
    return subprocess.run(['sh', '-c', command], env=env, cwd=work,
                          check=False, timeout=60, stdout=subprocess.PIPE,
                          stderr=subprocess.PIPE)


def run_recipe(engine, work, program, shards):
    """Submits as the README says; how the last job ended."""
    script, (array, last) = recipe()
    with open(f'{work}/shard.sh', 'w', encoding='utf-8') as file:
        file.write(script)
    array = array.replace('0-15', f'0-{shards - 1}')
    done = shell(engine, f'{array}\njob=$({last})\necho "$job"', work, program)
    number = re.search(r'(\d+)\s*$', done.stdout.decode())
    if number is None:
        return done.stderr.decode()
    state = []

    def is_over():
        state[:] = [engine.ended(number.group(1))]
        return state[0] != ''
    engine.wait(is_over, 'the job')
    return state[0]


def main():
    program, _ = common.arguments(__doc__)
    tally = common.Tally()
    if not all(shutil.which(tool, path=os.environ['PATH'] + ':/usr/sbin')
               for tool in ('munged', 'slurmctld', 'slurmd', 'sbatch')):
        tally.skip('Slurm or munge is not here')
        tally.check(True, '')
        tally.close()
    if not os.path.ismount('/sys/fs/cgroup'):
        tally.skip('slurmd does not start without control groups')
        tally.check(True, '')
        tally.close()
    with tempfile.TemporaryDirectory(prefix='headroom-slurm-') as folder:
        work = os.path.join(folder, 'work')
        os.mkdir(work)
        with gzip.open(RAMP) as packed:
            text = packed.read()
        with open(f'{work}/ramp.jtl', 'wb') as file:
            file.write(text)
        shell_free = dict(cwd=work, check=True)
        subprocess.run([program, 'digest', 'ramp.jtl', '-o', 'own.digest'],
                       **shell_free)
        with open(f'{work}/own.digest', 'rb') as file:
            own = file.read()
        os.unlink(f'{work}/own.digest')
        engine = None
        try:
            engine = Engine(folder)
            yamls = set()
            for shards in (1, 4, 16):
                state = run_recipe(engine, work, program, shards)
                tally.check(state == 'COMPLETED', f'{shards}: {state}')
                made = [name for name in os.listdir(work)
                        if re.match(r'shard-\d+\.digest$', name)]
                tally.check(len(made) == shards, f'{shards}: {made}')
                for name in made:
                    os.unlink(f'{work}/{name}')
                if not tally.check(os.path.exists(f'{work}/results.yaml'),
                                   f'{shards}: no YAML'):
                    continue
                with open(f'{work}/ramp.digest', 'rb') as file:
                    tally.check(file.read() == own,
                                f'{shards}: another digest')
                with open(f'{work}/results.yaml', 'rb') as file:
                    yamls.add(file.read())
                os.unlink(f'{work}/results.yaml')
                os.unlink(f'{work}/ramp.digest')
            tally.check(len(yamls) == 1, f'{len(yamls)} different YAMLs')
            # a row in the third quarter that is none
            middle = text.index(b'\n', len(text) * 5 // 8) + 1
            with open(f'{work}/ramp.jtl', 'wb') as file:
                file.write(text[:middle] + b'x' + text[middle:])
            state = run_recipe(engine, work, program, 4)
            tally.check(state == 'CANCELLED', f'a shard failed: {state}')
            tally.check(not os.path.exists(f'{work}/results.yaml'),
                        'a YAML without one of its shards')
        except (TimeoutError, subprocess.TimeoutExpired) as late:
            tally.check(False, f'waited too long for {late}')
        finally:
            if engine is not None:
                engine.stop()
    tally.close()


if __name__ == '__main__':
    main()
