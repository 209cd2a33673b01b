"""Run Dask workers as Slurm jobs until Enter is pressed; print the scheduler's address."""

import argparse

from dask_jobqueue import SLURMCluster

parser = argparse.ArgumentParser(description=__doc__)
parser.add_argument("--workers", type=int, default=8, help="Slurm jobs (default %(default)s)")
parser.add_argument("--queue", help="partition; default: Slurm's")
parser.add_argument("--walltime", default="01:00:00", help="of a job (default %(default)s)")
args = parser.parse_args()
with SLURMCluster(
    queue=args.queue, cores=1, processes=1, memory="6GB", walltime=args.walltime, protocol="tls"
) as cluster:
    cluster.scale(args.workers)
    print(cluster.scheduler_address)
    input("Press Enter to stop the workers. ")
