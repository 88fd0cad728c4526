"""The README's tour: every flight arrives once."""
import pathlib
import subprocess
import sys

from server import serving

EXAMPLE = pathlib.Path(__file__).parents[3] / "examples" / "flights.py"

with serving():
    output = subprocess.run([sys.executable, EXAMPLE], check=True, text=True, stdout=subprocess.PIPE).stdout
    print(output)
    assert "counted 336,776 flights" in output and " 0 lost, 0 twice" in output
