"""Reads a file in the OpenMetrics format with the strict parser of prometheus_client; prints each family's name and type."""
import sys

from prometheus_client.openmetrics.parser import text_string_to_metric_families

with open(sys.argv[1], encoding="utf-8") as text:
    for family in text_string_to_metric_families(text.read()):
        print(family.name, family.type)
