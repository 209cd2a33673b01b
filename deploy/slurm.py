"""Keep Dask workers as Slurm jobs until Enter is pressed, and print the scheduler's address."""

import argparse

from dask_jobqueue import SLURMCluster

parser = argparse.ArgumentParser(description=__doc__)
parser.add_argument("--workers", type=int, default=8)
parser.add_argument("--queue")
parser.add_argument("--walltime", default="01:00:00")
args = parser.parse_args()
with SLURMCluster(
    queue=args.queue, cores=1, processes=1, memory="6GB", walltime=args.walltime, protocol="tls"
) as cluster:
    cluster.scale(args.workers)
    print(cluster.scheduler_address)
    input("Enter ends the workers. ")
